// The story of a file, whole: from the street to the check after the closing; with a refusal and a returned plan; and
// to another city. In Arabic on a phone and in French at a desk; what each step costs in presses is in
// docs/journeys.md, which this file compares.
//
//   UPDATE_DOCS=1 tests/browser/run care.test.mjs            writes docs/journeys.md anew
//   SANAD_TEST_SHOTS=1 tests/browser/run care.test.mjs       also takes pictures, into shots/
//   SANAD_TEST_WALKS=all tests/browser/run care.test.mjs     also in Arabic at a desk and in French on a phone

import { test } from 'node:test';
import { closedEarlier } from './database.mjs';
import { compare } from './journeys.mjs';
import { Telling } from './person.mjs';
import { assessed, met, planned } from './story-care.mjs';
import { checked, closed, sheltered, transferred, visited } from './story-end.mjs';
import { helped, motherHelped, refusedAndReplaced } from './story-help.mjs';
import { useApp } from './support.mjs';

const app = useApp();

const walks = [
  { lang: 'ar', width: 390, city: 'rabat', other: 'sale', otherName: 'سلا' },
  { lang: 'fr', width: 1280, city: 'tanger', other: 'meknes', otherName: 'Meknès' },
];
const others = [
  { lang: 'ar', width: 1280, city: 'marrakech', other: 'agadir', otherName: 'أكادير' },
  { lang: 'fr', width: 390, city: 'temara', other: 'marrakech', otherName: 'Marrakech' },
];
const told = [];

for (const walk of process.env.SANAD_TEST_WALKS === 'all' ? [...walks, ...others] : walks) {
  const name = `${walk.lang} ${walk.width} px`;

  test(`from the street to the check after the closing, ${name}`, async (t) => {
    const telling = new Telling(t, walk);
    const story = await met(telling);
    await assessed(telling, story);
    await planned(telling, story);
    await helped(telling, story);
    await motherHelped(telling, story);
    await sheltered(telling, story);
    await visited(telling, story);
    await closed(telling, story);
    if (app.dataDir) {
      await closedEarlier(app, story.file, 3);
      await checked(telling, story);
    }
    telling.end();
    told.push({ walk, chapter: 'From the street to the check after the closing', steps: telling.steps });
  });

  test(`what is refused or returned finds another way, and the file another city, ${name}`, async (t) => {
    const telling = new Telling(t, walk);
    const story = await met(telling);
    await assessed(telling, story);
    await planned(telling, story, { returned: true });
    await refusedAndReplaced(telling, story);
    await transferred(telling, story);
    telling.end();
    told.push({ walk, chapter: 'A returned plan, a refusing provider, another city', steps: telling.steps });
  });
}

test('docs/journeys.md says what each step costs', { skip: process.env.SANAD_TEST_URL !== undefined }, async () => {
  await compare(told.filter(({ walk }) => walks.includes(walk)));
});
