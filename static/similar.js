// While a child's names are typed: files that may be about the same child. An enhancement: without this file the
// question is asked when the contact is sorted, and on the page of the file. data-similar is where to ask, data-fields
// what to send: `name:field` in pairs, a bare `name=value` as it is. Nothing else of the form leaves the page.
const WAIT = 500;
for (const box of document.querySelectorAll('[data-similar]')) {
  const form = box.closest('form');
  let timer, request, last = '';
  const body = () => {
    const sent = new URLSearchParams();
    for (const pair of box.dataset.fields.split(' ')) {
      const [name, value] = pair.split('=');
      if (value !== undefined) sent.append(name, value);
      else {
        const [as, field] = pair.split(':'), typed = form.elements[field]?.value;
        if (typed) sent.append(as, typed);
      }
    }
    return sent.toString();
  };
  const look = () => {
    const sent = body();
    if (sent === last) return;
    last = sent;
    request?.abort();
    const asking = request = new XMLHttpRequest();
    asking.onload = () => {
      const { response, status, responseURL } = asking;
      // signed out meanwhile, or refused: nothing is said
      if (asking !== request || status !== 200 || !responseURL.endsWith(box.dataset.similar)) return;
      box.replaceChildren(...[...response.body.children].map(node => document.adoptNode(node)));
    };
    asking.open('POST', box.dataset.similar);
    asking.responseType = 'document';
    asking.setRequestHeader('content-type', 'application/x-www-form-urlencoded');
    asking.send(sent);
  };
  const watched = new Set(box.dataset.fields.split(' ').map(pair => pair.split(':')[1]));
  form.addEventListener('input', event => {
    if (!watched.has(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
}
