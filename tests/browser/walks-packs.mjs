// Packs of the committee: asked for, and looked at while they are made. Named by walks.mjs; the files themselves are opened
// in tests/all/packs.

import { submit } from './visitor.mjs';

const PACKS = '/packs';
const FORM = 'form[method=post][action="/packs"]';

/** The committee asks for the pack of the month that was told last. */
export async function packsOfCommittee(reader) {
  await reader.look('packs', PACKS);
  await reader.act('packs-refused', async (page) => {
    await page.goto(PACKS);
    await page.locator('#pack_from').selectOption('');
    await submit(page, page.locator(FORM));
  }, { status: 422 });
  const pack = await reader.found(async (page) => {
    await page.goto(PACKS);
    await submit(page, page.locator(FORM));
    await page.goto(PACKS);
  }, 'main table a[href^="/packs/"]');
  await reader.look('pack', `${pack}?by_hand=1`);
}
