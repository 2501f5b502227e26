/* The site at hand held against its receipts, and how a verdict is shown. Shared by 核验 and the page
   that codes on paper open. Works for a whole site and for one department's folder copied alone. */

import { lostWitnesses, readLines, readPage, readSeals, readWitness, sha256, spaceless, unsealed } from './proof.js';

const box = document.getElementById('proof');
/* The site's own address, by which its links were made; it may be served from another. */
export const SITE = box.dataset.site;
/* The department whose folder this is; empty in the portal. */
export const OWN = box.dataset.department || '';
/* Folder → [name, telephone for complaints]. */
export const BODIES = new Map(JSON.parse(box.dataset.bodies).map(([folder, ...rest]) => [folder, rest]));
const ROOT = new URL('../', import.meta.url);
const SLOW = 30000;

export class Unreachable extends Error {}

/* The bytes of a file by its path from the portal's root; null where there is none. */
export async function get(path) {
  const inside = OWN && path.startsWith(`${OWN}/`);
  const own = inside ? path.slice(OWN.length + 1) : OWN ? `../${path}` : path;
  const address = new URL(own.split('/').map(encodeURIComponent).join('/'), ROOT);
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), SLOW);
  try {
    const answer = await fetch(address, { cache: 'no-cache', signal: stop.signal });
    if (answer.status === 404 || answer.status === 410) return null;
    if (!answer.ok) throw new Unreachable(`服务器回答 ${answer.status}：${path}`);
    return new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    throw new Unreachable(`没有取到 ${path}，可能没有网络`);
  } finally {
    clearTimeout(timer);
  }
}

/* A receipts file: some servers answer any address with their own page. */
async function receipts(path) {
  const bytes = await get(path);
  return bytes && bytes[0] === 60 ? null : bytes;
}

let sealed;
/* {lines, breaks} of the site's seals; null where a department's folder stands alone. */
export function seals() {
  return (sealed = sealed || receipts('receipts/site.jsonl').then((bytes) => {
    if (!bytes) return OWN ? null : { lines: [], breaks: [] };
    return readSeals(bytes);
  }));
}

const chains = new Map();
/* A department's {lines, breaks, seals, there}: its own breaks, then those against the seals. */
export function chainOf(department) {
  if (!chains.has(department)) chains.set(department, open(department));
  return chains.get(department);
}
async function open(department) {
  const [bytes, site] = await Promise.all([receipts(`${department}/receipts.jsonl`), seals()]);
  const found = readLines(bytes || new Uint8Array(0), department);
  const breaks = [...found.breaks];
  if (site) {
    breaks.push(...site.breaks.map((one) => ({ ...one, message: `封签${one.message}` })));
    if (!breaks.length) breaks.push(...unsealed({ [department]: found.lines }, site.lines, false));
  }
  return { lines: found.lines, breaks, seals: site && site.lines, there: bytes !== null };
}

/* What the whole site's seals do not bear out: bodies without a folder, heads that others saw. */
export async function siteBreaks() {
  const [site, seen] = await Promise.all([seals(), receipts('receipts/witness.jsonl')]);
  if (!site) return [];
  const witness = readWitness(seen || new Uint8Array(0));
  return [
    ...witness.breaks.map((one) => ({ ...one, message: `见证记录${one.message}` })),
    ...lostWitnesses(witness.lines, site.lines, SITE),
  ];
}

/* One item's page and files held against its last line: {id, chain, mine, last, page, breaks,
   awaited, absent}; chain breaks stand first. */
export async function hold(id) {
  const department = id.split('/')[0], chain = await chainOf(department);
  const bytes = await get(`${id}.html`);
  const mine = chain.lines.filter((line) => line.item === id), last = mine[mine.length - 1] || null;
  const held = { id, chain, mine, last, page: null, breaks: [...chain.breaks], awaited: false, absent: !bytes && !last };
  const broken = (code, message) => held.breaks.push({ code, seq: last && last.seq, message });
  if (!bytes) {
    if (last) broken('page-missing', '有回执的事项，网页不在了');
    return held;
  }
  const page = readPage(new TextDecoder().decode(bytes), `${id}.html`, SITE);
  if (page.fault) {
    held.absent = !last && page.fault.code === 'record-differs';
    if (!held.absent) broken(page.fault.code, page.fault.message);
    return held;
  }
  held.page = page;
  ofLine(held, broken);
  if (!held.breaks.some((one) => one.code === 'record-differs')) await ofRecord(held, department, broken);
  return held;
}

function ofLine(held, broken) {
  const { chain, mine, last, page } = held, { shown, digest } = page;
  const whole = !chain.breaks.length;
  if (shown && shown.seq !== undefined) {
    const end = chain.lines.length ? chain.lines[chain.lines.length - 1].seq : 0;
    const claimed = last && String(last.seq) === shown.seq && last.hash === shown.hash;
    if (Number(shown.seq) > end) {
      if (whole) broken('lost-tail', `网页上写着第 ${shown.seq} 条回执，链上只有 ${end} 条`);
    } else if (claimed && last.sha256 !== digest) {
      broken('record-differs', '核验数据和回执登记的不同');
    } else if (!claimed && whole) {
      if (last) broken('record-differs', '核验数据和回执登记的不同');
      else broken('unreceipted', '网页上写了回执，链上没有这一件的回执');
    }
  } else if (!last || last.sha256 !== digest) {
    held.awaited = shown !== null || page.awaited;
    const older = mine.slice(0, -1).some((line) => line.sha256 === digest);
    if (last && (!held.awaited || older)) broken('record-differs', '核验数据和回执登记的不同');
    if (!last && !held.awaited && whole) {
      if (chain.lines.length) broken('unreceipted', '这一件没有回执，网页上也没有写尚未核到');
      else held.awaited = true;
    }
  }
}

async function ofRecord(held, department, broken) {
  const { record, title, body } = held.page;
  if (title !== spaceless(String(record.title))) broken('title-differs', '标题和核验数据里的不同');
  if (body !== record.body) broken('text-differs', '正文和核验数据里的散列对不上');
  for (const file of Array.isArray(record.files) ? record.files : []) {
    const path = String(file.path), outside = /^\/|^\.\.?(\/|$)|\/\.\.?(\/|$)|\\/.test(path) || !path;
    const data = outside ? null : await get(`${department}/${path}`);
    if (!data) broken('file-missing', `附件 ${path} 不在了`);
    else if (data.length !== file.bytes || sha256(data) !== file.sha256) broken('file-differs', `附件 ${path} 和登记的不同`);
  }
}

/* Words */

export function el(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== ''));
  return made;
}
export function nameOf(department) { return (BODIES.get(department) || [department])[0]; }
export function day(at) {
  const [, y, m, d] = /^(\d+)-0?(\d+)-0?(\d+)/.exec(at);
  return el('time', { class: 'nb', datetime: at.slice(0, 10) }, `${y}年${m}月${d}日`);
}
export function moment(at) {
  return el('time', { class: 'nb', datetime: at }, at.slice(0, 16).replace('T', ' '));
}
export function nth(seq) { return `第\u00a0${seq}\u00a0条`; }
export function hash(text) { return el('span', { class: 'hash' }, `${text.slice(0, 32)} ${text.slice(32)}`); }
export function call(department) {
  const tel = (BODIES.get(department) || [])[1];
  return tel ? el('a', { class: 'hit', href: `tel:${tel}` }, tel) : '这个机关的投诉电话';
}
/* A link to an item's page, from where this page stands. */
export function link(id, label) {
  const own = OWN && id.startsWith(`${OWN}/`) ? id.slice(OWN.length + 1) : id;
  return el('a', { class: 'hit', href: `${new URL(`${own}.html`, ROOT)}` }, label);
}
/* What a break is, its code last. */
export function breakLine(one) {
  const where = one.seq ? `${nth(one.seq)}：` : '';
  return el('li', {}, `${where}${one.message} `, el('span', { class: 'note' }, `［${one.code}］`));
}
export function breaks(list, most = 20) {
  const rest = list.length - most;
  return el('ul', { class: 'plain' }, list.slice(0, most).map(breakLine),
    rest > 0 ? el('li', {}, `还有 ${rest} 处`) : null);
}

const CLASSES = { ok: 'v-ok', late: 'v-late', none: 'v-none', open: 'v-open' };
/* Put a verdict at the top: {state, word, sentence, said, fold, steps}; `sentence` and each of
   `said` and `steps` is a node, a text, or a list of them. */
export function show({ state, word, sentence, said = [], fold, steps = [] }) {
  const heading = el('h2', { class: 'big', id: 'verdict', tabindex: '-1' }, sentence);
  const made = el('section', { class: `verdict ${CLASSES[state]}`, 'aria-labelledby': 'verdict' },
    el('p', { class: `st st-${state}` }, word), heading,
    said.map((one) => (one instanceof Element && one.localName !== 'a' && one.localName !== 'time' ? one : el('p', {}, one))),
    steps.length ? el('details', {}, el('summary', {}, fold), el('ol', { class: 'proof' }, steps.map((one) => el('li', {}, one)))) : null);
  const place = document.getElementById('result');
  place.replaceChildren(made);
  place.setAttribute('aria-busy', 'false');
  return made;
}
export function wait(text) {
  const place = document.getElementById('result');
  place.setAttribute('aria-busy', 'true');
  let line = place.querySelector('#waiting');
  if (!line) { line = el('p', { id: 'waiting', role: 'status' }); place.append(line); }
  line.textContent = text;
}
export function failed(error) {
  const known = error instanceof Unreachable;
  show({
    state: 'open', word: '没有核成',
    sentence: known ? '要核对的文件没有取到，现在说不出对还是不对。' : '本页的程序出了错，现在说不出对还是不对。',
    said: [known ? error.message : String(error), '过一会儿再试；或者照下面的办法，不用本页自己核对。'],
  });
}
