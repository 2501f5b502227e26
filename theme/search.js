/* Search: our own result list over Pagefind, on search.html and in a dialog on every page.
   What a query is made of stands in generator/search/tokens.py; the two are held equal by a test. */

const ROOT = new URL('../', import.meta.url);
const HAN = '\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}';
const LETTER = `(?:(?![${HAN}])[\\p{L}\\p{Nl}\\p{No}])`;
const TOKEN = new RegExp(`[${HAN}]|${LETTER}+|\\p{Nd}+`, 'gu');
const FOLDED = /[\u00b2\u00b3\u00b9\u2070-\u209c\u2e80-\u2fd5\u3300-\u33ff\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const PLAIN = new RegExp(`^[${HAN}A-Za-z0-9]+$`, 'u');
const ASKED = new RegExp([
  '请问', '我想知道', '想知道', '我想', '我要', '为什么', '什么时候', '什么', '怎么办', '怎么样', '怎么', '怎样', '如何',
  '多少', '多久', '多长时间', '哪里', '哪儿', '哪些', '哪个', '在哪', '能不能', '可不可以', '可以', '有没有', '是不是',
  '谁', '吗', '呢', '吧', '的', '了', '要', '能', '是', '去',
].join('|'), 'g');
const FACETS = [['机关', 'd'], ['分类', 'c'], ['年度', 'y'], ['状态', 's']];
const BADGES = {
  按时: 'ok', 零报告: 'nil', 未到期: 'open', 临期: 'soon', 滞后: 'late', 部分公开: 'part',
  逾期未公开: 'miss', 不适用: 'na', 暂缓: 'held', 时间未经证实: 'doubt', 已公开: 'shown',
};
const FIRST = 5, MORE = 10, EXCERPT = 90;

/* The query */

function folded(text) {
  return text.replace(FOLDED, (c) => { const n = c.normalize('NFKC'); return PLAIN.test(n) ? n : c; });
}
export function tokens(text) { return (folded(text).match(TOKEN) || []).join(' '); }
export function restored(copy) {
  return copy.replace(/ /g, '').replace(/␣/g, ' ').replace(/▁/g, '_').split('⏎').map((p) => p.trim());
}
function wordsOf(query) { return query.trim().split(/\s+/).filter(tokens); }
/* What is left of a question without its question words; a lone character says too little. */
export function core(query) {
  const parts = query.replace(ASKED, ' ').split(/[\s，。？！、；：?!,;:]+/).filter(tokens);
  const long = parts.filter((p) => tokens(p).length > 1);
  return long.length ? long : parts;
}
function marker(words) {
  const exact = (t) => {
    if (/^\p{Nd}/u.test(t)) return `(?<!\\p{Nd})${t}(?!\\p{Nd})`;
    return new RegExp(`^${LETTER}`, 'u').test(t) ? `(?<!${LETTER})${t}(?!${LETTER})` : t;
  };
  const phrases = words.map((w) => tokens(w).split(' ').map(exact).join('[^\\p{L}\\p{N}]*'));
  return phrases.length ? new RegExp(phrases.join('|'), 'giu') : null;
}

/* The bundles */

let opened;
function site() { return (opened = opened || load()); }

async function json(address) {
  const answer = await fetch(address, { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

async function load() {
  try {
    const hints = await json(new URL('search.json', ROOT));
    const known = { hints, engines: [], api: null, waiting: hints.bundles };
    await widen(known, hints.light ? 1 : hints.bundles.length);
    return known;
  } catch (problem) { opened = null; throw problem; }
}

/* Pagefind's WebAssembly is one for all instances: fetched once, started by the first alone. */
async function widen(known, count, only) {
  const chosen = known.waiting.filter((b) => !only || b[1] === only).slice(0, count);
  known.waiting = known.waiting.filter((b) => !chosen.includes(b));
  const tables = await Promise.all(chosen.map(([path]) => json(new URL(path + 'pagefind/pages.json', ROOT)).catch(() => null)));
  const plain = window.fetch, none = () => null;
  window.fetch = (address, options) => {
    if (!/\.pagefind$/.test(String(address))) return plain(address, options);
    known.wasm = known.wasm || plain(address, options);
    return known.wasm.then((answer) => answer.clone());
  };
  try {
    for (let i = 0; i < chosen.length; i += 1) {
      if (!tables[i] || !tables[i].pages.length) continue;
      if (!known.api) {
        known.api = await import(new URL(chosen[i][0] + 'pagefind/pagefind.js', ROOT).href);
        known.engines.push(await engine(known.api, chosen[i], tables[i]).catch(none));
      } else known.engines.push(engine(known.api, chosen[i], tables[i]).catch(none));
    }
    known.engines = (await Promise.all(known.engines)).filter(Boolean);
  } finally { window.fetch = plain; }
}

async function engine(api, [path, name], table) {
  const base = new URL(path, ROOT);
  const instance = api.createInstance({
    basePath: new URL('pagefind/', base).href, baseUrl: base.pathname, noWorker: true,
    metaCacheTag: table.text.slice(0, 16), excerptLength: EXCERPT,
  });
  await instance.filters(); /* answers when it has started */
  const place = new Map(table.pages.map((page, n) => [page[0], n]));
  const known = new Map();
  async function ask(phrase) {
    const found = new Map();
    for (const result of (await instance.search(`"${phrase}"`)).results) {
      const n = place.get(result.id.slice(result.id.lastIndexOf('_') + 1));
      if (n !== undefined) found.set(n, result);
    }
    return found;
  }
  function phrase(word) {
    const key = tokens(word).toLowerCase();
    if (!known.has(key)) known.set(key, ask(key));
    return known.get(key);
  }
  return {
    name, base, phrase,
    async find(words) {
      const sets = await Promise.all(words.map(phrase));
      const hits = [];
      for (const [n, result] of sets[0] || []) {
        if (sets.every((s) => s.has(n))) hits.push(hit(table, n, result, base));
      }
      return hits;
    },
  };
}

function hit(table, n, result, base) {
  const page = table.pages[n], facets = {};
  FACETS.forEach(([name], i) => { facets[name] = table.values[name][page[i + 2]]; });
  return { n, date: page[1], facets, label: table.values.label[page[2 + FACETS.length]], result, base };
}

/* Ids are unique in one bundle only: words are intersected there, never over the whole portal. */
async function find(known, words) {
  if (!words.length) return [];
  const lists = await Promise.all(known.engines.map((e) => e.find(words)));
  const whole = new Set(known.engines.slice(1).map((e) => e.name));
  const hits = lists.flatMap((list, i) => (known.hints.light && i === 0
    ? list.filter((h) => !whole.has(h.facets['机关'])) : list));
  return hits.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.n - b.n));
}

/* A part of a found phrase is found too, so the longest one needs 2 n questions and not n². */
async function longest(known, parts) {
  let best = '', size = 0;
  const exists = async (t) => (await Promise.all(known.engines.map((e) => e.phrase(t)))).some((s) => s.size);
  for (const part of parts) {
    const all = tokens(part).split(' ').slice(0, 40);
    for (let from = 0, to = 1; to <= all.length; to += 1) {
      while (from < to && !await exists(all.slice(from, to).join(' '))) from += 1;
      const text = all.slice(from, to);
      if (text.join('').length > 1 && text.length > size) { best = text.join(' '); size = text.length; }
    }
  }
  return best;
}

/* Catalogue rows whose name or `also` words the query touches, nearest first. */
function rowsFor(rows, query) {
  const whole = folded(query).toLowerCase().replace(/\s/g, ''), parts = core(query).map((p) => p.toLowerCase());
  const score = (label) => {
    if (label === whole) return 100;
    if (label.length > 1 && whole.includes(label)) return 10 * label.length;
    if (whole.length > 1 && label.includes(whole)) return 8 * whole.length;
    return Math.max(0, ...parts.map((p) => { const c = shared(p, label); return c > 1 ? 4 * c : 0; }));
  };
  return rows.map((row) => ({ row, score: Math.max(...[row[0], ...row[1]].map((l) => score(l.toLowerCase()))) }))
    .filter((r) => r.score).sort((a, b) => b.score - a.score).slice(0, 6);
}
function shared(a, b) {
  let most = 0;
  for (let i = 0; i < a.length; i += 1) {
    for (let size = most + 1; i + size <= a.length && b.includes(a.slice(i, i + size)); size += 1) most = size;
  }
  return most;
}

/* What stands on the page */

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'onclick' || name === 'onchange') node[name] = value;
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((c) => c !== null && c !== ''));
  return node;
}
function marked(text, marks) {
  if (!marks) return [text];
  const out = [];
  let end = 0;
  for (const m of text.matchAll(marks)) {
    out.push(text.slice(end, m.index), make('mark', null, m[0]));
    end = m.index + m[0].length;
  }
  return [...out, text.slice(end)];
}
/* From a sentence that holds the words, rather than from a table's row or a list of keywords. */
function excerpt(paragraphs, marks) {
  const parts = paragraphs.slice(1).filter(Boolean);
  const holds = (p) => marks && p.search(marks) >= 0, sentence = (p) => /[，。；：]/.test(p);
  const first = [(p) => sentence(p) && holds(p), holds, sentence].map((fits) => parts.findIndex(fits)).find((i) => i >= 0);
  const text = parts.slice(first || 0).join(' ');
  const at = marks ? text.search(marks) : -1;
  const from = at < 30 ? 0 : at - 24, to = Math.min(text.length, from + EXCERPT);
  return [from ? '……' : '', ...marked(text.slice(from, to), marks), to < text.length ? '……' : ''];
}
async function line(found, marks) {
  const { data } = found.result, page = await data();
  const kind = BADGES[found.facets['状态']];
  return make('li', null,
    make('h3', null, make('a', { href: new URL(page.raw_url.replace(/^\//, ''), found.base).href }, marked(page.meta.title, marks))),
    make('p', null, excerpt(restored(page.content), marks)),
    make('p', { class: 'm' },
      found.facets['机关'] && make('span', null, found.facets['机关']),
      found.label && make('span', { class: kind ? `st st-${kind}` : null }, found.label),
      found.date && make('time', { datetime: found.date }, found.date)));
}

/* One search: a form, and the place for what it finds. `moved` hears of every new query. */
function wire(form, out, moved) {
  const field = form.querySelector('input[name="q"]');
  const status = make('p', { class: 'said', role: 'status' }), body = make('div');
  const chosen = {};
  let run = 0, timer = 0, last = null;
  out.append(status, make('h2', { class: 'vh' }, '查找结果'), body);

  function say(text) { if (status.textContent !== text) status.textContent = text; }
  function passes(h, but) { return FACETS.every(([name]) => name === but || !chosen[name] || h.facets[name] === chosen[name]); }

  function facets(hits, again) {
    const bar = FACETS.map(([name]) => {
      const counts = new Map();
      for (const h of hits) if (h.facets[name] && passes(h, name)) counts.set(h.facets[name], (counts.get(h.facets[name]) || 0) + 1);
      if (chosen[name] && !counts.has(chosen[name])) counts.set(chosen[name], 0);
      if (counts.size < 2 && !chosen[name]) return null;
      const values = [...counts].sort((a, b) => (name === '年度' ? (a[0] < b[0] ? 1 : -1) : b[1] - a[1]));
      const options = [['', '全部'], ...values.map(([v, n]) => [v, `${v}（${n}）`])];
      return make('label', null, make('span', null, name),
        make('select', { name, onchange: (e) => { chosen[name] = e.target.value; again(name); } },
          options.map(([value, text]) => make('option', { value, selected: value === (chosen[name] || '') }, text))));
    }).filter(Boolean);
    return bar.length ? make('div', { class: 'facets' }, bar) : null;
  }

  /* A list that begins with five; `more` brings the next ones and puts the focus on the first. */
  async function list(hits, marks, mine) {
    const ol = make('ol', { class: 'hits' });
    let shown = 0;
    const next = make('button', { type: 'button', class: 'btn more', onclick: () => grow(MORE, true) });
    async function grow(by, focus) {
      const batch = await Promise.all(hits.slice(shown, shown + by).map((h) => line(h, marks)));
      if (mine !== run) return;
      shown += batch.length;
      ol.append(...batch);
      const left = hits.length - shown;
      next.textContent = `更多（还有 ${left} 条）`;
      next.hidden = !left;
      if (focus && batch.length) batch[0].querySelector('a').focus();
    }
    await grow(FIRST, false);
    return [ol, next];
  }

  async function results(known, hits, words, mine) {
    const place = make('div');
    async function fill(name) {
      const kept = hits.filter((h) => passes(h));
      const [bar, parts] = [facets(hits, again), await list(kept, marker(words), mine)];
      if (mine !== run) return;
      say(`${kept.length} 条，新的在前`);
      place.replaceChildren(...(bar ? [bar] : []), ...parts);
      if (name) place.querySelector(`select[name="${name}"]`)?.focus();
    }
    async function again(name) {
      moved(field.value.trim(), chosen);
      const wanted = chosen['机关'];
      if (known.waiting.some((b) => b[1] === wanted)) {
        await widen(known, 1, wanted);
        hits = await find(known, words);
      }
      await fill(name);
    }
    await fill();
    return place;
  }

  function related(known, query, least) {
    const rows = rowsFor(known.hints.rows, query).filter((r) => r.score >= least);
    if (!rows.length) return [];
    const links = rows.flatMap(({ row }) => row[2].slice(0, 4).map(([who, href]) => make('li', null,
      make('a', { href: new URL(href, ROOT).href }, who ? `${row[0]}（${who}）` : row[0]))));
    return [make('h2', { class: 'small' }, '目录里相近的事项'), make('ul', { class: 'words' }, links)];
  }
  function otherwise(hints, heading) {
    const phone = hints.phone && [hints.dial ? make('a', { class: 'tel hit', href: `tel:${hints.dial}` }, hints.phone) : hints.phone];
    return [make('h2', { class: 'small' }, heading), make('p', null, phone ? ['打 ', ...phone, ' 问；'] : '',
      '网上没有的，可以', make('a', { class: 'hit', href: new URL('apply.html', ROOT).href }, '申请公开'), '，20 个工作日内答复。')];
  }
  function wider(known, again) {
    if (!known.waiting.length) return [];
    const button = make('button', { type: 'button', class: 'btn more' }, `再查 ${known.waiting.length} 个机关的全文`);
    button.onclick = async () => {
      while (known.waiting.length) {
        say(`正在查全文，还有 ${known.waiting.length} 个机关`);
        await widen(known, 4);
      }
      await again();
    };
    return [make('p', { class: 'note' }, '先查的是标题、文号、概述和事项名。'), button];
  }

  /* Nothing holds the whole query: its parts, then rows of the catalogue, then a telephone. */
  async function nothing(known, query, words, mine) {
    const parts = core(query), rows = rowsFor(known.hints.rows, query);
    let used = parts, hits = parts.length > 1 || parts[0] !== words[0] ? await find(known, parts) : [];
    const named = parts.map((p) => `“${p}”`).join('');
    let said = parts.length > 1 ? `把${named}分开，一起` : `改按${named}`;
    if (!hits.length) {
      const part = await longest(known, parts.length ? parts : words);
      used = part ? [part] : [];
      hits = await find(known, used);
      said = `里面最长的一段“${part.replace(/ /g, '')}”`;
    }
    if (!hits.length && rows.length && rows[0].score >= 20) {
      used = [rows[0].row[0]];
      hits = await find(known, used);
      said = `按事项“${used[0]}”`;
    }
    if (mine !== run) return;
    say(hits.length ? `没有完全一样的，相近的有 ${hits.length} 条` : '没有完全一样的');
    body.replaceChildren(make('section', { class: 'zero' },
      make('p', null, `没有一件写着“${query}”。`, hits.length ? `${said}查到 ${hits.length} 条：` : ''),
      ...(hits.length ? await list(hits, marker(used), mine) : []),
      ...wider(known, () => search(query, true)), ...related(known, query, 1), ...otherwise(known.hints, '还是没有')));
  }

  async function answer(query, words, mine) {
    const known = await site();
    const hits = await find(known, words);
    if (mine !== run) return;
    if (!hits.length) { await nothing(known, query, words, mine); return; }
    const list = await results(known, hits, words, mine);
    if (mine !== run) return;
    body.replaceChildren(list, ...wider(known, () => search(query, true)), ...related(known, query, 20), ...otherwise(known.hints, '没有要找的'));
  }

  async function search(query, force) {
    if (query === last && !force) return;
    last = query;
    const mine = (run += 1), words = wordsOf(query);
    moved(query, chosen);
    out.classList.toggle('asked', words.length > 0);
    body.setAttribute('aria-busy', words.length > 0);
    if (!words.length) { body.replaceChildren(); say(query ? '写上要查的字、词或者号码' : ''); return; }
    if (!body.childElementCount) say('正在查找……');
    try { await answer(query, words, mine); } catch (problem) {
      if (mine !== run) return;
      last = null;
      body.replaceChildren();
      say('搜索暂时用不了，可以按机关、按分类找');
      out.classList.remove('asked');
    }
    if (mine === run) body.setAttribute('aria-busy', false);
  }

  /* While an input method composes, what stands in the field is not yet what is meant. */
  function soon(event) {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(() => search(field.value.trim()), 250);
  }
  field.addEventListener('input', soon);
  field.addEventListener('compositionend', () => soon({ isComposing: false }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    search(field.value.trim());
  });
  form.parentNode.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], from = event.target;
    if (!step || event.isComposing || from.tagName === 'SELECT') return;
    const stops = [field, ...out.querySelectorAll('.hits a, .words a, .more:not([hidden])')];
    const next = stops[stops.indexOf(from) + step];
    if (next && stops.includes(from)) { event.preventDefault(); next.focus(); }
  });
  return { field, chosen, search: () => search(field.value.trim(), true) };
}

/* search.html: the address holds the query, so that it can be sent, kept and gone back to. */
function wirePage(place) {
  const form = place.querySelector('form');
  const address = new URL(location.href);
  const found = wire(form, place.querySelector('.out'), (query, chosen) => {
    const now = new URL(location.href);
    now.search = '';
    if (query) now.searchParams.set('q', query);
    FACETS.forEach(([name, key]) => { if (chosen[name]) now.searchParams.set(key, chosen[name]); });
    history.replaceState(null, '', now);
  });
  FACETS.forEach(([name, key]) => { found.chosen[name] = address.searchParams.get(key) || ''; });
  const query = address.searchParams.get('q');
  if (query) found.field.value = query;
  place.classList.add('live');
  if (found.field.value) found.search();
}

let dialog;
function makeDialog() {
  const close = make('button', { type: 'button', class: 'btn', onclick: () => dialog.close() }, '关闭');
  const form = make('form', { role: 'search', action: new URL('search.html', ROOT).href },
    make('div', { class: 'find' }, make('label', { class: 'vh', for: 'gk-q' }, '要查的词'),
      make('input', { id: 'gk-q', type: 'search', name: 'q', autocomplete: 'off', enterkeyhint: 'search' }),
      make('button', { class: 'btn main' }, '查找')));
  const out = make('div', { class: 'out' });
  const whole = make('a', { class: 'hit', href: form.action }, '在整页里查');
  dialog = make('dialog', { class: 'search state', 'aria-labelledby': 'gk-search' },
    make('div', { class: 'top' }, make('h2', { id: 'gk-search' }, '搜索'), close), form, out, make('p', { class: 'note' }, whole));
  wire(form, out, (query) => { whole.href = `${form.action}?q=${encodeURIComponent(query)}`; });
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  /* In a search field with text Escape would only clear it. */
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) { event.preventDefault(); dialog.close(); }
  });
  document.body.append(dialog);
}

/* Opens the dialog on any page; on search.html the field is already there. */
export function open() {
  const field = document.querySelector('[data-search-page] input[name="q"]');
  if (field) { field.focus(); field.select(); return; }
  if (!dialog) makeDialog();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input').select();
}

const place = document.querySelector('[data-search-page]');
if (place) wirePage(place);
