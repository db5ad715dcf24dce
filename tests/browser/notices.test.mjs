// The judicial side, further: an urgent notice that goes to another court and leads to its file, a decision with several
// offences, and a dossier of more than ten pages. In Arabic on a phone and in French at a desk.
//
//   SANAD_TEST_SHOTS=1 tests/browser/run notices.test.mjs       also takes pictures, into shots/
//   SANAD_TEST_WALKS=all tests/browser/run notices.test.mjs     also in Arabic at a desk and in French on a phone

import { test } from 'node:test';
import { Telling } from './person.mjs';
import { met } from './story-care.mjs';
import { onDuty, sentAtOnce, taken } from './story-justice.mjs';
import { charged, ledToFile, longSummary, manyPages, readAtCourt, sentOn, warned, wordsOf } from './story-notices.mjs';
import { useApp } from './support.mjs';

const app = useApp();

// `otherCourt` as in reference/courts.csv; a window that shows a PDF asks for an icon that is not there
const allow = [/favicon/];
const walks = [
  { lang: 'ar', width: 390, city: 'rabat', other: 'temara', otherCourt: '13', otherName: 'تمارة', allow },
  { lang: 'fr', width: 1280, city: 'tanger', other: 'meknes', otherCourt: '16', otherName: 'Meknès', allow },
];
const others = [
  { lang: 'ar', width: 1280, city: 'marrakech', other: 'agadir', otherCourt: '18', otherName: 'أكادير', allow },
  { lang: 'fr', width: 390, city: 'temara', other: 'marrakech', otherCourt: '17', otherName: 'Marrakech', allow },
];

for (const walk of process.env.SANAD_TEST_WALKS === 'all' ? [...walks, ...others] : walks) {
  const name = `${walk.lang} ${walk.width} px`;
  const words = wordsOf(walk.lang);

  test(`an urgent notice is sent, read, sent on, and leads to its file, ${name}`, async (t) => {
    const telling = new Telling(t, walk);
    await onDuty(telling);
    const story = await met(telling, { words });
    await warned(telling, story);
    await readAtCourt(telling, story);
    await sentOn(telling, story);
    await ledToFile(telling, story);
    telling.end();
  });

  test(`a decision names several offences, and its notice too, ${name}`, async (t) => {
    const telling = new Telling(t, walk);
    const story = await met(telling, { words: { ...words, child: words.otherChild, mother: words.otherMother } });
    await sentAtOnce(telling, story);
    await taken(telling, story);
    await charged(telling, story, app);
    telling.end();
  });

  test(`a dossier of many pages is made, and opens, ${name}`, async (t) => {
    const telling = new Telling(t, walk);
    const summary = longSummary(words);
    const story = await met(telling, { words: { ...words, summary, child: words.thirdChild, mother: words.thirdMother } });
    await sentAtOnce(telling, story);
    await manyPages(telling, story, app);
    telling.end();
  });
}
