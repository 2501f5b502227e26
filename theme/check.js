/* What a code on paper opens: `?i=` the item, `&h=` its record's hash as printed, `&d=` the chain's
   head as printed, `&t=` the day of printing; hashes are cut to 16 digits or more. Says whether paper
   and web are the same, what changed since, or that the chain knows nothing of it. */

import {
  breaks, call, chainOf, day, el, failed, get, hash, hold, link, moment, nameOf, nth, seals, show, wait,
} from './held.js';

const CUT = /^[0-9a-f]{16,64}$/, FOLD = '怎么知道的';
const OPS = { '-': ['del', '删去'], '+': ['ins', '加上'] };

/* What the address says: {id, content, head, printed}, or null where it is no code of ours. */
function read(query) {
  const id = query.get('i') || '', content = (query.get('h') || '').toLowerCase(), head = (query.get('d') || '').toLowerCase();
  if (!/^[^/]+\/\d{4}\/[a-z0-9-]{1,80}$/.test(id) || !CUT.test(content) || (head && !CUT.test(head))) return null;
  const t = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(query.get('t') || '');
  return { id, content, head, printed: t ? `${t[1]}-${t[2]}-${t[3]}` : '' };
}

/* Where the printed head stands: {seq, at, after, of} or null. */
async function headOf(chain, head, body) {
  const found = (lines, of) => {
    const n = lines.findIndex((line) => line.hash.startsWith(head));
    return n < 0 ? null : { ...lines[n], after: lines.length - n - 1, of };
  };
  const site = await seals();
  return found(chain.lines, nameOf(body)) || (site && found(site.lines, '全站封签'));
}

async function check(paper) {
  const body = paper.id.split('/')[0];
  wait('正在和网上的核对');
  const held = await hold(paper.id), { chain, mine, last, page } = held;
  const printed = mine.map((line) => line.sha256.startsWith(paper.content)).lastIndexOf(true);
  const line = mine[printed], head = paper.head ? await headOf(chain, paper.head, body) : null;
  const title = page ? page.record.title : paper.id;
  const about = [link(paper.id, title), `，${nameOf(body)}`];
  const steps = stepsOf(chain, line, head, paper, page, body);
  if (chain.breaks.length) {
    show({ state: 'none', word: '链断了', sentence: '网上的回执链断了，不能拿它和这张纸比。', fold: FOLD, steps,
      said: [about, breaks(chain.breaks), ['这张纸请留好，打 ', call(body), '。']] });
  } else if (paper.head && !head) {
    shout(`纸上的链头，${chain.lines.length} 条回执里没有。`, body, about, steps);
  } else if (!line) {
    const same = page && page.digest.startsWith(paper.content);
    if (same && held.awaited && !held.breaks.length) {
      show({ state: 'open', word: '还没有确认', sentence: '纸上的和网上的一样，网上的还没有取回执。', fold: FOLD, steps,
        said: [about, '下一次取回执以后再扫；在那以前，只有本站自己的话。'] });
    } else shout('纸上的内容，这一件的回执里没有。', body, about, steps);
  } else if (held.breaks.length) {
    show({ state: 'none', word: '不符', sentence: '网上的这一件，和登记的不一样。', fold: FOLD, steps,
      said: [about, breaks(held.breaks), ['这张纸请留好，打 ', call(body), '。']] });
  } else if (last.kind === 'withdraw' || last.kind === 'expire') {
    gone(last, page, about, steps);
  } else if (last.sha256 === line.sha256) {
    const sentence = printedOn(paper, head, line);
    show({ state: 'ok', word: '相符', sentence: [...sentence, '，与网上一字不差。'], said: [about, held.awaited ? '网页刚又更新过，新的还没有取回执。' : ''].filter(Boolean), fold: FOLD, steps });
  } else {
    await changed(paper, line, mine.slice(printed + 1), head, about, steps);
  }
}

function shout(sentence, body, about, steps) {
  show({ state: 'none', word: '链上没有', sentence, fold: FOLD, steps, said: [about,
    ['这张纸不是本站印的，或者网上的记录被换过。纸请留好，打 ', call(body), '。']] });
}

/* 这张纸某月某日印出. A day printed in the code counts only where the head bears it out. */
function printedOn(paper, head, line) {
  if (paper.printed && head && head.at.slice(0, 10) <= paper.printed) return ['这张纸 ', day(paper.printed), '印出'];
  return ['这张纸印的是 ', day(line.at), '登记的内容'];
}

function stepsOf(chain, line, head, paper, page, body) {
  const steps = [chain.lines.length ? `取回${nameOf(body)}的回执链，${chain.lines.length} 条，从第 1 条起逐条重算，${chain.breaks.length ? '有断裂。' : '前后相连，没有断。'}` : `${nameOf(body)}还没有回执。`];
  if (paper.head) steps.push(head ? ['纸上的链头在链上：', `${head.of}${nth(head.seq)}，`, moment(head.at), `，其后 ${head.after} 条。`] : ['纸上的链头不在链上：', hash(paper.head)]);
  else steps.push('纸上的码里没有链头，没有比。');
  steps.push(line ? ['纸上的内容登记过：', `${nth(line.seq)}，`, moment(line.at), '。'] : ['纸上的内容没有登记过：', hash(paper.content)]);
  if (page) steps.push(['网上现在的核验数据，重算得到散列 ', hash(page.digest), '，标题、正文、附件和它比。']);
  return steps;
}

function gone(last, page, about, steps) {
  const why = page && page.record.withdrawn;
  show({
    state: 'late', word: last.kind === 'withdraw' ? '已撤回' : '期满',
    sentence: last.kind === 'withdraw' ? ['此件已撤回，', day(why ? why.on : last.at), '。'] : ['公示期已满，', day(last.at), '起网上不再展示。'],
    said: [about, why ? `原因：${String(why.reason).replace(/。$/, '')}。` : '', '纸上的是原来的，网上不再提供原文。'].filter(Boolean), fold: FOLD, steps,
  });
}

/* The versions after the one on paper, each with the words that changed. */
async function changed(paper, line, after, head, about, steps) {
  const kept = after.filter((one, n) => one.sha256 !== (n ? after[n - 1] : line).sha256);
  const history = await historyOf(paper.id);
  const versions = kept.map((one) => {
    const told = history.filter((each) => each.sha256 === one.sha256);
    const { diff, kind } = told.find((each) => each.at === one.at) || told[0] || {};
    return { line: one, diff: Array.isArray(diff) ? diff : [], kind: typeof kind === 'string' ? kind : '变更' };
  });
  const known = versions.every((one) => one.diff.length);
  const places = known ? versions.reduce((sum, one) => sum + placesIn(one.diff), 0) : 0;
  show({
    state: 'late', word: '印后有变动', fold: FOLD, steps,
    sentence: [...printedOn(paper, head, line), places ? `，此后改过 ${places} 处。` : `，此后改过 ${kept.length} 次。`],
    said: [about, ...versions.map((one) => el('div', { class: 'change' },
      el('h3', {}, moment(one.line.at), ` ${one.kind}，${nth(one.line.seq)}`),
      one.diff.length ? el('p', { class: 'diff' }, one.diff.map(piece)) : el('p', {}, '改了哪些字，网上没有留下；现在的全文在上面的网页里。')))],
  });
}
async function historyOf(id) {
  const [folder, ...rest] = id.split('/'), bytes = await get(`${folder}/history/${rest.join('/')}.json`);
  try { const found = JSON.parse(new TextDecoder().decode(bytes)); return Array.isArray(found) ? found : []; } catch (e) { return []; }
}
/* A deletion with the addition beside it is one place. */
function placesIn(diff) {
  return diff.filter(([op], n) => op in OPS && !(n && diff[n - 1][0] in OPS)).length;
}
function piece([op, text]) {
  const [tag, word] = OPS[op] || [];
  return tag ? el(tag, {}, el('span', { class: 'vh' }, `（${word}）`), String(text), el('span', { class: 'vh' }, '（完）')) : String(text);
}

async function start() {
  document.getElementById('off').hidden = true;
  const query = new URLSearchParams(location.search), paper = read(query);
  if (paper) await check(paper);
  else if (!query.get('i') && !query.get('h')) {
    show({ state: 'open', word: '没有核', sentence: '扫纸上的码，才知道要核哪一张。', said: ['没有码的，到核验页写纸上的编号或者链头。'] });
  } else {
    show({ state: 'none', word: '看不懂', sentence: '这个码不完整，说不出是哪一张纸。', said: ['再扫一次，纸要平、光要够；还是这样，到核验页写纸上的编号或者链头。'] });
  }
}
start().catch(failed);
