// The pages of care: what a file owes, how a child is assessed, planned for, housed, heard and followed up, and
// who else has a part in it. Named by walks.mjs.

import { submit } from './visitor.mjs';

const ROWS = '.case h3 a';

/** The first link of that kind on a page under one of the reader's files. */
async function within(reader, step, link) {
  return reader.first(await reader.search('/cases?filter=mine', ROWS, step, link), link);
}

/** Help to be asked of a provider: proposed here and now, as nobody knows which of the invented ones still waits. */
async function proposed(reader, file) {
  let request;
  await reader.alone(async (page) => {
    await page.goto(`/services/new?case=${file.split('/').pop()}`);
    const kind = page.locator('#kind-school_enrolment');
    await kind.evaluate((input) => { const family = input.closest('details'); if (family) family.open = true; });
    await kind.check({ force: true });
    await page.locator('[name=provider]').selectOption('education_rabat');
    await page.locator('label[for=state-proposed]').click();
    await submit(page, page.locator('form.card'));
    request = new URL(page.url()).pathname;
  });
  return request;
}

/** A mother and a child ticked for what is given to mothers alone. */
async function together(page, form) {
  await page.goto(form);
  await page.locator('[name=for]').first().check({ force: true });
  await page.locator('#kind-literacy').check({ force: true });
  await page.locator('[name=provider]').selectOption({ index: 1 });
  await submit(page, page.locator('form.card'));
}

/** A worker, on the care of one child. */
export async function care(reader) {
  await reader.look('today', '/today');
  await reader.look('away', '/today/away');
  await reader.look('task', await reader.first('/today', 'main a[href^="/tasks/"]'));
  await reader.look('digest', '/account/digest');
  const file = await reader.first('/cases?filter=mine', ROWS);
  for (const page of ['assessments', 'care-plan', 'best-interests', 'rights', 'script', 'duplicates', 'closure', 'shelter', 'family', 'seen', 'identity', 'elsewhere']) {
    await reader.look(`care-${page}`, `${file}/${page}`);
  }
  await reader.look('assessment-form', `${file}/assessments/form`);
  await reader.look('care-plan-form', `${file}/care-plan/form`);
  await reader.look('care-plan-version', await within(reader, 'a[href$="/care-plan"]',
    'main a[href*="/care-plan/"]:not([href$="/form"])'));
  const service = 'main a[href^="/services/"]:not([href*="new"])';
  await reader.look('service', await reader.first(await reader.search('/cases?filter=mine', ROWS, service), service));
  await reader.look('service-request', await proposed(reader, file));
  await reader.look('shelter', '/shelter');
  await reader.look('institution', await reader.first('/shelter', 'main a[href^="/shelter/institutions/"]'));
}

/** A supervisor, who answers for a team, its places and the files that come and go. */
export async function supervision(reader) {
  await reader.look('supervisor-today', '/today');
  await reader.look('team', '/team');
  await reader.look('family-alerts', '/families/alerts');
  await reader.look('similar-files', '/duplicates');
  const mother = await reader.first('/duplicates', 'main th a[href^="/mothers/"]');
  await reader.look('mother-records', mother.replace(/(\/records)?$/, '/records'));
  await reader.look('rhythm', '/visits/rhythm');
  const house = await reader.first('/shelter', 'main table a[href^="/shelter/institutions/"]');
  await reader.look('institution-own', house);
  for (const page of ['keep', 'edit', 'groups/new']) {
    await reader.look(`institution-${page.replace('/', '-')}`, await reader.first(house, `main a[href$="/${page}"]`));
  }
  await reader.look('institution-group', await reader.first(house, 'main table a[href*="/groups/"]'));
  await reader.look('institution-new', await reader.first('/shelter', 'main a[href="/shelter/institutions/new"]'));
  await reader.look('team-person', await reader.first('/team', 'main h2 a[href^="/team/"]'));
  await reader.look('transfers', '/transfers');
  await reader.look('identity-requests', '/identity/requests');
  await reader.look('identity-request', await reader.first('/identity/requests', 'main a[href^="/identity/requests/"]'));
  const transfer = 'main a[href$="/transfer"]';
  await reader.look('transfer-ask', await reader.search('/cases?filter=open', ROWS, transfer, '[name=to_city]'));
  await reader.alone(async (page) => {
    await page.locator('[name=to_city]').selectOption({ index: 1 });
    await page.locator('[name=transfer_why]').fill('انتقلت الأسرة إلى مدينة أخرى');
    await submit(page, page.locator('form[action$="/transfer"]'));
  });
  await reader.look('transfer', await reader.first('/transfers', 'main a[href^="/transfers/"]'));
  await reader.look('shelter-figures', '/shelter/figures');
  // a mother and her children in one act: the form, and what it says beside a tick
  const joint = await reader.search('/mothers?effect=not_prosecuted', ROWS, 'a[href^="/services/new?mother="]', '[name=for]');
  await reader.look('service-joint', joint);
  await reader.act('service-joint-refused', (page) => together(page, joint), { status: 422 });
}

/** Who keeps the places of an institution. */
export async function institution(reader) {
  await reader.look('desk', '/shelter/desk');
  await reader.look('desk-hold', await reader.first('/shelter/desk', 'main a[href^="/shelter/holds/"]'));
  await reader.look('desk-group', await reader.first('/shelter/desk', 'main a[href^="/shelter/groups/"]'));
}

/** A provider, asked for help. */
export async function provider(reader) {
  await reader.look('requests', '/requests');
  await reader.look('request', await reader.first('/requests', 'main a[href^="/requests/"]'));
}
