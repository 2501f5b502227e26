/* What little the pages do by themselves; without it every page reads.
   大字 and its memory, folds, finding a body by name, copying, the search key, print. */
(function (root) {
  'use strict';
  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }
  function large() { return root.getAttribute('data-size') === 'large'; }
  function setLarge(on) {
    if (on) root.setAttribute('data-size', 'large');
    else root.removeAttribute('data-size');
  }
  /* Storage may be forbidden: then 大字 lasts as long as the page. */
  try { setLarge(localStorage.getItem('gk-size') === 'large'); } catch (e) { /* not remembered */ }

  function wireSize() {
    var button = document.getElementById('size');
    if (!button) return;
    function show() { button.setAttribute('aria-pressed', large()); }
    button.hidden = false;
    show();
    button.onclick = function () {
      setLarge(!large());
      show();
      try { localStorage.setItem('gk-size', large() ? 'large' : ''); } catch (e) { /* not remembered */ }
    };
  }

  /* .narrow is shut in the HTML and opens on wide screens; .roomy is open and shuts on phones. */
  function wireFolds() {
    if (innerWidth >= 960) each('details.narrow', function (fold) { fold.open = true; });
    else each('details.roomy', function (fold) { fold.open = false; });
  }

  function wireNames() {
    var field = document.getElementById('f'), found = document.getElementById('found');
    if (!field || !found) return;
    field.parentNode.hidden = false;
    field.oninput = function () {
      var wanted = field.value.trim(), hits = 0;
      each('#bodies .group', function (group) {
        var here = 0, fold = group.querySelector('details');
        Array.prototype.forEach.call(group.querySelectorAll('tbody tr'), function (row) {
          row.hidden = row.cells[0].textContent.indexOf(wanted) < 0;
          if (!row.hidden) here += 1;
        });
        group.hidden = !here;
        hits += here;
        if (fold && wanted) fold.open = true;
      });
      found.textContent = !wanted ? '' :
        hits ? '找到 ' + hits + ' 个' : '没有名称里带“' + wanted + '”的机关';
    };
  }

  function wireCopies() {
    if (!navigator.clipboard) return;
    each('[data-copy]', function (button) {
      button.hidden = false;
      button.onclick = function () {
        var text = document.getElementById(button.getAttribute('data-copy')).textContent;
        navigator.clipboard.writeText(text).then(function () {
          var status = button.parentNode.querySelector('[role="status"]');
          if (status) status.textContent = '已复制';
        });
      };
    });
  }

  /* Days left of a 公示 are counted here: the page itself holds dates only. */
  function wireDays() {
    var today = new Date(Date.now() + 288e5).toISOString().slice(0, 10);
    each('[data-until]', function (place) {
      var left = Math.round((Date.parse(place.getAttribute('data-until')) - Date.parse(today)) / 864e5);
      if (left >= 0) { place.textContent = left ? '还剩 ' + left + ' 天' : '今天截止'; place.hidden = false; }
    });
  }

  /* Search is loaded when it is first asked for; from a disk it cannot be, and its page opens. */
  function openSearch(event) {
    var field = document.querySelector('main input[type="search"][name="q"]');
    var link = document.querySelector('[data-search]');
    if (!field && !link) return;
    event.preventDefault();
    if (field) { field.focus(); return; }
    import(new URL('assets/search.js', link.href)).then(
      function (search) { search.open(); },
      function () { location.href = link.href; }
    );
  }

  function onKey(event) {
    var to = event.target, tag = to && to.tagName || '';
    var chord = (event.ctrlKey || event.metaKey) && !event.altKey && event.key === 'k';
    var slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey &&
      !/^(INPUT|TEXTAREA|SELECT)$/.test(tag) && !to.isContentEditable;
    if (!event.isComposing && (chord || slash)) openSearch(event);
  }

  function wireSearch() {
    each('[data-search]', function (link) {
      link.onclick = function (event) {
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) openSearch(event);
      };
    });
  }

  addEventListener('keydown', onKey);
  addEventListener('DOMContentLoaded', function () {
    wireSize(); wireSearch(); wireFolds(); wireNames(); wireCopies(); wireDays();
  });
  addEventListener('beforeprint', function () {
    each('.card, .roomy', function (fold) { fold.open = true; });
  });
})(document.documentElement);
