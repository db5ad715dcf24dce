// The story of a file, as its people live it: told by care.test.mjs in two languages and at two widths. Each step is
// somebody's, begins where they are, and leaves what it made in `story`.

import assert from 'node:assert/strict';
import { day } from './person.mjs';

/** Words of the people in it, in the language that they write. */
const WORDS = {
  ar: {
    child: 'هند المرجانية', mother: 'زهور القرنفلية', note: 'وجدت قرب المحطة، وتتابع دراستها متقطعة.',
    goal: 'العودة إلى القسم قبل نهاية الشهر', what: 'مرافقة الأم إلى المدرسة للتسجيل', by: 'المساعد الاجتماعي',
    success: 'حضور منتظم لمدة أربعة أسابيع', comments: 'أضيفوا أجلا أقرب ومن يرافق الطفلة.', ask: 'المرجو تسجيل الطفلة في أقرب مدرسة.',
    report: 'سُجلت الطفلة وسُلمت لها اللوازم.', brings: 'مساعدة اجتماعية حوالي السابعة مساء', found: 'الطفلة في بيت خالتها وتذهب إلى المدرسة.',
    view: 'أريد أن أبقى مع خالتي وأن أكمل دراستي.', entry: 'كانت تتسول مع والدتها كل يوم.', done: 'إيواء، تسجيل مدرسي، دعم للأم.',
    now: 'تعيش مع والدتها عند الخالة وتتابع دراستها.', why: 'تحققت أهداف الخطة والوضع مستقر.', after: 'الوضع مستقر، والحضور المدرسي منتظم.',
    move: 'انتقلت الأسرة للعيش عند الأقارب.', refused: 'العنوان الجديد غير مؤكد.', again: 'أكدت الخالة العنوان الجديد.',
  },
  fr: {
    child: 'Hind Morjana', mother: 'Zhor Qaranfil', note: 'Trouvée près de la gare, scolarité interrompue.',
    goal: 'Retour en classe avant la fin du mois', what: 'Accompagner la mère à l\'école pour l\'inscription', by: 'Assistante sociale',
    success: 'Présence régulière pendant quatre semaines', comments: 'Ajoutez une échéance plus proche et qui accompagne l\'enfant.', ask: 'Merci d\'inscrire l\'enfant dans l\'école la plus proche.',
    report: 'Enfant inscrite, fournitures remises.', brings: 'Assistante sociale, vers 19 h', found: 'Chez sa tante, va à l\'école.',
    view: 'Je veux rester chez ma tante et continuer l\'école.', entry: 'Mendiait chaque jour avec sa mère.', done: 'Hébergement, école, soutien à la mère.',
    now: 'Vit avec sa mère chez la tante, scolarisée.', why: 'Objectifs du plan atteints, situation stable.', after: 'Situation stable, présence régulière.',
    move: 'La famille est partie vivre chez des proches.', refused: 'La nouvelle adresse n\'est pas confirmée.', again: 'La tante a confirmé la nouvelle adresse.',
  },
};

export const wordsOf = (lang) => WORDS[lang];

/** Met in the street, and received by the cell: a file, for a worker. */
export async function met(telling, story = { words: WORDS[telling.lang] }) {
  const { words } = story;
  const worker = await telling.person(`worker.${telling.city}`);
  const supervisor = await telling.person(`supervisor.${telling.city}`);
  await telling.step('A child is met: the contact is logged', worker, async (who) => {
    await who.follow('/contacts/new');
    if (await who.$('#spot-other').count()) await who.answer('spot-other');
    await who.choose('place', { index: 1 });
    await who.choose('place_kind', 'market');
    await who.answer('child-0-sex-F');
    await who.answer('child-0-age-plan_6_13');
    await who.write('child-0-name', words.child);
    await who.answer('adult-mother');
    await who.write('adult_name', words.mother);
    await who.choose('circumstance', 'with_mother');
    await who.answer('action-awareness');
    await who.press('.actbar button.pri');
    await who.isNotRefused();
    story.contact = who.path;
  });
  await telling.step('The supervisor opens a file and gives it to a worker', supervisor, async (who) => {
    await who.follow('/today');
    await who.follow(story.contact);
    await who.press('form[action$="/triage"] .actbar button');
    assert.ok((await who.$('[role=alert] li').count()) >= 1);
    await who.look('triage refused');
    await who.answer('outcome-0-new_case');
    await who.choose('lead-0', { label: await worker.name });
    await who.choose('risk-0', 'medium');
    await who.press('form[action$="/triage"] .actbar button');
    await who.isNotRefused();
    story.file = await who.$('main a[href^="/cases/"]').first().getAttribute('href');
  });
  return story;
}

/** What is needed before anything is decided: a basis for sharing, no file twice, the eight domains. */
export async function assessed(telling, story) {
  const worker = await telling.person(`worker.${telling.city}`);
  await telling.step('The file is registered', worker, async (who) => {
    await who.follow('/today');
    await who.follow(story.file);
    await who.press('button[name=move][value=register]');
    await who.reads('.pill', 'state-registered');
  });
  await telling.step('The basis for sharing is written, and nobody has two files', worker, async (who) => {
    await who.press(`main a[href="${story.file}/rights"]`);
    await who.choose('purpose', 'sharing');
    await who.choose('basis', 'legal_mission');
    await who.choose('given_by', 'nobody');
    await who.write('given_on', day());
    await who.press('form[action$="/rights/consents"] button.pri');
    await who.isNotRefused();
    await back(who, story);
    await who.press(`main a[href="${story.file}/duplicates"]`);
    // how many look alike is the invented data's
    await who.uncounted(async () => {
      const others = await who.$('fieldset.q input[value=not_same]').evaluateAll((all) => all.map((one) => one.id));
      for (const other of others) await who.answer(other);
    });
    await who.press('button[name=done]');
    await who.isNotRefused();
  });
  await telling.step('The assessment: eight domains', worker, async (who) => {
    await back(who, story);
    await who.press('button[name=move][value=assess]');
    await who.press(`main a[href="${story.file}/assessments"]`);
    await who.press(`a.btn[href="${story.file}/assessments/form"]`);
    await who.press('button[value=complete]');
    assert.ok((await who.$('[role=alert] li').count()) >= 8);
    await who.look('assessment refused');
    const scores = await who.$('fieldset.q .opts.sml').evaluateAll((rows) => rows.map((row) => row.id));
    assert.equal(scores.length, 8);
    for (const [n, score] of scores.entries()) await who.answer(`${score}-${n % 3 === 0 ? 3 : 2}`);
    await who.write('summary', story.words.note);
    await who.press('button[value=complete]');
    await who.isNotRefused();
    await who.look('assessed');
  });
}

/** The plan: drawn up by the worker, approved by the supervisor; `returned` first, if it is so told. */
export async function planned(telling, story, { returned = false } = {}) {
  const { words } = story;
  const worker = await telling.person(`worker.${telling.city}`);
  await telling.step('The plan is drawn up and submitted', worker, async (who) => {
    await back(who, story);
    await who.press('button[name=move][value=draw_up_plan]');
    await who.press(`main a[href="${story.file}/care-plan"]`);
    await who.press(`a.btn.pri[href="${story.file}/care-plan/form"]`);
    await who.choose('goal-0-domain', 'education');
    await who.write('goal-0-text', words.goal);
    await who.write('goal-0-a0-what', words.what);
    await who.write('goal-0-a0-responsible', words.by);
    await who.write('goal-0-a0-due', day(14));
    await who.write('goal-0-a0-success', words.success);
    await who.press('button[name=act][value=submit]');
    await who.isNotRefused();
    await who.reads('.notice', 'care-plan-waits');
    await who.look('plan submitted');
  });
  if (returned) {
    await answerPlan(telling, story, 'The supervisor returns the plan with comments', 'return');
    await telling.step('The worker corrects the plan and submits it again', worker, async (who) => {
      await who.follow('/today');
      await who.press(`.tasks a[href="${story.file}/care-plan"]`);
      await who.$('.notice .quote').filter({ hasText: words.comments }).waitFor();
      await who.look('plan returned');
      await who.press(`a.btn.pri[href="${story.file}/care-plan/form"]`);
      await who.write('goal-0-a0-due', day(7));
      await who.press('button[name=act][value=submit]');
      await who.isNotRefused();
    });
  }
  await answerPlan(telling, story, 'The supervisor approves the plan', 'approve');
}

async function answerPlan(telling, story, name, answer) {
  const supervisor = await telling.person(`supervisor.${telling.city}`);
  await telling.step(name, supervisor, async (who) => {
    await who.follow('/today');
    await who.press(`.tasks a[href="${story.file}/care-plan"]`);
    await who.press(`main a[href^="${story.file}/care-plan/"]:not([href$="/form"])`);
    await who.answer(`answer-${answer}`);
    if (answer === 'return') await who.write('comments', story.words.comments);
    await who.press('form:has([name=answer]) button.pri');
    await who.isNotRefused();
    await back(who, story);
    await who.reads('.pill', answer === 'approve' ? 'state-implementation' : 'state-planning');
  });
}

/** To the file, from a page under it. */
export async function back(who, story) {
  if (who.path !== story.file) await who.press(`.crumb a[href="${story.file}"]`);
}

/** To the file: from a page that leads there, or by the list of files. */
export async function toFile(who, story) {
  if (who.path === story.file) return;
  if (await who.$(`.crumb a[href="${story.file}"]`).count()) return back(who, story);
  await who.follow('/cases');
  await who.press(`.case h3 a[href="${story.file}"]`);
}
