// Drafts: a long form is kept on the server while it is typed. An enhancement: without this file there is a button.
const EVERY = 10000;
const status = document.querySelector('[data-draft]');
const form = status?.closest('form');
if (form) {
  const rev = form.elements.draft_rev;
  let dirty = form.dataset.guard === 'dirty', busy = false, stopped = false, running;

  const body = () => {
    const sent = new URLSearchParams();
    // what a page offers to be uploaded is no text
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') sent.append(name, value);
    sent.append('auto', '1');
    return sent;
  };
  const keep = async leaving => {
    if (!dirty || stopped || (busy && !leaving)) return;
    dirty = false;
    busy = true;
    running = new AbortController();
    try {
      const answer = await fetch(status.dataset.draft, {
        method: 'POST', body: body(), keepalive: leaving, signal: running.signal,
      });
      if (answer.redirected) throw status.dataset.out;
      const told = answer.headers.get('content-type') === 'application/json' ? await answer.json() : {};
      if (told.rev) rev.value = told.rev;
      // another page of this form has kept more, or it is saved: said, and not tried again
      if (told.stop) stopped = true;
      else if (!answer.ok) throw status.dataset.failed;
      status.textContent = told.said;
    } catch (cause) {
      if (cause?.name !== 'AbortError') {
        dirty = true;
        status.textContent = typeof cause === 'string' ? cause : status.dataset.failed;
      }
    }
    busy = false;
  };

  form.addEventListener('input', () => { dirty = true; });
  form.addEventListener('submit', event => {
    if (event.defaultPrevented) return;
    stopped = true; // what is saved is no draft
    running?.abort();
  });
  addEventListener('pageshow', event => { if (event.persisted) stopped = false; });
  addEventListener('pagehide', () => keep(true));
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') keep(true); });
  setInterval(keep, EVERY, false);
}
