/* What section 6 of the formats promises, reckoned again in the browser: SHA-256, receipt lines and
   seals, the record and the text of a page. Its twin in Python is generator/witness; tests hold the
   two equal. Own SHA-256, since crypto.subtle is missing over plain http. */

const GENESIS = '0'.repeat(64);
const KINDS = ['found', 'first', 'change', 'withdraw', 'expire'];
const LINE = ['seq', 'at', 'kind', 'department', 'item', 'slot', 'sha256', 'due', 'missing', 'commit'];
const SEAL = ['seq', 'at', 'commit', 'heads'];
const WITNESS = ['at', 'source', 'seq', 'head'];
const HASH = /^[0-9a-f]{64}$/;
const AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/;
const SPACES = /[\t-\r \u00a0\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+/g;
const RECORD_TAG = '<script type="application/json" id="gk-record">';
export const AWAITED = '已生成，尚未核到';

/* SHA-256 (FIPS 180-4) */

const primes = [];
for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
const fraction = (x) => ((x - Math.floor(x)) * 0x100000000) | 0;
const START = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
const K = primes.map((p) => fraction(Math.cbrt(p)));
const utf8 = new TextEncoder();

/* Hexadecimal digest of a text or of bytes. */
export function sha256(data) {
  const bytes = typeof data === 'string' ? utf8.encode(data) : data;
  const state = Int32Array.from(START), w = new Int32Array(64);
  const whole = bytes.length - (bytes.length % 64);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole; at += 64) block(state, w, view, at);
  const rest = bytes.subarray(whole), tail = new Uint8Array(rest.length < 56 ? 64 : 128);
  tail.set(rest);
  tail[rest.length] = 0x80;
  const end = new DataView(tail.buffer);
  end.setUint32(tail.length - 8, Math.floor(bytes.length / 0x20000000));
  end.setUint32(tail.length - 4, (bytes.length << 3) >>> 0);
  for (let at = 0; at < tail.length; at += 64) block(state, w, end, at);
  return [...state].map((n) => (n >>> 0).toString(16).padStart(8, '0')).join('');
}

function block(state, w, view, at) {
  for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(at + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15], y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((n, i) => { state[i] = (state[i] + n) | 0; });
}

/* Chains: each reader gives {lines, breaks}; a break is {code, seq, message}. */

export function readLines(bytes, department) {
  return follow(bytes, LINE, (line) => line.department === department &&
    KINDS.includes(line.kind) && typeof line.item === 'string' &&
    line.item.startsWith(`${department}/`) && /^[0-9]{4}\/[a-z0-9-]{1,80}$/.test(line.item.slice(department.length + 1)) &&
    (line.slot === null || String(line.slot).startsWith(`${department}/`)) &&
    HASH.test(line.sha256) && Array.isArray(line.missing));
}
export function readSeals(bytes) {
  return follow(bytes, SEAL, (line) => line.heads && Object.values(line.heads).every(
    (head) => Array.isArray(head) && Number.isInteger(head[0]) && head[0] > 0 && HASH.test(head[1])));
}
export function readWitness(bytes) {
  return follow(bytes, WITNESS, (line) => typeof line.source === 'string' && HASH.test(line.head), false);
}

function follow(bytes, keys, belongs, numbered = true) {
  const lines = [], breaks = [];
  let due = 1, spare = 1, prevs = [GENESIS], latest = '', number = 0, start = 0;
  const broken = (code, seq, message) => breaks.push({ code, seq, message });
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start);
    number += 1;
    if (end < 0) { broken('torn-line', due, `第 ${number} 行不完整：末尾没有换行`); break; }
    const raw = bytes.subarray(start, end), [fault, line] = opened(raw, keys, belongs);
    start = end + 1;
    if (fault === 'torn-line') {
      broken(fault, due, `第 ${number} 行不完整`);
      [spare, due, prevs] = [due, due + 1, []];
    } else if (fault === 'foreign-line') {
      broken(fault, due, `第 ${number} 行不该在这里`);
    } else if (fault) {
      broken('edited-line', due, `第 ${number} 行被改过：内容和它的散列对不上`);
      [due, spare, prevs] = [due + 1, due + 1, line];
    } else {
      if (numbered && line.seq !== due && line.seq !== spare) {
        broken('bad-seq', line.seq, `第 ${number} 行的序号是 ${line.seq}，该是 ${due}`);
      } else if (prevs.length && !prevs.includes(line.prev)) {
        broken('bad-prev', line.seq, `第 ${number} 行没有接在前一行后面`);
      } else if (line.at < latest) {
        broken('time-backwards', line.seq, `第 ${number} 行的时间早于前一行`);
      }
      lines.push(line);
      due = spare = line.seq + 1;
      prevs = [line.hash];
      latest = line.at;
    }
  }
  return { lines, breaks };
}

/* [fault or '', the line; for an edited one its recorded and its actual hash] */
function opened(raw, keys, belongs) {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const tail = /^,"hash":"([0-9a-f]{64})"\}$/.exec(new TextDecoder().decode(raw.subarray(-75)));
  if (tail) {
    const actual = sha256(raw.subarray(0, -75));
    if (actual !== tail[1]) return ['edited-line', [tail[1], actual]];
  }
  let line, text;
  try { text = strict.decode(raw); line = JSON.parse(text); } catch (e) { return ['torn-line']; }
  if (!line || typeof line !== 'object' || Array.isArray(line)) return ['torn-line'];
  const named = Object.keys(line).join(), wanted = [...keys, 'prev', 'hash'].join();
  const clocked = [...keys, 'clock', 'prev', 'hash'].join();
  const known = named === wanted || (named === clocked && line.clock === 'given');
  const compact = text.includes('\\u') || JSON.stringify(line) === text;
  const right = tail && known && compact && AT.test(line.at) && HASH.test(line.prev) &&
    Number.isInteger(line.seq) && line.seq > 0 && belongs(line);
  return right ? ['', line] : ['foreign-line'];
}

/* What seals and the lines of the departments that are at hand do not agree in. `chains` maps a
   folder to its lines; `all` tells that no other department has lines. */
export function unsealed(chains, seals, all) {
  const breaks = [], told = new Set();
  if (!seals.length && Object.values(chains).some((lines) => lines.length)) {
    return [{ code: 'unsealed', seq: null, message: '有回执，没有封签' }];
  }
  seals.forEach((seal, place) => Object.entries(place ? seals[place - 1].heads : {}).forEach(([name, [n]]) => {
    if (told.has(name) || (seal.heads[name] || [0])[0] >= n || !(all || chains[name])) return;
    told.add(name);
    breaks.push({ code: 'unsealed', department: name, seq: seal.seq, message: `第 ${seal.seq} 道封签比前一道少：${name}` });
  }));
  const names = all ? [...Object.keys(chains), ...seals.flatMap((seal) => Object.keys(seal.heads))] : Object.keys(chains);
  [...new Set(names)].sort().filter((name) => !told.has(name)).forEach((name) => {
    const found = heldAgainst(name, chains[name] || [], seals);
    if (found) breaks.push({ department: name, ...found });
  });
  return breaks;
}

function heldAgainst(name, lines, seals) {
  for (const seal of seals) {
    const [count, head] = seal.heads[name] || [0, GENESIS];
    if (count > lines.length) {
      return { code: 'lost-tail', seq: lines.length + 1, message: `第 ${seal.seq} 道封签时有 ${count} 条，现在只有 ${lines.length} 条` };
    }
    if (count && lines[count - 1].hash !== head) {
      return { code: 'unsealed', seq: count, message: `第 ${count} 条和第 ${seal.seq} 道封签记下的不同` };
    }
    if (count < lines.length && lines[count].at < seal.at) {
      return { code: 'unsealed', seq: count + 1, message: `第 ${count + 1} 条没有进第 ${seal.seq} 道封签` };
    }
  }
  return null;
}

/* Heads of this site's seals that somebody saw and that are gone. */
export function lostWitnesses(witnessed, seals, site) {
  const bare = (url) => url.replace(/\/+$/, '');
  return witnessed.filter((one) => bare(one.source) === bare(site) &&
    !seals.some((seal) => seal.seq === one.seq && seal.hash === one.head)).map((one) => ({
    code: 'witness-lost', seq: one.seq, message: `${one.at.slice(0, 10)} 见到过第 ${one.seq} 道封签，现在没有了`,
  }));
}

/* Pages */

/* {fault: {code, message}} or {record, text of it, digest, title, body, shown, awaited}. `path` is
   the page's from the portal's root, `site` the site's own address, by which links were made. */
export function readPage(html, path, site) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const found = {};
  const parts = [['gk-record', 'record-differs', '核验数据'], ['gk-title', 'title-differs', '标题'], ['gk-body', 'text-differs', '正文']];
  for (const [id, code, label] of parts) {
    const here = withId(page, id);
    const what = here.length ? `有 ${here.length} 处` : '没有';
    if (here.length !== 1) return { fault: { code, message: `网页里${what}${label}` } };
    [found[id]] = here;
  }
  const record = found['gk-record'].textContent;
  if (!html.includes(`${RECORD_TAG}${record}</script`)) {
    return { fault: { code: 'record-differs', message: '核验数据的标签和约定的写法不一样' } };
  }
  for (const [id, code, label] of parts.slice(1)) {
    const tag = found[id].localName;
    if (tag !== (id === 'gk-title' ? 'h1' : 'article') || hidden(found[id])) {
      return { fault: { code, message: `${label}被隐藏了，或者不在它的元素里` } };
    }
    if (!plain(found[id])) return { fault: { code, message: `${label}里有隐藏的内容，或者不该有的标签` } };
  }
  let value = null;
  try { value = JSON.parse(record); } catch (e) { /* told below */ }
  if (!value || typeof value !== 'object' || value.id !== path.slice(0, -5)) {
    return { fault: { code: 'record-differs', message: '核验数据不是这一件的' } };
  }
  const mark = withId(page, 'gk-line');
  const around = page.documentElement.textContent.replace(found['gk-body'].textContent, '');
  return {
    record: value,
    digest: sha256(record),
    title: spaceless(found['gk-title'].textContent),
    body: sha256(bodyText(found['gk-body'], path, site).join('\n')),
    shown: mark.length === 1 ? { seq: mark[0].dataset.seq, hash: mark[0].dataset.hash } : null,
    awaited: around.includes(AWAITED),
  };
}

export function spaceless(text) { return text.replace(SPACES, ''); }
function withId(page, id) {
  return [...page.querySelectorAll(`[id="${id}"]`)].filter((e) => !e.closest('noscript'));
}
const SHUT = 'audio,canvas,details,dialog,math,object,picture,select,svg,video,[hidden],template,noscript';
const HIDING = /none|hidden|collapse|opacity|clip|transform|content-visibility/i;
function hidden(element) {
  for (let e = element; e; e = e.parentElement) {
    if (e.matches(SHUT) || HIDING.test(e.getAttribute('style') || '')) return true;
  }
  return false;
}
const TEXTUAL = new Set(('a abbr article b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em ' +
  'figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span ' +
  'strong sub sup table tbody td tfoot th thead time tr u ul var wbr').split(' '));
function plain(element) {
  return [...element.childNodes].every((node) => {
    if (node.nodeType === 3) return true;
    if (node.nodeType !== 1 || !TEXTUAL.has(node.localName)) return false;
    const named = node.getAttributeNames();
    return !named.some((n) => /^(hidden|style|aria-hidden|popover|inert|on.*)$/.test(n)) && plain(node);
  });
}

/* The lines of a body's text. */
export function bodyText(body, path, site) {
  const lines = [];
  const say = (text) => { const words = text.replace(SPACES, ' ').replace(/^ | $/g, ''); if (words) lines.push(words); };
  const address = (href) => {
    if (!href || href.startsWith('#')) return;
    let full = '';
    try { full = new URL(href, site + path).href; } catch (e) { /* as it stands */ }
    const inside = full.startsWith(site) ? decoded(full.slice(site.length).split('#')[0].split('?')[0]) : href;
    if (inside) lines.push(inside);
  };
  const walk = (node) => node.childNodes.forEach((child) => {
    if (child.nodeType === 3) { say(child.data); return; }
    const name = child.localName;
    if (name === 'td' || name === 'th') lines.push('|');
    if (name === 'a') address(child.getAttribute('href'));
    if (name === 'img') { address(child.getAttribute('src')); say(child.getAttribute('alt') || ''); }
    walk(child);
  });
  walk(body);
  return lines;
}
function decoded(text) {
  try { return decodeURIComponent(text); } catch (e) { return text; }
}
