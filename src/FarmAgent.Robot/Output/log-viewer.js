'use strict';
(() => {
  // A row beyond this many of one list waits until somebody scrolls to it or asks for it.
  const chunk = 200;
  const statuses = ['NOT SET', 'PASS', 'FAIL', 'SKIP', 'NOT RUN'];
  const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'SKIP', 'FAIL', 'NONE'];
  const index = JSON.parse(document.getElementById('index').textContent);
  const start = Date.parse(index.start + 'Z');
  const text = reference => typeof reference === 'number' ? index.strings[reference] : reference ?? '';
  const texts = list => list ? list.map(text) : [];
  const log = document.getElementById('log');

  function element(tag, style, content) {
    const made = document.createElement(tag);
    if (style) made.className = style;
    if (content) made.textContent = content;
    return made;
  }

  function elapsed(microseconds) {
    const part = (size, modulo, digits) => String(Math.floor(microseconds / size) % modulo).padStart(digits, '0');
    return `${part(3.6e9, 1e9, 2)}:${part(6e7, 60, 2)}:${part(1e6, 60, 2)}.${part(1e3, 1000, 3)}`;
  }

  function message(container, content) {
    if (!content) return;
    if (content.startsWith('*HTML*')) container.append(Object.assign(element('div'), { innerHTML: content.slice(6) }));
    else container.append(element('pre', '', content));
  }

  // A node that makes its inside when it is opened for the first time.
  function node({ id, status, kind, name, detail, microseconds }, fill) {
    const details = element('details');
    if (id) details.id = id;
    const summary = element('summary');
    summary.append(
      element('span', 's ' + status.replace(' ', '-'), status), ' ', element('span', 'k', kind), ' ', name, ' ', element('span', 'a', detail),
      element('span', 't', elapsed(microseconds)));
    details.append(summary);
    details.fill = () => {
      details.fill = () => {};
      fill(details);
    };
    details.addEventListener('toggle', () => details.open && details.fill());
    return details;
  }

  function open(details) {
    details.fill();
    details.open = true;
  }

  // Makes rows for a list, the first ones now; the function that comes back makes rows up to a number.
  function rows(container, items, make) {
    const more = element('button', 'more');
    let shown = 0;
    const show = (upTo = shown + chunk) => {
      const fragment = document.createDocumentFragment();
      for (; shown < Math.min(upTo, items.length); shown++) fragment.append(make(items[shown]));
      more.before(fragment);
      more.textContent = `${items.length - shown} more`;
      if (shown >= items.length) more.remove();
    };
    container.append(more);
    more.addEventListener('click', () => show());
    show();
    return show;
  }

  function facts(container, entries) {
    for (const [name, value] of entries) {
      if (!value) continue;
      const line = element('div');
      line.append(element('span', 'k', name + ':'), ' ', value);
      container.append(line);
    }
  }

  function block(id) {
    return document.getElementById('b-' + id);
  }

  function body(container, id) {
    const found = block(id);
    if (found) items(container, JSON.parse(found.textContent));
  }

  function items(container, list) {
    rows(container, list, item => typeof item === 'number' ? note(item) : Array.isArray(item[0]) ? step(item) : logged(item));
  }

  // What the options have taken out.
  function note(number) {
    const rounds = number === 1 ? '1 round' : `${number} rounds`;
    return element('p', 'k note', number === 0 ? 'Content removed.' : number < 0 ? 'Steps removed, messages kept.' : `${rounds} removed.`);
  }

  function logged([level, time, content, isHtml]) {
    const line = element('div', 'm');
    const name = levels[level];
    line.append(
      element('span', '', new Date(start + time).toISOString().slice(11, 23)), element('span', name === 'FAIL' ? 'lFAIL' : name, name),
      isHtml ? Object.assign(element('div'), { innerHTML: content }) : element('pre', '', content));
    return line;
  }

  function step([children, outcome, kind, name, , microseconds, owner, args, assign, tags, doc, timeout, problem]) {
    const status = outcome & 7;
    const assigned = assign ? texts(assign).join(', ') + ' = ' : '';
    const made = node({
      status: statuses[status],
      kind: text(kind),
      name: assigned + (owner ? text(owner) + '.' : '') + text(name),
      detail: texts(args).join('    '),
      microseconds,
    }, details => {
      if (doc) details.append(element('pre', '', text(doc)));
      facts(details, [['Tags', texts(tags).join(', ')], ['Timeout', text(timeout)]]);
      items(details, children);
      if (problem && !children.some(Array.isArray)) message(details, problem);
    });
    if (statuses[status] === 'FAIL' || outcome & 8) open(made);
    return made;
  }

  function test(item, isOpen) {
    const made = node({ id: item.id, status: item.status, kind: index.rpa ? 'TASK' : 'TEST', name: item.name, detail: (item.tags ?? []).join(', '), microseconds: item.elapsed }, details => {
      if (item.doc) details.append(element('pre', '', item.doc));
      facts(details, [['Timeout', item.timeout], ...item.meta ?? []]);
      message(details, item.message);
      body(details, item.id);
    });
    if (isOpen) open(made);
    return made;
  }

  // Suites and tests on the way to a step that is to be seen at once.
  const opened = new Set(index.open.flatMap(id => id.split('-').map((_, at, parts) => parts.slice(0, at + 1).join('-'))));

  // Only the first failed tests are open from the start: a page of a thousand open ones helps nobody.
  let budget = 20;
  function suite(item) {
    return item.made = node({ id: item.id, status: item.status, kind: 'SUITE', name: item.name, detail: '', microseconds: item.elapsed }, details => {
      if (item.doc) details.append(element('pre', '', item.doc));
      facts(details, [['Source', item.source], ...item.meta ?? []]);
      message(details, item.message);
      body(details, item.id + '-setup');
      item.showSuites = rows(details, item.suites, child => {
        const made = suite(child);
        if ((child.status === 'FAIL' && budget > 0) || opened.has(child.id)) open(made);
        return made;
      });
      item.showTests = rows(details, item.tests, child => test(child, (child.status === 'FAIL' && budget-- > 0) || opened.has(child.id)));
      body(details, item.id + '-teardown');
    });
  }

  const tests = [];
  const parents = new Map();
  (function collect(item, parent) {
    item.parent = parent;
    parents.set(item.id, item);
    for (const child of item.tests) {
      tests.push(child);
      parents.set(child.id, item);
    }
    for (const child of item.suites) collect(child, item);
  })(index.suite, null);

  function reveal(id) {
    const parent = parents.get(id);
    if (!parent) return;
    const path = [];
    for (let item = parent; item; item = item.parent) path.unshift(item);
    for (const item of path) {
      const siblings = item.parent?.suites ?? [];
      item.parent?.showSuites(siblings.indexOf(item) + 1);
      open(item.made);
    }
    parent.showTests(parent.tests.findIndex(child => child.id === id) + 1);
    const target = document.getElementById(id);
    if (!target) return;
    open(target);
    target.scrollIntoView();
  }

  const tree = element('div');
  const found = element('div');
  const search = Object.assign(element('input'), { type: 'search', id: 'search', placeholder: 'Search names, tags, messages, keywords' });
  const wanted = Object.assign(element('select'), { id: 'status' });
  wanted.append(...['any status', 'FAIL', 'PASS', 'SKIP'].map(name => element('option', '', name)));
  const tagged = Object.assign(element('select'), { id: 'tag' });
  tagged.append(...['any tag', ...new Set(tests.flatMap(item => item.tags ?? []).sort())].map(name => element('option', '', name)));
  const count = Object.assign(element('output'), { id: 'count' });

  // Bodies are searched as the JSON that they are: no test is read for that.
  function matches(item, needle, escaped) {
    const head = [item.name, item.doc, item.message, ...item.tags ?? []];
    return head.some(part => part?.toLowerCase().includes(needle)) || (block(item.id)?.textContent.toLowerCase().includes(escaped) ?? false);
  }

  function filter() {
    const needle = search.value.trim().toLowerCase();
    const status = wanted.selectedIndex ? wanted.value : '';
    const tag = tagged.selectedIndex ? tagged.value : '';
    const isOn = needle !== '' || status !== '' || tag !== '';
    tree.hidden = isOn;
    found.replaceChildren();
    count.textContent = '';
    if (!isOn) return;
    const escaped = JSON.stringify(needle).slice(1, -1).replaceAll('<', '\\u003c');
    const hits = tests.filter(item => (!status || item.status === status) && (!tag || item.tags?.includes(tag)) && (!needle || matches(item, needle, escaped)));
    rows(found, hits, item => test(item, false));
    count.textContent = `${hits.length} of ${tests.length}`;
  }

  const controls = element('p', 'controls');
  controls.append(search, ' ', wanted, ' ', tagged, ' ', count);
  log.append(controls, tree, found);
  search.addEventListener('input', filter);
  wanted.addEventListener('change', filter);
  tagged.addEventListener('change', filter);
  tree.append(suite(index.suite));
  open(index.suite.made);
  addEventListener('hashchange', () => reveal(location.hash.slice(1)));
  reveal(location.hash.slice(1));
})();
