// A document on its way, with its progress. Never needed: the form works without. Nothing is resumed in
// silence: a lost connection is told, the person sends again, the server keeps the same document once.
let under = 0;
addEventListener('beforeunload', event => {
  if (!under) return;
  event.preventDefault();
  event.returnValue = '';
});
// before the other script, which would disable the button of a form that leaves the page
document.addEventListener('submit', event => {
  const form = event.target;
  if (!('upload' in form.dataset) || !form.elements.file.files.length) return;
  event.preventDefault();
  if (under) return;
  const line = form.querySelector('[data-progress]'), bar = line.querySelector('progress');
  const words = line.querySelector('span'), button = form.querySelector('button');
  const { sending, checking, cut } = form.dataset, request = new XMLHttpRequest();
  const ended = told => {
    under = 0;
    button.disabled = false;
    bar.hidden = true;
    words.textContent = told;
    line.classList.toggle('late', told !== '');
  };
  under = 1;
  button.disabled = true;
  line.hidden = bar.hidden = false;
  words.textContent = sending;
  request.upload.onprogress = ({ loaded, total }) => {
    const done = bar.value = Math.floor(loaded / total * 100);
    words.textContent = done < 100 ? `${sending} ${done}%` : checking;
  };
  request.onerror = request.ontimeout = request.onabort = () => ended(cut);
  request.onload = () => {
    const page = request.response, main = page && page.querySelector('main');
    ended('');
    // kept, or signed out: the page that says so
    if (request.status < 400 || !main || !form.isConnected) return location.assign(request.responseURL);
    document.title = page.title;
    document.querySelector('main').replaceWith(document.adoptNode(main));
    document.querySelector('.banner[role=alert]')?.focus();
  };
  request.open('POST', form.action);
  request.responseType = 'document';
  request.timeout = 330000;
  request.send(new FormData(form));
}, true);
