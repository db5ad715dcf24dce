// Reports: of the committee over what was published, and of a city over its own figures. Named by walks.mjs.

import { submit } from './visitor.mjs';

const NEW = '/reports/new';

/** Builds one, keeps it, and looks at each of its pages. */
async function kept(reader, name, question) {
  await reader.look(`${name}-reports`, '/reports');
  await reader.look(`${name}-report-new`, NEW);
  await reader.look(`${name}-report-wrong`, `${NEW}?table=children_by_colour&rows=place`, { status: 422 });
  const address = `${NEW}?${question}`;
  await reader.look(`${name}-report-built`, address);
  await reader.refused(`${name}-report-unnamed`, address, 'form[method=post][action="/reports"]');
  const one = await reader.found(async (page) => {
    await page.goto(address);
    await page.locator('#title').fill('مثال مختلق');
    await submit(page, page.locator('form[method=post][action="/reports"]'));
    await page.goto('/reports');
  }, 'main ul.check a[href^="/reports/"]');
  await reader.look(`${name}-report`, one);
  await reader.look(`${name}-report-edit`, `${one}/edit`);
}

/** The committee: months side by side, one place, one table without parts. */
export async function reportsOfCommittee(reader) {
  await kept(reader, 'committee', 'table=children_by_sex&rows=place&columns=part');
  await reader.look('committee-report-months', `${NEW}?table=children&rows=month&columns=place`);
  await reader.look('committee-report-line', `${NEW}?table=children&rows=month`);
  await reader.look('committee-report-place', `${NEW}?table=child_services_by_family&rows=part&spot=country`);
}

/** A city: days of its own. */
export async function reportsOfCity(reader) {
  await kept(reader, 'city', 'table=contacts&rows=month');
  await reader.look('city-report-parts', `${NEW}?table=cases_by_state&rows=part`);
  await reader.look('city-report-before', `${NEW}?table=contacts&rows=month&since=03/12/2019`, { status: 422 });
}
