/* The 核验 page: one item, one chain or all of them, or a head read off paper, checked in the reader's
   own browser. `?v=` is what somebody typed, `?item=` an item's id, `?chain=` a folder or `all`. */

import {
  BODIES, OWN, Unreachable, breaks, call, chainOf, day, el, failed, hash, hold, link, moment, nameOf, nth, seals,
  show, siteBreaks, wait,
} from './held.js';

const KINDS = { found: '建链时已有', first: '首次公开', change: '变更', withdraw: '撤回', expire: '公示期满' };
const RUSH_OVER = 10;
const form = document.getElementById('ask');

/* What was typed: {item} {head} or {wrong: why}. */
export function asked(text) {
  const typed = text.trim().replace(/^[“"'《]+|[”"'》]+$/g, '');
  const page = /(?:^|\/)(?:([^/\s?#]+)\/)?(\d{4})\/([a-z0-9-]{1,80})(?:\.html)?(?:[?#].*)?$/.exec(typed);
  if (page) {
    const folder = OWN && (!page[1] || !BODIES.has(named(page[1]))) ? OWN : named(page[1] || '');
    return folder ? { item: `${folder}/${page[2]}/${page[3]}` } : { wrong: '编号前面还要写机关的文件夹名，例如 chengguan/2026/…' };
  }
  const digits = typed.replace(/\s/g, '').toLowerCase();
  if (/^[0-9a-f]{16,64}$/.test(digits)) return { head: digits };
  if (/^[0-9a-f]{4,15}$/.test(digits)) return { wrong: `链头只写了 ${digits.length} 位，至少抄 16 位，从左边抄起` };
  return { wrong: '这不是一件的网址或编号，也不是链头；网址要写到 .html，链头是数字和 a 到 f' };
}
function named(folder) {
  try { return decodeURIComponent(folder); } catch (e) { return folder; }
}

async function item(id) {
  const held = await hold(id), { chain, mine, last, page } = held, body = id.split('/')[0];
  const title = page ? link(id, page.record.title) : id;
  const about = [title, `，${nameOf(body)}`];
  const steps = [
    [chainStep(body, chain)],
    page ? [el('b', {}, '重算这一件'), '现在的核验数据，得到散列 ', hash(page.digest)] : ['这一件的网页没有读到。'],
    last ? [el('b', {}, '在链上找到它'), `：${nth(last.seq)}，`, moment(last.at), `，${KINDS[last.kind]}。`, earlier(mine)]
      : ['链上没有这一件的回执。'],
    filesStep(page), sealStep(chain, last),
  ];
  const fold = '怎么核验的，五步';
  if (held.absent) {
    show({ state: 'none', word: '没有这一件', sentence: `本站没有 ${id} 这一件，回执链上也没有。`,
      said: ['看一看网址有没有抄错；撤回的、删去的，有过回执就还在链上。'] });
  } else if (held.breaks.length) {
    show({ state: 'none', word: '不符', sentence: '和登记的不一样。', fold, steps, said: [
      about, breaks(held.breaks), ['这一页请存好，打 ', call(body), ' 问一问为什么。']] });
  } else if (held.awaited) {
    show({ state: 'open', word: '还没有确认', fold, steps, said: [about, '下一次取回执以后再查；在那以前，只有本站自己的话。'],
      sentence: chain.there && chain.lines.length ? '网页已经更新，还没有取回执。' : '本机关还没有回执，不能核对时间。' });
  } else {
    show({ state: 'ok', word: '相符', sentence: same(mine), said: [about], fold, steps });
  }
}

/* The verdict on a whole item in one sentence, from its lines. */
function same(mine) {
  const kept = mine.filter((line, n) => !n || line.sha256 !== mine[n - 1].sha256), last = kept[kept.length - 1];
  const what = last.kind === 'found' ? '建链时已在网上，' : `${KINDS[last.kind]}以后，`;
  return ['和登记的一样：', day(last.at), `${what}没有再变过。`];
}
function earlier(mine) {
  const kept = mine.filter((line, n) => n < mine.length - 1 && line.sha256 !== mine[n + 1].sha256);
  return kept.length ? ['再往前是', kept.reverse().map((line, n) => [n ? '；' : '', nth(line.seq), '，', moment(line.at), ` ${KINDS[line.kind]}`]).flat(), '。'] : '';
}
function chainStep(body, chain) {
  const count = chain.lines.length;
  if (!count) return [el('b', {}, '取回执链'), `：${nameOf(body)}还没有回执。`];
  return [el('b', {}, '取回执链'), `，${count} 条，从第 1 条起逐条重算，${chain.breaks.length ? '有断裂。' : '前后相连，没有断。'}`];
}
function filesStep(page) {
  const files = page && Array.isArray(page.record.files) ? page.record.files : [];
  return [el('b', {}, '重算标题、正文和附件'), files.length ? `，附件 ${files.length} 件，和核验数据里记的比。` : '，没有附件，和核验数据里记的比。'];
}
function sealStep(chain, last) {
  if (!chain.seals) return [el('b', {}, '比封签'), '：这里只有一个机关的网站，全站的封签不在，没有比。'];
  const seal = last && chain.seals.find((one) => (one.heads[last.department] || [0])[0] >= last.seq);
  return [el('b', {}, '比封签'), seal ? ['：第 ', String(seal.seq), ' 道封签，', moment(seal.at), '，把它封在里面。'] : '：这一条还没有进封签。'];
}

async function head(digits) {
  const folders = OWN ? [OWN] : [...BODIES.keys()];
  let total = 0;
  const opened = await Promise.all(folders.map(async (folder) => [folder, await chainOf(folder)]));
  for (const [folder, chain] of opened) {
    total += chain.lines.length;
    const at = chain.lines.findIndex((line) => line.hash.startsWith(digits));
    if (at >= 0) { onChain(chain.lines[at], chain.lines.length - at - 1, nameOf(folder), chain, folder); return; }
  }
  const site = await seals(), all = site ? site.lines : [];
  const at = all.findIndex((seal) => seal.hash.startsWith(digits));
  if (at >= 0) { onChain(all[at], all.length - at - 1, '全站封签', { breaks: site.breaks }, ''); return; }
  const content = opened.flatMap(([, chain]) => chain.lines).find((line) => line.sha256.startsWith(digits));
  if (content) { await item(content.item); return; }
  show({ state: 'none', word: '链上没有', sentence: `回执链上没有这一条：${total} 条里，没有和它一样的。`, said: [
    ['先看有没有抄错一位', OWN ? '，或者是别的机关的纸' : '', '。没有抄错，请打 ', call(OWN || folders[0]), '，那张纸请留好。'],
  ], fold: '可能是什么', steps: ['抄错了一位，或者抄的是别的网站的纸。', '这张纸不是本站印的。', '链被换过：纸上的一条现在不在了。'] });
}

function onChain(line, after, name, chain, folder) {
  const broken = chain.breaks.length > 0;
  show({
    state: broken ? 'none' : 'ok', word: broken ? '不符' : '链上有',
    sentence: broken ? '纸上的链头在链上，可是链断了。' : ['链头对得上：', `${name}${folder ? nth(line.seq) : `第\u00a0${line.seq}\u00a0道`}，其后 ${after} ${folder ? '条' : '道'}。`],
    said: [
      [moment(line.at), ` 写下，那时有的，现在都还在，一条没少。`].slice(0, broken ? 0 : 2),
      folder ? [link(line.item, '这一条登记的那一件'), `，${KINDS[line.kind]}`] : '',
      broken ? breaks(chain.breaks) : '',
    ].filter((one) => one !== '' && one.length !== 0),
    fold: '怎么知道的', steps: ['取回整条链，从第 1 条起逐条重算。', ['找到和纸上前面几位一样的一条：', hash(line.hash)]],
  });
}

async function chain(which) {
  const folders = which === 'all' && !OWN ? [...BODIES.keys()] : [OWN || which];
  const found = [];
  for (const folder of folders) {
    wait(`正在重算 ${nameOf(folder)} 的链`);
    const one = await chainOf(folder);
    found.push(...one.breaks.map((each) => ({ ...each, message: `${nameOf(folder)}：${each.message}` })));
  }
  if (!OWN) found.push(...await siteBreaks());
  const lines = (await Promise.all(folders.map(chainOf))).flatMap((one) => one.lines), site = await seals();
  const unique = found.filter((one, n) => !found.some((each, m) => m < n && each.code === one.code && each.seq === one.seq && each.department === one.department));
  const given = lines.filter((line) => line.clock === 'given').length, rush = rushes(lines);
  const items = [...new Set(lines.map((line) => line.item))];
  const whose = folders.length > 1 ? `${folders.length} 个机关的链` : `${nameOf(folders[0])}的链`;
  const made = show({
    state: unique.length ? 'none' : lines.length ? 'ok' : 'open', word: unique.length ? '不符' : lines.length ? '相符' : '没有回执',
    sentence: unique.length ? `${whose}有 ${unique.length} 处断裂。` : lines.length ? `${whose}完整：${lines.length} 条，前后相连，没有断。` : `${whose}上还没有回执。`,
    said: [
      unique.length ? breaks(unique) : '',
      rush ? `有 ${rush} 天，一个机关一天里首次公开了超过 ${RUSH_OVER} 期，像是突击上传。` : '',
      given ? `其中 ${given} 条的时间是人给的（演示、试验），不是机器取的。` : '',
      lines.length ? el('p', {}, el('button', { class: 'btn', type: 'button', id: 'every' }, `再逐件核对 ${items.length} 个网页`)) : '',
    ].filter((one) => one !== ''),
    fold: '怎么核验的', steps: [
      '取回每个机关的回执链，从第 1 条起逐条重算散列，看前后是否相连、序号有没有跳、时间有没有倒。',
      site ? `和 ${site.lines.length} 道封签逐道比，看有没有少一条、换一条。` : '这里只有一个机关的网站，全站的封签不在，没有比。',
      OWN ? '别处抄下的链头，在门户的核验页比。' : '和别处抄下的本站封签比，看见过的是不是都还在。',
    ],
  });
  const button = made.querySelector('#every');
  if (button) button.onclick = () => every(items, button).catch(failed);
}
function rushes(lines) {
  const filled = new Set(), days = new Map();
  lines.forEach((line) => {
    if (line.slot === null || filled.has(line.slot)) return;
    filled.add(line.slot);
    const key = `${line.department} ${line.at.slice(0, 10)}`;
    if (line.kind !== 'found') days.set(key, (days.get(key) || 0) + 1);
  });
  return [...days.values()].filter((count) => count > RUSH_OVER).length;
}

/* Every item's page, one after another: a village's server need not bear more. */
async function every(items, button) {
  button.disabled = true;
  const bad = [], waiting = [];
  for (let n = 0; n < items.length; n += 1) {
    button.textContent = `正在核对第 ${n + 1} 件，共 ${items.length} 件`;
    const held = await hold(items[n]), own = held.breaks.filter((one) => !held.chain.breaks.includes(one));
    if (own.length) bad.push([items[n], own]);
    if (held.awaited) waiting.push(items[n]);
  }
  const said = bad.map(([id, own]) => el('li', {}, link(id, id), own.map((one) => `，${one.message}［${one.code}］`)));
  button.replaceWith(el('span', { role: 'status' }, bad.length ? `${items.length} 个网页里有 ${bad.length} 个和登记的不同：` : `${items.length} 个网页都和登记的一样${waiting.length ? `，其中 ${waiting.length} 个有新的还没有取回执` : ''}。`));
  if (bad.length) {
    const section = document.querySelector('#result .verdict');
    section.className = 'verdict v-none';
    section.querySelector('.st').className = 'st st-none';
    section.querySelector('.st').textContent = '不符';
    section.querySelector('.big').textContent = `有 ${bad.length} 件和登记的不一样。`;
    section.insertBefore(el('ul', { class: 'plain' }, said), section.querySelector('details'));
  }
}

async function start() {
  const query = new URLSearchParams(location.search), typed = query.get('v') || '';
  const wanted = query.get('item') ? asked(query.get('item')) : typed ? asked(typed) : {};
  const which = query.get('chain');
  form.hidden = false;
  document.getElementById('off').hidden = true;
  document.querySelectorAll('.on').forEach((one) => { one.hidden = false; });
  form.elements.v.value = typed || query.get('item') || '';
  if (wanted.wrong) {
    show({ state: 'open', word: '没有核', sentence: '没有看懂写的是什么。', said: [wanted.wrong] });
  } else if (wanted.item || wanted.head || which) {
    wait('正在取回执链');
    if (wanted.item) await item(wanted.item);
    else if (wanted.head) await head(wanted.head);
    else if (OWN || which === 'all' || BODIES.has(which)) await chain(which);
    else throw new Unreachable(`没有 ${which} 这个机关`);
  }
}
start().catch(failed);
