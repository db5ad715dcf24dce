// Every page of the program, by who reads it: the one list that the page checks (pages.test.mjs, steps.test.mjs)
// and the gallery (`make screens`) go along. Pages are found by following the lists, so that nothing here knows
// an id of the invented data. A page that is missing here fails the last test of pages.test.mjs.

import { nextCode } from './support.mjs';
import { logContact, submit } from './visitor.mjs';
import { care, institution, provider, supervision } from './walks-care.mjs';
import { letters, register } from './walks-plan.mjs';
import { packsOfCommittee } from './walks-packs.mjs';
import { reportsOfCity, reportsOfCommittee } from './walks-reports.mjs';
import { committee, member, team } from './walks-teams.mjs';

const ROWS = '.case h3 a';

/** Who walks, the account if there is one, and the pages. */
export const walks = [
  { who: 'before signing in', pages: stranger },
  { who: 'an account with two posts', as: 'nadia.multi', pages: twoPosts },
  { who: 'somebody who has lost their code', as: undefined, pages: halfway },
  { who: 'the owner of an account', as: 'chief.agadir', pages: owner },
  { who: 'a social worker', as: 'worker.rabat', pages: worker },
  { who: 'a social worker, on the papers of a file', as: 'worker.rabat', pages: papers },
  { who: 'a social worker, on the care of a child', as: 'worker.rabat', pages: care },
  { who: 'a supervisor', as: 'supervisor.rabat', pages: supervisor },
  { who: 'a supervisor, on a team and its places', as: 'supervisor.rabat', pages: supervision },
  { who: 'the manager of an institution', as: 'institution.rabat', pages: institution },
  { who: 'a supervisor, on a protected file', as: 'supervisor.rabat', pages: keeper },
  { who: 'a prosecutor', as: 'prosecutor.sale', pages: prosecutor },
  { who: 'the chief of a court', as: 'chief.rabat', pages: chief },
  { who: 'the steering committee', as: 'steering', pages: steering },
  { who: 'the steering committee, on the register of the plan', as: 'steering', pages: register },
  { who: 'a supervisor, on the register of the plan', as: 'supervisor.rabat', pages: letters },
  { who: 'a supervisor, on a team and its meetings', as: 'supervisor.rabat', pages: team },
  { who: 'the steering committee, on teams and meetings', as: 'steering', pages: committee },
  { who: 'a supervisor, on reports', as: 'supervisor.rabat', pages: reportsOfCity },
  { who: 'the steering committee, on reports', as: 'steering', pages: reportsOfCommittee },
  { who: 'the steering committee, on packs', as: 'steering', pages: packsOfCommittee },
  { who: 'a prosecutor, on the team of the city', as: 'prosecutor.rabat', pages: member },
  { who: 'a focal point', as: 'focal.rabat', pages: provider },
  { who: 'an administrator', as: 'admin', pages: administrator },
  { who: 'the officer for data protection', as: 'dpo', pages: officer },
];

/** Where a second factor is required: an application of its own. */
export const steps = { who: 'the steps of signing in', pages: enrolment };

async function stranger(reader) {
  await reader.look('login', '/login');
  await reader.refused('login-refused', '/login', 'form:has([name=password])');
  await reader.look('code', '/login/code');
  await reader.refused('code-refused', '/login/code', 'form[action="/login/code"]');
  await reader.look('verify', '/verify');
  await reader.refused('verify-refused', '/verify', 'form[action="/verify"]');
  await reader.look('verify-unknown', '/verify/00000000000000000000000000');
  await reader.look('not-found-stranger', '/nowhere', { status: 404 });
}

async function twoPosts(reader) {
  await reader.look('assignment', '/login/assignment');
  await reader.refused('assignment-refused', '/login/assignment', 'form.choice');
}

// The password is right, the code is not there yet.
async function halfway(reader, app) {
  await reader.act('factor', (page) => half(page, app, 'prosecutor.sale'));
  await reader.act('factor-refused', async (page) => {
    await page.locator('[name=code]').fill('000000');
    await submit(page, page.locator('form[action="/login/factor"]').first());
  }, { status: 422 });
}

async function owner(reader) {
  await reader.look('account', '/account');
  await reader.look('passkeys', '/account/passkeys');
  await reader.look('password', '/account/password');
  await reader.refused('password-refused', '/account/password', 'form.card');
  await reader.look('confirm', '/account/confirm?next=/account/second-factor');
  await reader.refused('confirm-refused', '/account/confirm?next=/account/second-factor', 'form.card');
  await reader.look('factor-offer', '/account/second-factor');
  await reader.act('factor-setup', (page) => begin(page, '/account/second-factor'));
  await reader.refused('factor-setup-refused', '/account/second-factor', 'form:has([name=code])');
  // the desk enrols; then both have ten codes drawn anew
  await reader.alone(async (page) => {
    await page.goto('/account/second-factor');
    await page.locator('[name=code]').fill(await nextCode(await page.locator('.secret').innerText()));
    await submit(page, page.locator('form:has([name=code])'));
  });
  await reader.look('factor-on', '/account/second-factor');
  await reader.act('codes', async (page) => {
    await page.goto('/account/second-factor');
    await submit(page, page.locator('form[action$="/codes"]'));
  });
  await reader.look('account-done', '/account?done=password');
}

async function worker(reader) {
  await reader.lists('cases', '/cases', 'case');
  await reader.look('card', await reader.colleaguesCase('supervisor.rabat'));
  await reader.act('card-refused', async (page) => {
    await submit(page, page.locator('form[action$="/open"]'));
  }, { status: 422 });

  const own = await reader.first('/cases?filter=mine', ROWS);
  await reader.refused('note-refused', own, 'form[action$="/notes"]');
  await reader.look('history', `${own}/history`);
  await reader.look('history-visits', `${own}/history?kind=visits`);
  await reader.look('print', `${own}/print`);
  await reader.follow('child', own, 'aside a[href^="/children/"]');
  const child = reader.address;
  await reader.follow('child-edit', child, 'a[href$="/edit"]');
  await reader.act('child-edit-refused', async (page) => {
    await page.locator('label[for=birth-date]').click();
    await page.locator('[name=birth_date]').fill('31/02/2020');
    await submit(page, page.locator('form.card'));
  }, { status: 422 });
  await reader.act('conflict', async (page) => {
    await page.goto(`${child}/edit`);
    // as if a colleague had saved since this page was opened
    await page.locator('form.card').evaluate((form) => {
      form.elements.version.value = '0';
      form.elements.was.value = 'nickname=Momo';
    });
    await page.locator('[name=nickname]').fill('Mimo');
    await submit(page, page.locator('form.card'));
  }, { status: 409 });
  await reader.act('conflict-refused', (page) => submit(page, page.locator('form.card')), { status: 422 });
  await reader.follow('signs', child, 'a[href$="/signs"]');
  await reader.refused('signs-refused', reader.address, 'form.card');
  await reader.follow('relative', child, 'a[href$="/family/new"]');
  await reader.refused('relative-refused', reader.address, 'form.card');
  await reader.follow('service-child', own, 'a[href^="/services/new"]');
  await reader.refused('service-child-refused', reader.address, 'form.card');
  const draft = `${own}/assessments/form`;
  await reader.alone(async (page) => {
    await page.goto(draft);
    await page.locator('[name=summary]').fill('أسرة من ستة أفراد تسكن غرفة واحدة');
    await Promise.all([page.waitForEvent('framenavigated'), page.locator('button[value=draft]').click()]);
  });
  await reader.look('draft-offer', draft);
  await reader.follow('draft-resumed', draft, 'main a[href*="?draft="]');
  await reader.alone(async (page) => {
    await page.goto(draft);
    await submit(page, page.locator('form[action$="/drop"]').first());
  });
  await reader.look('compose', `${own}/prosecution/new`);
  await reader.refused('compose-refused', `${own}/prosecution/new`, 'form.card');

  await reader.lists('contacts', '/contacts');
  await reader.look('contact-new', '/contacts/new');
  await reader.refused('contact-refused', '/contacts/new', 'form.card');
  await reader.act('contact-three-children', async (page) => {
    await page.goto('/contacts/new');
    for (const count of [2, 3]) {
      await page.locator('[name=add_child]').click();
      await page.locator('.rep').nth(count - 1).waitFor();
    }
  });
  await reader.act('contact-receipt', (page) => logContact(page));

  await reader.look('mothers', '/mothers');
  await reader.look('search', '/search');
  const seek = (words) => async (page) => {
    await page.goto('/search');
    await page.locator('#q').fill(words);
    await submit(page, page.locator('main form[role=search]'));
  };
  // a mark of the demonstration's mothers, a name of no one, one letter, too much
  await reader.act('search-found', seek('Khadija'));
  await reader.act('search-number', seek('RAB 001'));
  await reader.act('search-none', seek('Xzqkwv'));
  await reader.act('search-short', seek('م'));
  await reader.act('search-refused', seek('ا'.repeat(201)), { status: 422 });
  await reader.look('worker-dashboard', '/dashboard', { status: 403 });
  await reader.look('worker-figures', '/figures');
  await reader.lists('worker-prosecution', '/prosecution');
  await reader.look('plan', '/plan');
  await reader.look('not-found', '/cases/00000000-0000-7000-8000-000000000000', { status: 404 });
}

async function papers(reader) {
  const documents = await reader.search('/cases?filter=mine', ROWS, 'a[href$="/documents"]',
    '.docs:has(> li:has(.node.brand) a[href$="/view"]) > li:not(:has(.node.brand)) a[href$="/view"]');
  await reader.look('documents', documents);
  await reader.act('documents-custody', async (page) => {
    await page.goto(documents);
    await page.locator('.docs > li summary').first().click();
  });
  await reader.refused('documents-refused', documents, 'form[data-upload]');
  await reader.document('document-picture', await reader.first(documents, '.docs > li:has(.node.brand) a[href$="/view"]'));
  await reader.document('document-pdf', await reader.first(documents, '.docs > li:not(:has(.node.brand)) a[href$="/view"]'));
  await reader.look('documents-none', await reader.search('/cases?filter=mine', ROWS, 'a[href$="/documents"]',
    '#list:not(:has(li))'));

  const clinical = await reader.search('/cases?filter=mine', ROWS, 'a[href$="/clinical"]',
    'form[action*="/address/"]');
  await reader.look('clinical', clinical);
  await reader.act('clinical-revealed', async (page) => {
    await page.goto(clinical);
    await submit(page, page.locator('form[action*="/clinical/"][action$="/reveal"]').first());
  });
  await reader.act('address-revealed', async (page) => {
    await page.goto(clinical);
    await submit(page, page.locator('form[action*="/address/"][action$="/reveal"]'));
  });
  await reader.refused('clinical-refused', clinical, 'form[action$="/clinical"]');
  await reader.look('visits', clinical.replace(/clinical$/, 'visits'));
  await reader.look('clinical-none', await reader.search('/cases?filter=mine', ROWS, 'a[href$="/clinical"]',
    'main:not(:has(.tl))'));
}

async function supervisor(reader) {
  await reader.lists('supervisor-cases', '/cases', 'supervisor-case');
  await reader.look('readers', await reader.search('/cases', ROWS, 'a[href$="/readers"]', 'h1'));
  await reader.lists('supervisor-contacts', '/contacts');
  const waiting = await reader.first('/contacts?state=submitted', ROWS);
  await reader.look('triage', waiting);
  await reader.refused('triage-refused', waiting, 'form[action$="/triage"]');
  await reader.look('contact-triaged', await reader.first('/contacts', '.case:has(.pill.brand) h3 a'));

  await reader.lists('supervisor-mothers', '/mothers', 'mother');
  const mother = await reader.first('/mothers?effect=not_prosecuted', ROWS);
  await reader.follow('service-mother', mother, 'a[href^="/services/new?mother="]');
  await reader.refused('service-mother-refused', reader.address, 'form.card');
  await reader.follow('proof', await reader.search('/cases', ROWS, 'aside a[href^="/children/"]',
    'a[href$="/proof"]'), 'a[href$="/proof"]');

  await reader.lists('supervisor-prosecution', '/prosecution', 'supervisor-referral');
  await reader.look('supervisor-notice', await reader.first('/prosecution', '#notices h3 a'));
  await reader.look('annex', `${await reader.search('/prosecution', '#files h3 a', 'a[href$="/annexes/new"]')}/annexes/new`);
  await reader.refused('annex-refused', reader.address, 'form.card');
  await dashboards(reader, 'supervisor-dashboard');
  await cityFigures(reader, 'supervisor-figures');
  await reader.look('supervisor-plan', '/plan');
}

async function keeper(reader) {
  await reader.look('protection', '/protection');
  await reader.refused('protection-refused', '/protection', 'form[action="/protection/emergency"]');
  await reader.look('emergency-review', await reader.first('/protection', 'main a[href$="/review"]'));
  await reader.refused('emergency-review-refused', reader.address, 'main form[action$="/review"]');
  await reader.look('lift-own', await reader.first('/protection', 'main a[href^="/protection/lifts/"]'));

  const open = await reader.first('/cases?filter=open', '.case:not(:has(use[href$="#lock"])) h3 a');
  await reader.look('file-to-protect', `${open}/protection`);
  await reader.refused('file-to-protect-refused', `${open}/protection`, 'form[action$="/protection"]');
  const file = await reader.search('/cases', '.case:has(use[href$="#lock"]) h3 a', 'main a[href$="/protection"]', '.pill.plum');
  await reader.look('file-protected', file);
  await reader.refused('file-protected-refused', file, 'form[action$="/grants"]');

  await reader.look('notices', '/notices');
}

async function prosecutor(reader) {
  await reader.lists('court-prosecution', '/prosecution', 'court-referral');
  await reader.look('court-notice', await reader.first('/prosecution', '#notices h3 a'));
  await reader.look('court-notes', await reader.search('/prosecution', '#files h3 a', '#notes .quote'));
  const waiting = await reader.search('/prosecution', '#files h3 a', 'form[action$="/decision"] .btn.pri');
  await reader.refused('decision-refused', waiting, 'form[action$="/decision"]:has(.btn.pri)');
  for (const form of ['questions', 'return', 'events']) await folded(reader, `court-${form}-refused`, waiting, form);
  await reader.look('court-roster', '/prosecution/roster');
  await reader.look('court-calendar', '/prosecution/calendar');
  await reader.look('court-notices', '/notices');
  await reader.look('court-cases', '/cases', { status: 403 });
  await reader.look('court-plan', '/plan');
  await reader.look('court-account', '/account');
}

async function chief(reader) {
  await reader.look('court-statistics', '/prosecution/statistics');
  await reader.look('court-statistics-refused', '/prosecution/statistics?from=31/02/2026', { status: 422 });
  await reader.refused('roster-refused', '/prosecution/roster', 'form[action="/prosecution/roster"]');
  await reader.alone(async (page) => {
    await page.goto('/prosecution/roster');
    await page.locator('[name=officer]').selectOption({ index: 1 });
    await submit(page, page.locator('form[action="/prosecution/roster"]'));
  });
  await reader.look('roster', '/prosecution/roster');
  await reader.look('chief-prosecution', '/prosecution');
}

async function steering(reader) {
  await dashboards(reader, 'dashboard');
  await reader.look('steering-plan', '/plan');
  await reader.look('steering-cases', '/cases', { status: 403 });
  await reader.look('steering-root', '/audit/root');
}

async function administrator(reader) {
  await reader.look('admin', '/admin');
  await reader.look('admin-home', '/');
  await reader.look('admin-ended', '/admin?filter=ended');
  const search = async (page, words) => {
    await page.goto('/admin');
    await page.locator('#q').fill(words);
    await submit(page, page.locator('form[action="/admin/search"]'));
  };
  await reader.act('admin-found', (page) => search(page, 'rabat'));
  await reader.act('admin-none', (page) => search(page, 'nobody at all'));
  await reader.look('user-new', '/admin/users/new');
  await reader.refused('user-new-refused', '/admin/users/new', 'form.card');

  const found = (words, row) => reader.found((page) => search(page, words), row);
  const user = await found('worker.rabat', ROWS);
  await reader.look('user', user);
  await reader.act('user-post-refused', async (page) => {
    await page.goto(user);
    await page.locator('main details > summary').click();
    await submit(page, page.locator('form[action$="/posts"]'));
  }, { status: 422 });
  await reader.act('user-code', async (page) => {
    await page.goto(user);
    await submit(page, page.locator('form[action$="/code"]'));
  });
  await reader.look('user-two-posts', await found('nadia.multi', ROWS));
  await reader.look('user-lift', await found('prosecutor.sale', ROWS));
  await reader.look('user-new-comer', await found('amal.new', ROWS));
  await reader.look('user-ended', await reader.first('/admin?filter=ended', ROWS));
  await reader.look('review', '/admin/review');
  await reader.look('admin-dashboard', '/dashboard', { status: 403 });
  await reader.look('jobs', '/jobs');
  await reader.look('admin-root', '/audit/root');
}

async function officer(reader) {
  await reader.look('audit', '/audit');
  await reader.look('audit-refused', '/audit?from=31/02/2026', { status: 422 });
  await reader.look('audit-refusals', '/audit?action=access.refused');
  await reader.look('audit-none', '/audit?object=none');
  await reader.look('audit-file', await reader.first('/audit?action=case.opened', 'td a[href^="/audit/file"]'));
  await reader.look('audit-file-none', '/audit/file?number=none');
  await reader.look('audit-reading', '/audit/reading');
  await reader.look('audit-register', '/audit/register');
  await reader.look('audit-root', '/audit/root');
  await reader.look('audit-root-refused', '/audit/root?day=31/02/2026', { status: 422 });

  await reader.look('officer-protection', '/protection');
  await reader.look('officer-emergency', await reader.first('/protection', 'main a[href$="/review"]'));
  await reader.look('officer-lift', await reader.first('/protection', 'main a[href^="/protection/lifts/"]'));
  await reader.refused('officer-lift-refused', reader.address, 'main form[action^="/protection/lifts/"]');
  await reader.look('officer-notices', '/notices');
  await reader.look('officer-review', '/admin/review');
  await reader.look('officer-review-past', await reader.first('/admin/review', 'main a[href^="/admin/review/"]'));
  await reader.look('officer-user', await reader.first('/admin/review', 'main .notice a[href^="/admin/users/"]'));
}

async function enrolment(reader, app) {
  const accounts = { ar: 'supervisor.rabat', fr: 'supervisor.sale' };
  await reader.act('enrol', (page, { lang }) => half(page, app, accounts[lang]));
  await reader.act('enrol-setup', (page) => begin(page, '/login/enrol'));
  await reader.refused('enrol-refused', '/login/enrol', 'form:has([name=code])');
  await reader.act('enrol-codes', async (page) => {
    await page.locator('[name=code]').fill(await nextCode(await page.locator('.secret').innerText()));
    await submit(page, page.locator('form:has([name=code])'));
  });
}

// The figures of one's own city: this year, another period, nothing, and periods that cannot be.
async function cityFigures(reader, name) {
  await reader.look(name, '/figures');
  await reader.look(`${name}-past`, '/figures?from=01-12-2019&until=31-12-2020', { status: 422 });
  await reader.look(`${name}-none`, '/figures?from=2019-12-04&until=2019-12-31');
  await reader.look(`${name}-wrong`, '/figures?from=31/02/2026', { status: 422 });
  await reader.look(`${name}-indicators`, '/figures/indicators');
  await reader.look(`${name}-indicators-wrong`, '/figures/indicators?from=02/01/2026&until=01/01/2026', { status: 422 });
}

// The published figures, a date before the plan, a city, a date that is none.
async function dashboards(reader, name) {
  await reader.look(name, '/dashboard');
  await reader.look(`${name}-past`, '/dashboard?as_of=2020-12-15');
  await reader.look(`${name}-before`, '/dashboard?as_of=2019-12-31');
  await reader.look(`${name}-city`, '/dashboard?city=rabat');
  await reader.look(`${name}-region`, '/dashboard?region=04');
  await reader.look(`${name}-phase`, '/dashboard?phase=phase_2');
  await reader.look(`${name}-nowhere`, '/dashboard?region=04&city=tanger', { status: 422 });
  await reader.look(`${name}-wrong`, '/dashboard?as_of=2026-99-99', { status: 422 });
}

/** A form of a judicial file that stands folded, sent as it stands. */
async function folded(reader, name, address, act) {
  const form = `form[action$="/${act}"]`;
  await reader.act(name, async (page) => {
    await page.goto(address);
    await page.locator(`details:has(${form}) > summary`).first().click();
    await submit(page, page.locator(form));
  }, { status: 422 });
}

/** The password of a demo account, and no step further. */
async function half(page, app, username) {
  await page.goto('/login');
  await page.locator('#username').fill(username);
  await page.locator('#password').fill(app.accounts.get(username).password);
  await submit(page, page.locator('form[action="/login"]'));
}

/** The first step of a new factor, whose secret is then on the page. */
async function begin(page, address) {
  await page.goto(address);
  await Promise.all([page.waitForEvent('framenavigated'), page.locator('button[name=begin]').click()]);
  await page.waitForLoadState();
}
