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
