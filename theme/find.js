/* Finding: what a query is made of, the bundles of Pagefind, and what they hold of it.
   The tokeniser's twin stands in generator/search/tokens.py; a test holds the two equal. */

export const ROOT = new URL('../', import.meta.url);
const HAN = '\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}';
const LETTER = `(?:(?![${HAN}])[\\p{L}\\p{Nl}\\p{No}])`;
const TOKEN = new RegExp(`[${HAN}]|${LETTER}+|\\p{Nd}+`, 'gu');
const FOLDED = /[\u00b2\u00b3\u00b9\u2070-\u209c\u2e80-\u2fd5\u3300-\u33ff\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const PLAIN = new RegExp(`^[${HAN}A-Za-z0-9]+$`, 'u');
const ASKED = new RegExp([
  '请问', '我想知道', '想知道', '我想', '我要', '为什么', '是什么', '要什么', '什么时候', '什么', '怎么办', '怎么样', '怎么', '怎样', '如何',
  '多少', '多久', '多长时间', '哪里', '哪儿', '要哪些', '哪些', '哪个', '怎么去', '在哪', '能不能', '可不可以', '可以', '有没有', '是不是',
  '谁', '吗', '呢', '吧', '的', '了',
].join('|'), 'g');
export const FACETS = [['机关', 'd'], ['分类', 'c'], ['年度', 'y'], ['状态', 's']];

/* The query */

function folded(text) {
  return text.replace(FOLDED, (c) => { const n = c.normalize('NFKC'); return PLAIN.test(n) ? n : c; });
}
export function tokens(text) { return (folded(text).match(TOKEN) || []).join(' '); }
export function wordsOf(query) { return query.trim().split(/\s+/).filter(tokens); }
/* What is left of a question without its question words; a lone character says too little. */
export function core(query) {
  const parts = query.replace(ASKED, ' ').split(/[\s，。？！、；：?!,;:]+/).filter(tokens);
  const long = parts.filter((p) => tokens(p).length > 1);
  return long.length ? long : parts;
}
export function marker(words) {
  const exact = (t) => {
    if (/^\p{Nd}/u.test(t)) return `(?<!\\p{Nd})${t}(?!\\p{Nd})`;
    return new RegExp(`^${LETTER}`, 'u').test(t) ? `(?<!${LETTER})${t}(?!${LETTER})` : t;
  };
  const phrases = words.map((w) => tokens(w).split(' ').map(exact).join('[^\\p{L}\\p{N}]*'));
  return phrases.length ? new RegExp(phrases.join('|'), 'giu') : null;
}

/* The bundles */

let opened;
export function site() { return (opened = opened || load()); }

async function json(address) {
  const answer = await fetch(address, { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

async function load() {
  try {
    const hints = await json(new URL('search.json', ROOT));
    const known = { hints, engines: [], api: null, waiting: hints.bundles };
    await widen(known, hints.light || hints.bundles.length);
    return known;
  } catch (problem) { opened = null; throw problem; }
}

/* Pagefind's WebAssembly is one for all instances: fetched once, started by the first alone. */
export async function widen(known, count, only) {
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
    metaCacheTag: table.text.slice(0, 16), 
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
    name, base, phrase, light: path === '' || path.startsWith('data/search/'),
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
export async function find(known, words) {
  if (!words.length) return [];
  const lists = await Promise.all(known.engines.map((e) => e.find(words)));
  const whole = new Set(known.engines.filter((e) => !e.light).map((e) => e.name));
  const hits = lists.flatMap((list, i) => (known.hints.light && known.engines[i].light
    ? list.filter((h) => !whole.has(h.facets['机关'])) : list));
  /* Of one day, by body and then as its table has them: the same, whichever bundles were asked. */
  const body = (h) => h.facets['机关'], order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return hits.sort((a, b) => order(b.date, a.date) || order(body(a), body(b)) || a.n - b.n);
}

/* A part of a found phrase is found too, so the longest one needs 2 n questions and not n². */
export async function longest(known, parts) {
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
export function rowsFor(rows, query) {
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
