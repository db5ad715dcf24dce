// Passkeys: what only a script can ask of a browser. Never needed: what belongs to it is hidden until it is here,
// and everything else works without. The answer goes with the form, as any other field.
const read = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const write = (bytes) => bytes && btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

// JSON to what the browser takes, and back. Browsers learn to do it themselves; not all have.
const opened = (options) => {
  options.challenge = read(options.challenge);
  if (options.user) options.user.id = read(options.user.id);
  for (const one of [...options.allowCredentials ?? [], ...options.excludeCredentials ?? []]) one.id = read(one.id);
  return options;
};
const closed = ({ id, rawId, type, response }) => {
  const parts = { clientDataJSON: write(response.clientDataJSON) };
  if (response.attestationObject) {
    parts.attestationObject = write(response.attestationObject);
  } else {
    parts.authenticatorData = write(response.authenticatorData);
    parts.signature = write(response.signature);
    parts.userHandle = write(response.userHandle) || null;
  }
  return JSON.stringify({ id, rawId: write(rawId), type, response: parts, extensions: {} });
};

for (const place of document.querySelectorAll('[data-passkey]')) {
  if (!window.PublicKeyCredential) break;
  const { passkey, origin, failed, known, cut } = place.dataset;
  if (location.origin !== origin) {
    place.nextElementSibling.hidden = false;
    continue;
  }
  const field = place.querySelector('input'), button = place.querySelector('button');
  const told = place.querySelector('[role=status]'), form = field.form;
  for (const other of document.querySelectorAll('[data-no-passkey]')) other.hidden = true;
  for (const other of form.querySelectorAll('[data-with-passkey]')) other.hidden = false;
  place.hidden = false;
  button.addEventListener('click', async () => {
    // the name, where there is one, before the device is asked
    if (form.elements.name?.reportValidity() === false) return;
    told.textContent = '';
    button.disabled = true;
    try {
      const answer = await fetch(passkey, { method: 'POST' });
      // signed out in between, or to confirm first: the page itself leads there
      if (!answer.headers.get('content-type')?.startsWith('application/json')) return location.reload();
      const publicKey = opened((await answer.json()).publicKey);
      const credentials = navigator.credentials;
      field.value = closed(await (publicKey.user ? credentials.create({ publicKey }) : credentials.get({ publicKey })));
      field.disabled = false;
      form.submit();
    } catch (error) {
      button.disabled = false;
      told.textContent = { NotAllowedError: failed, InvalidStateError: known }[error.name] ?? cut;
    }
  });
}
