// The field team of a city and its meetings: as its supervisor keeps them, and as the committee and a court read them.
// Named by walks.mjs.

import { submit } from './visitor.mjs';
import { folded } from './walks-plan.mjs';

const TEAM = '/plan/cities/rabat/team';
const MEMBER = 'main dl a[href^="/plan/designations/"]';
const LIST = '/plan/meetings';
const ONE = 'main th a[href^="/plan/meetings/"]';

/** A supervisor, who keeps both. */
export async function team(reader) {
  await reader.look('city-team', TEAM);
  await reader.look('city-team-seat-new', `${TEAM}/new`);
  await reader.refused('city-team-seat-refused', `${TEAM}/new`, 'form.card');
  const seat = await reader.first(TEAM, 'main a[href$="/designate"]');
  await reader.look('designate', seat);
  await reader.refused('designate-refused', seat, 'form.card');
  const one = await reader.first(TEAM, MEMBER);
  await reader.look('designation', one);
  await reader.act('designation-end-refused', async (page) => {
    await page.goto(one);
    await page.locator('#until').fill('31/12/2018');
    await submit(page, page.locator('form[action$="/end"]'));
  }, { status: 422 });
  await reader.refused('designation-letter-refused', one, 'form[action$="/letter"]');
  await reader.act('designation-member-refused', async (page) => {
    await page.goto(one);
    const form = 'form[action$="/member"]';
    await page.locator(`details:has(${form}) > summary`).click();
    await page.locator('#function').fill('');
    await submit(page, page.locator(form));
  }, { status: 422 });

  await reader.lists('meetings', LIST);
  await reader.look('meetings-calendar', `${LIST}/calendar`);
  await reader.look('meetings-calendar-empty', `${LIST}/calendar?month=2021-05`);
  await reader.look('meeting-new', `${LIST}/new`);
  await reader.refused('meeting-new-refused', `${LIST}/new`, 'form.card');
  // the team's own: the committee's next one is read, and not theirs to change
  const planned = await reader.first(`${LIST}?state=planned&kind=periodic`, ONE);
  await reader.look('meeting-planned', planned);
  await folded(reader, 'meeting-cancel-refused', planned, 'cancel');
  await reader.act('meeting-edit-refused', async (page) => {
    await page.goto(planned);
    const form = 'form[action$="/edit"]';
    await page.locator(`details:has(${form}) > summary`).click();
    await page.locator('#day').fill('03/12/2019');
    await submit(page, page.locator(form));
  }, { status: 422 });
  const held = await reader.first(`${LIST}?state=held&kind=periodic`, ONE);
  await reader.look('meeting-held', held);
  await folded(reader, 'meeting-point-refused', held, 'points');
  await reader.refused('meeting-minutes-refused', held, 'form[action$="/minutes"]');
  await reader.look('meeting-cancelled', await reader.first(`${LIST}?state=cancelled`, ONE));
}

/** The committee: every city's to read, its own to keep. */
export async function committee(reader) {
  await reader.look('committee-team', TEAM);
  await reader.look('committee-designation', await reader.first(TEAM, MEMBER));
  await reader.look('committee-meetings', LIST);
  await reader.look('committee-meetings-first', `${LIST}?kind=first`);
  await reader.look('committee-calendar', `${LIST}/calendar?month=2021-05`);
  await reader.look('committee-meeting-new', `${LIST}/new`);
  await reader.refused('committee-meeting-refused', `${LIST}/new`, 'form.card');
  await reader.look('committee-meeting', await reader.first(`${LIST}?kind=steering&state=held`, ONE));
  await reader.look('committee-meeting-of-team', await reader.first(`${LIST}?kind=periodic&state=held`, ONE));
}

/** A member of the team at the court. */
export async function member(reader) {
  await reader.look('member-team', TEAM);
  const one = await reader.first(TEAM, MEMBER);
  await reader.look('member-designation', one);
  await reader.document('member-letter', await reader.first(one, '#letter a[href^="/plan/papers/"]'));
  await reader.look('member-meetings', LIST);
  await reader.look('member-meeting', await reader.first(`${LIST}?state=held`, ONE));
}
