// The judicial side, whole: a dossier from what it lacks to the decisions and what they open, and a dossier that came to
// the wrong court. In Arabic on a phone and in French at a desk.
//
//   SANAD_TEST_SHOTS=1 tests/browser/run justice.test.mjs       also takes pictures, into shots/
//   SANAD_TEST_WALKS=all tests/browser/run justice.test.mjs     also in Arabic at a desk and in French on a phone

import { test } from 'node:test';
import { Telling } from './person.mjs';
import { met } from './story-care.mjs';
import { corrected, decided, heard, opened, placed, printed } from './story-decided.mjs';
import { asked, handedOver, onDuty, rerouted, returned, sent, sentAtOnce, taken, wordsOf } from './story-justice.mjs';
import { useApp } from './support.mjs';

const app = useApp();

// `otherCourt` as in reference/courts.csv
const walks = [
  { lang: 'ar', width: 390, city: 'rabat', other: 'temara', otherCourt: '13', otherName: 'تمارة' },
  { lang: 'fr', width: 1280, city: 'tanger', other: 'meknes', otherCourt: '16', otherName: 'Meknès' },
];
const others = [
  { lang: 'ar', width: 1280, city: 'marrakech', other: 'agadir', otherCourt: '18', otherName: 'أكادير' },
  { lang: 'fr', width: 390, city: 'temara', other: 'marrakech', otherCourt: '17', otherName: 'Marrakech' },
];

for (const walk of process.env.SANAD_TEST_WALKS === 'all' ? [...walks, ...others] : walks) {
  const name = `${walk.lang} ${walk.width} px`;
  const words = wordsOf(walk.lang);

  test(`a dossier is completed, sent, given back, asked about and decided, ${name}`, async (t) => {
    const telling = new Telling(t, walk);
    await onDuty(telling);
    const story = await met(telling, { words });
    await sent(telling, story);
    await taken(telling, story, { duty: true });
    await returned(telling, story);
    await asked(telling, story);
    await decided(telling, story);
    await placed(telling, story);
    await opened(telling, story);
    await corrected(telling, story);
    await heard(telling, story);
    telling.end();
  });

  test(`a dossier goes to a colleague, and to the court that has competence, ${name}`, async (t) => {
    const telling = new Telling(t, walk);
    const story = await met(telling, { words: { ...words, child: words.otherChild, mother: words.otherMother } });
    await sentAtOnce(telling, story);
    await taken(telling, story);
    await handedOver(telling, story);
    await rerouted(telling, story);
    telling.end();
  });

  test(`a paper is printed, and a wrong code is unknown, ${name}`, (t) => printed(t, app, walk));
}
