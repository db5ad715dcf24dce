// The story of a dossier, as its people live it: composed in the cell, sent, given back and completed, asked about, handed
// to a colleague, sent to another court. Told by justice.test.mjs in two languages and at two widths. What is decided in it
// is told by story-decided.mjs.

import assert from 'node:assert/strict';
import { say } from './person.mjs';

/** Words of the people in it, in the language that they write. */
const WORDS = {
  ar: {
    child: 'لمياء الفيروزية', mother: 'ياقوت الزمردية', otherChild: 'رحمة الكهرمانية', otherMother: 'حليمة الفضية',
    summary: 'رُصدت الطفلة مع والدتها قرب السوق عدة مرات خلال الشهر، ولا مورد للأسرة.',
    missing: 'المرجو بيان وضعية تمدرس الطفلة وموافاتنا بما يثبتها.', annex: 'الطفلة منقطعة عن الدراسة منذ سنتين، وتسجيلها ممكن في المدرسة القريبة.',
    completed: 'أضفنا ملحقا حول التمدرس.', answer: 'الولادة غير مسجلة، والأم تتوفر على شهادة من المستشفى.',
    instructions: 'إيداع الطفلة لدى مؤسسة الرعاية إلى حين البت في الملف.', brings: 'مساعدة اجتماعية قبل المساء',
    heard: 'حضرت المساعدة الاجتماعية الاستماع إلى الطفلة.', override: 'الأم ضحية عنف وتحتاج إلى الدعم من أجل طفلتها.', where: 'الأسرة تقيم في دائرة المحكمة الأخرى.',
  },
  fr: {
    child: 'Lamia Fayrouz', mother: 'Yaqout Zoumourd', otherChild: 'Rahma Kahraman', otherMother: 'Halima Fedia',
    summary: 'Enfant vue avec sa mère près du marché plusieurs fois ce mois-ci, famille sans ressources.',
    missing: 'Merci de préciser la scolarité de l\'enfant et d\'en joindre la preuve.', annex: 'Enfant non scolarisée depuis deux ans, inscription possible à l\'école du quartier.',
    completed: 'Une annexe sur la scolarité est jointe.', answer: 'Naissance non déclarée, la mère a un certificat de l\'hôpital.',
    instructions: 'Placement de l\'enfant jusqu\'à la décision sur le dossier.', brings: 'Assistante sociale, avant le soir',
    heard: 'L\'assistante sociale était présente à l\'audition.', override: 'La mère est victime de violences et a besoin d\'aide pour son enfant.', where: 'La famille vit dans le ressort de l\'autre tribunal.',
  },
};

export const wordsOf = (lang) => WORDS[lang];

/** From the list, by one of its filters, to the judicial file. */
export async function onDesk(who, story, filter) {
  await who.follow('/prosecution');
  await who.press(`a.chip[href="/prosecution?state=${filter}"]`);
  await who.press(`#files h3 a[href="${story.judicial}"]`);
}

/** Whether a notice of that kind, about what that address shows, is on somebody's list. */
export async function isTold(who, key, href) {
  await who.follow('/notices');
  const told = who.$('.tl li').filter({ hasText: say(who.lang, key) }).filter({ has: who.page.locator(`a[href="${href}"]`) });
  await told.first().waitFor({ state: 'visible' });
}

/** To the file of the child, as those are who are told that something was decided. */
export async function byNotice(who, story) {
  await isTold(who, 'notice-child-measure', `${story.file}#judicial`);
  await who.press(`main a[href="${story.file}#judicial"]`);
}

/** The roster: from now on the chief is told of what arrives. */
export async function onDuty(telling) {
  const registrar = await telling.person(`registrar.${telling.city}`);
  const chief = await telling.person(`chief.${telling.city}`);
  await telling.step('The registrar writes down whose turn it is', registrar, async (who) => {
    await who.follow('/prosecution');
    await who.press('main a[href="/prosecution/roster"]');
    await who.press('form[action="/prosecution/roster"] button.pri');
    await who.isRefused(1);
    await who.look('turn refused');
    await who.choose('officer', { label: await chief.name });
    // until midnight: from tomorrow on the chief may have another turn
    await who.write('from_hour', '00:00');
    await who.write('until_hour', '00:00');
    await who.press('form[action="/prosecution/roster"] button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'duty-runs');
    await who.look('on duty');
  });
}

/** The dossier, complete: what `answers` does in its form, then frozen. */
async function composed(who, story, answers = () => {}) {
  await who.answer('basis-begging_offence');
  await who.write('summary', story.words.summary);
  await answers();
  await who.press('form.card .actbar button.pri');
  await who.isNotRefused();
  assert.match(who.path, /^\/prosecution\/[0-9a-f-]{36}$/);
  story.judicial = who.path;
}

async function registered(telling, story) {
  const worker = await telling.person(`worker.${telling.city}`);
  await telling.step('The file is registered', worker, async (who) => {
    await who.follow('/today');
    await who.follow(story.file);
    await who.press('button[name=move][value=register]');
    await who.reads('.pill', 'state-registered');
  });
  return worker;
}

/** A dossier without what its legal basis asks for is not sent; completed, it is. */
export async function sent(telling, story) {
  const worker = await registered(telling, story);
  const supervisor = await telling.person(`supervisor.${telling.city}`);
  await telling.step('A dossier is composed without the facts', worker, async (who) => {
    await who.press(`#judicial a[href="${story.file}/prosecution/new"]`);
    await composed(who, story, async () => {
      await who.tap('label[for="include-contact"]');
      assert.equal(await who.$('#include-contact').isChecked(), false);
    });
    await who.reads('#complete', 'judicial-lack-contact');
    await who.look('dossier incomplete');
  });
  const incomplete = story.judicial;
  await telling.step('The supervisor cannot send it', supervisor, async (who) => {
    await onDesk(who, story, 'draft');
    await who.press('form[action$="/transmit"] button');
    const lacks = await who.$('[role=alert] li').allInnerTexts();
    assert.equal(lacks.length, 1, lacks.join('\n'));
    await who.reads('[role=alert] li', 'judicial-lack-contact');
    await who.reads('.pill', 'judicial-state-draft');
    await who.look('dossier not sent');
  });
  await telling.step('The worker completes it', worker, async (who) => {
    await who.press(`#complete a[href="${story.file}/prosecution/new"]`);
    await composed(who, story);
    assert.notEqual(story.judicial, incomplete);
    assert.equal(await who.$('#complete .k.a').count(), 0, await who.$('#complete').innerText());
    await who.reads('.note', 'judicial-waits-for-supervisor');
    assert.equal(await who.$('form[action$="/transmit"]').count(), 0, 'a worker sends nothing');
  });
  await transmitted(telling, story, supervisor);
}

/** A complete dossier, sent at once; with further `answers` in its form, if it is so told. */
export async function sentAtOnce(telling, story, answers = () => {}) {
  const worker = await registered(telling, story);
  await telling.step('A dossier is composed', worker, async (who) => {
    await who.press(`#judicial a[href="${story.file}/prosecution/new"]`);
    await composed(who, story, () => answers(who));
  });
  await transmitted(telling, story, await telling.person(`supervisor.${telling.city}`));
}

async function transmitted(telling, story, supervisor) {
  const prosecutor = await telling.person(`prosecutor.${telling.city}`);
  assert.equal((await prosecutor.page.goto(story.judicial)).status(), 404, 'a draft is the cell\'s');
  await prosecutor.page.goto('/prosecution');
  await telling.step('The supervisor sends the dossier', supervisor, async (who) => {
    await onDesk(who, story, 'draft');
    await who.press('form[action$="/transmit"] button');
    await who.isNotRefused();
    await who.reads('.pill', 'judicial-state-transmitted');
    await who.look('dossier sent');
  });
}

/** It arrives: who is on duty is told, and a prosecutor takes it in hand. */
export async function taken(telling, story, { duty = false } = {}) {
  const prosecutor = await telling.person(`prosecutor.${telling.city}`);
  const chief = await telling.person(`chief.${telling.city}`);
  if (duty) {
    await telling.step('Who is on duty is told', chief, (who) => isTold(who, 'notice-judicial-arrived', story.judicial));
  }
  await telling.step('The prosecutor finds it in the inbox, and takes it in hand', prosecutor, async (who) => {
    await who.follow('/prosecution');
    if (duty) await who.$('#duty b').filter({ hasText: await chief.name }).first().waitFor({ state: 'visible' });
    await onDesk(who, story, 'transmitted');
    await who.$('#extract').getByText(story.words.summary).waitFor();
    await who.look('dossier at the court');
    await who.press('form[action$="/take"] button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'judicial-state-under-study');
    await who.reads('#custody', 'judicial-path-mine');
  });
  const worker = await telling.person(`worker.${telling.city}`);
  await telling.step('The cell learns that it was received', worker, (who) =>
    isTold(who, 'notice-judicial-received', `${story.file}#judicial`));
}

/** Given back with words; an annex answers them, and the dossier is at the court again. */
export async function returned(telling, story) {
  const { words } = story;
  const worker = await telling.person(`worker.${telling.city}`);
  const supervisor = await telling.person(`supervisor.${telling.city}`);
  const prosecutor = await telling.person(`prosecutor.${telling.city}`);
  await telling.step('The prosecutor gives it back, and says what is missing', prosecutor, async (who) => {
    await onDesk(who, story, 'mine');
    await who.press('form[action$="/return"] button');
    await who.isRefused(1);
    await who.look('return without words');
    await who.write('return_words', words.missing);
    await who.press('form[action$="/return"] button');
    await who.isNotRefused();
    await who.reads('.pill', 'judicial-state-returned');
    await who.look('dossier given back');
  });
  await telling.step('The worker reads the words, and adds an annex', worker, async (who) => {
    await who.follow('/today');
    await who.press(`.tasks a[href="${story.judicial}"]`);
    await who.$('#custody .banner .quote').filter({ hasText: words.missing }).waitFor();
    await who.look('dossier to complete');
    await who.press('#annexes a[href$="/annexes/new"]');
    await who.press('form.card .actbar button.pri');
    await who.isRefused(1);
    await who.look('annex refused');
    await who.write('annex_words', words.annex);
    await who.press('form.card .actbar button.pri');
    await who.isNotRefused();
    await who.reads('#annexes .pill', 'judicial-annex-waits');
    await who.look('annex waits');
  });
  await telling.step('The supervisor sends the annex, and completes the dossier', supervisor, async (who) => {
    await onDesk(who, story, 'returned');
    await who.$('#custody .banner .quote').filter({ hasText: words.missing }).waitFor();
    await who.press('#annexes form[action$="/send"] button');
    await who.isNotRefused();
    await who.reads('#annexes .pill', 'judicial-annex-sent');
    await who.write('complete_words', words.completed);
    await who.press('form[action$="/complete"] button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'judicial-state-transmitted');
  });
  await telling.step('The court reads the annex', prosecutor, async (who) => {
    await isTold(who, 'notice-judicial-completed', story.judicial);
    await who.press(`main a[href="${story.judicial}"]`);
    await who.$('#annex-1').getByText(words.annex).waitFor({ state: 'visible' });
    await who.$('#custody .quote').filter({ hasText: words.completed }).first().waitFor({ state: 'visible' });
    await who.look('dossier completed');
    await who.press('form[action$="/take"] button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'judicial-state-under-study');
  });
}

/** A question, its answer, and that nothing more is asked: one thread. */
export async function asked(telling, story) {
  const { words } = story;
  const worker = await telling.person(`worker.${telling.city}`);
  const prosecutor = await telling.person(`prosecutor.${telling.city}`);
  await telling.step('The prosecutor asks a question, in the words that are proposed', prosecutor, async (who) => {
    await who.choose('ask-question_kind', 'birth_certificate');
    await who.press('form[action$="/questions"] button');
    await who.isRefused(1);
    story.question = await who.$('[id="ask-question_text"]').inputValue();
    assert.ok(story.question.length > 20, 'no sentence to begin with');
    await who.look('question proposed');
    await who.press('form[action$="/questions"] button');
    await who.isNotRefused();
    await who.reads('#q1 .pill', 'judicial-question-waiting');
    await who.look('question asked');
  });
  await telling.step('The worker answers', worker, async (who) => {
    await who.follow('/today');
    await who.press(`.tasks a[href="${story.judicial}"]`);
    await who.$('#q1 .quote').filter({ hasText: story.question }).waitFor();
    await who.look('question to answer');
    await who.write('q1-answer_text', words.answer);
    await who.press('form[action$="/answers"] button');
    await who.isNotRefused();
    await who.reads('#q1 summary', 'judicial-question-answered');
    await who.look('question answered');
  });
  await telling.step('The prosecutor reads the answer, and needs no more', prosecutor, async (who) => {
    await isTold(who, 'notice-judicial-answered', story.judicial);
    await who.press(`main a[href="${story.judicial}"]`);
    await who.tap('#q1 > details > summary');
    await who.$('#q1 .quote').filter({ hasText: words.answer }).waitFor({ state: 'visible' });
    await who.look('answer read');
    await who.press('#q1 form[action$="/close"] button');
    await who.isNotRefused();
    await who.reads('#q1 summary', 'judicial-question-closed');
  });
}

/** What one prosecutor has in hand goes to another, who is told. */
export async function handedOver(telling, story) {
  const prosecutor = await telling.person(`prosecutor.${telling.city}`);
  const chief = await telling.person(`chief.${telling.city}`);
  await telling.step('The prosecutor hands it over to the chief', prosecutor, async (who) => {
    await who.choose('heir', { label: await chief.name });
    await who.press('form[action$="/hand-over"] button');
    await who.isNotRefused();
    await who.$('#custody b').filter({ hasText: await chief.name }).first().waitFor({ state: 'visible' });
    await who.look('dossier handed over');
  });
  await telling.step('The chief is told, and has it in hand', chief, async (who) => {
    await isTold(who, 'notice-judicial-handed', story.judicial);
    await who.press(`main a[href="${story.judicial}"]`);
    await who.reads('#custody', 'judicial-path-mine');
  });
}

/** It came to the wrong court: sent on with a reason, it is the other court's alone. */
export async function rerouted(telling, story) {
  const prosecutor = await telling.person(`prosecutor.${telling.city}`);
  const chief = await telling.person(`chief.${telling.city}`);
  const other = await telling.person(`prosecutor.${telling.other}`);
  const worker = await telling.person(`worker.${telling.city}`);
  assert.equal((await other.page.goto(story.judicial)).status(), 404, 'what lies at one court is not read at another');
  await other.page.goto('/prosecution');
  await telling.step('The chief sends it to the court that has competence', chief, async (who) => {
    await who.choose('to_court', telling.otherCourt);
    await who.press('form[action$="/reroute"] button');
    await who.isRefused(1);
    await who.look('another court without a reason');
    await who.choose('to_court_reason', 'family_residence');
    await who.write('reroute_words', story.words.where);
    await who.press('form[action$="/reroute"] button');
    await who.isNotRefused();
    assert.equal(who.path, '/prosecution');
    assert.equal(await who.$(`main a[href="${story.judicial}"]`).count(), 0);
  });
  for (const one of [prosecutor, chief]) {
    assert.equal((await one.page.goto(story.judicial)).status(), 404, 'the court that sent it away reads it no more');
  }
  await telling.step('The other court finds it in its inbox, and from where it came', other, async (who) => {
    await onDesk(who, story, 'transmitted');
    await who.reads('#custody .note', 'judicial-path-came-from');
    await who.$('#custody .quote').filter({ hasText: story.words.where }).first().waitFor({ state: 'visible' });
    await who.look('dossier from another court');
    await who.press('form[action$="/take"] button.pri');
    await who.isNotRefused();
  });
  await telling.step('The cell learns at which court it is', worker, async (who) => {
    await isTold(who, 'notice-judicial-rerouted', `${story.file}#judicial`);
    await who.press(`main a[href="${story.file}#judicial"]`);
    await who.$('#judicial').filter({ hasText: telling.otherName }).waitFor({ state: 'visible' });
  });
}
