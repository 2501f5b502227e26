/* Search: our own result list over what find.js finds, on search.html and in a dialog on every
   page. Loaded when it is first asked for. */

import { FACETS, ROOT, core, find, longest, marker, rowsFor, site, widen, wordsOf } from './find.js';

const BADGES = {
  按时: 'ok', 零报告: 'nil', 未到期: 'open', 临期: 'soon', 滞后: 'late', 部分公开: 'part',
  逾期未公开: 'miss', 不适用: 'na', 暂缓: 'held', 时间未经证实: 'doubt', 已公开: 'shown',
};
const FIRST = 5, MORE = 10, EXCERPT = 90;

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
/* From a sentence that holds the words; else a row that does, or of a line of names those alone,
   and then how the text begins. */
function excerpt(paragraphs, marks) {
  const parts = paragraphs.slice(1).filter(Boolean);
  const holds = (p) => marks && p.search(marks) >= 0, sentence = (p) => /[，。；：]/.test(p);
  const told = parts.findIndex((p) => sentence(p) && holds(p)), begins = Math.max(parts.findIndex(sentence), 0);
  const row = parts.findIndex(holds);
  const names = row >= 0 && row < begins ? parts[row].split(' ').filter(holds).join(' ') : parts[row] || '';
  const text = (told >= 0 ? parts.slice(told) : [names, ...parts.slice(begins)]).filter(Boolean).join(' ');
  const at = marks ? text.search(marks) : -1;
  const from = at < 30 ? 0 : at - 24, to = Math.min(text.length, from + EXCERPT);
  return [from ? '……' : '', ...marked(text.slice(from, to), marks), to < text.length ? '……' : ''];
}
async function line(found, marks) {
  const { data } = found.result, page = await data();
  const kind = BADGES[found.facets['状态']];
  return make('li', null,
    make('h3', null, make('a', { href: new URL(page.raw_url.replace(/^\//, ''), found.base).href }, marked(page.meta.title, marks))),
    make('p', null, excerpt(page.content.split('\n'), marks)),
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
