// Enhancements only: every page works without this file. No HTML strings, so it runs under Trusted Types.

// 1. A form is sent once. Its submit buttons are disabled after the event (a disabled button would
// not be sent), and the pressed one shows its data-busy. Restored when the page is shown again, or
// after 30 s if nothing came. Only POST forms that replace the page: data-again opts out (downloads).
let off = [];
const sent = new Set(); // two quick clicks can come before the timer
const restore = () => {
  sent.clear();
  for (const [button, nodes] of off) {
    button.disabled = false;
    if (nodes) button.replaceChildren(...nodes);
  }
  off = [];
};
addEventListener('submit', event => {
  const form = event.target, pressed = event.submitter;
  if (event.defaultPrevented) return;
  dirty.delete(form);
  if (form.getAttribute('method')?.toLowerCase() !== 'post' || form.target || 'again' in form.dataset) return;
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  setTimeout(() => {
    for (const button of form.elements) {
      if (button.type !== 'submit' || button.disabled) continue;
      const text = button === pressed && button.dataset.busy;
      off.push([button, text && [...button.childNodes]]);
      if (text) button.replaceChildren(text);
      button.disabled = true;
    }
    setTimeout(restore, 30000);
  });
});
addEventListener('pageshow', restore);

// 2. Unsaved answers. data-guard on the form; data-guard="dirty" when the server gives back refused answers.
const dirty = new Set(document.querySelectorAll('form[data-guard=dirty]'));
addEventListener('input', event => {
  const form = event.target.form;
  if (form && 'guard' in form.dataset) dirty.add(form);
});
addEventListener('beforeunload', event => {
  if (!dirty.size) return;
  event.preventDefault();
  event.returnValue = ''; // older browsers
  setTimeout(restore, 1000); // the user may choose to stay
});

// 3. After a refusal, the error summary is read first.
const summary = document.querySelector('.banner[role=alert]');
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}

// 4. "/" goes to the search box, unless one is typing.
addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.('input, textarea, select, [contenteditable]')) return;
  const search = document.querySelector('[data-search]');
  if (!search) return;
  event.preventDefault();
  search.focus();
});

// 5. What is found while one types in the box of the bar. The answer is a piece of a page, read as a document of its
// own; only the last question is answered.
const found = document.querySelector('[data-found]');
if (found) {
  const form = found.closest('form'), box = form.querySelector('[data-search]');
  let soon, asked;
  const show = piece => {
    found.replaceChildren(...(piece ? [piece] : []));
    found.hidden = !piece;
  };
  const stop = () => {
    clearTimeout(soon);
    asked?.abort();
    show();
  };
  const ask = () => {
    const question = asked = new XMLHttpRequest();
    question.open('POST', found.dataset.found);
    question.responseType = 'document';
    question.onload = () => show(question.response?.querySelector('[data-results]'));
    question.send(new URLSearchParams({ q: box.value }));
  };
  box.addEventListener('input', () => {
    clearTimeout(soon);
    asked?.abort();
    if (box.value.trim().length > 1) soon = setTimeout(ask, 200);
    else show();
  });
  form.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      box.focus();
      stop();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const stops = [box, ...found.querySelectorAll('a')];
    const next = stops[stops.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  form.addEventListener('submit', stop);
  // a little later: some browsers give no focus to a link that is pressed
  form.addEventListener('focusout', () => setTimeout(() => {
    if (!form.contains(document.activeElement)) stop();
  }, 300));
}
