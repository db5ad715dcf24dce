// The register of the plan: as the committee keeps it, and as a supervisor reads it and adds to it. Named by walks.mjs.

import { submit } from './visitor.mjs';

// the city that the demonstration prepares (src/demo/register.rs)
const CITY = '/plan/cities/fes';

/** A form that stands folded, sent as it stands. */
export async function folded(reader, name, address, act) {
  const form = `form[action$="/${act}"]`;
  await reader.act(name, async (page) => {
    await page.goto(address);
    await page.locator(`details:has(${form}) > summary`).click();
    await submit(page, page.locator(form));
  }, { status: 422 });
}

/** The committee. First the move, which asks for a factor of the last minutes. */
export async function register(reader) {
  await reader.look('plan-city-move', `${CITY}/move`);
  await reader.refused('plan-city-move-refused', `${CITY}/move`, 'form.card');
  await reader.look('plan-cities', '/plan/cities');
  await reader.look('plan-cities-preparing', '/plan/cities?status=preparing');
  await reader.look('plan-cities-wrong', '/plan/cities?status=none', { status: 422 });
  await reader.look('plan-city', CITY);
  await reader.look('plan-city-of-the-pilot', '/plan/cities/rabat');
  await reader.look('plan-city-proposed', '/plan/cities/oujda-angad');
  for (const [name, address] of [
    ['city-new', '/plan/cities/new'],
    ['phase-new', '/plan/phases/new'],
    ['step', `${CITY}/steps/focal_points`],
    ['readiness', `${CITY}/readiness/training`],
    ['letter-new', '/plan/letters/new?city=fes'],
    ['decision-new', '/plan/decisions/new?city=fes'],
    ['partner-new', '/plan/partners/new'],
  ]) {
    await reader.look(`plan-${name}`, address);
    await reader.refused(`plan-${name}-refused`, address, 'form.card');
  }
  await reader.look('plan-letters', '/plan/letters');
  await reader.look('plan-letters-city', '/plan/letters?city=fes&party=authority');
  await reader.look('plan-letters-none', '/plan/letters?city=agadir');
  await reader.look('plan-letters-wrong', '/plan/letters?since=31/02/2026', { status: 422 });
  const letter = await reader.first('/plan/letters?city=fes', '.case h3 a');
  await reader.look('plan-letter', letter);
  await folded(reader, 'plan-letter-strike-refused', letter, 'strike');
  await reader.look('plan-letter-answer', await reader.first(letter, 'main a[href*="?answers="]'));
  await reader.look('plan-decisions', '/plan/decisions');
  await reader.look('plan-decisions-city', '/plan/decisions?city=fes');
  await reader.look('plan-decisions-wrong', '/plan/decisions?city=none', { status: 422 });
  await reader.look('plan-partners', '/plan/partners');
  await reader.look('plan-partners-past', '/plan/partners?on=01/01/2021');
  await reader.look('plan-partners-wrong', '/plan/partners?on=31/02/2026', { status: 422 });
  const partner = await reader.first('/plan/partners', 'main th a');
  await reader.look('plan-partner', partner);
  await folded(reader, 'plan-partner-name-refused', partner, 'name');
  await folded(reader, 'plan-partner-end-refused', partner, 'end');
}

/** A supervisor: every city is read, the own one is added to. */
export async function letters(reader) {
  await reader.look('supervisor-plan-city', '/plan/cities/rabat');
  await reader.look('supervisor-plan-city-other', CITY);
  await reader.look('supervisor-plan-letters', '/plan/letters');
  await reader.look('supervisor-plan-letter', await reader.first('/plan/letters', '.case h3 a'));
  await reader.look('supervisor-plan-letter-new', '/plan/letters/new');
  await reader.refused('supervisor-plan-letter-refused', '/plan/letters/new', 'form.card');
  await reader.look('supervisor-plan-step', '/plan/cities/rabat/steps/team');
  await reader.refused('supervisor-plan-step-refused', '/plan/cities/rabat/steps/team', 'form.card');
}
