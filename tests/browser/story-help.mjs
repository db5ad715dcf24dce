// The story of a file, on: help for the child and for the mother, given and refused. Told by care.test.mjs.

import assert from 'node:assert/strict';
import { day } from './person.mjs';
import { back, toFile } from './story-care.mjs';

/** Help for the child, asked of a provider: accepted and given by its focal point, closed by the worker. */
export async function helped(telling, story) {
  await asked(telling, story, 'Help for the child is asked of a provider');
  await accepted(telling, story, 'The focal point accepts, then gives the help and reports');
  await telling.step('The worker writes what came of it', story.worker, async (who) => {
    await who.follow('/today');
    await who.press(`.tasks a[href="${story.service}"]`);
    await who.answer('move-close_loop');
    await who.choose('outcome-close_loop', 'goal_met');
    await who.press('form:has([name=move]) button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'service-loop-closed');
  });
}

/** Help that a provider refuses: the file owes another way, and finds one. */
export async function refusedAndReplaced(telling, story) {
  await asked(telling, story, 'Help is asked of a provider that will refuse');
  await telling.step('The focal point refuses, with a reason', await focalPoint(telling), async (who) => {
    await request(who, story);
    await who.answer('move-refuse');
    await who.press('form:has([name=move]) button.pri');
    await who.isRefused(1);
    await who.look('refusal without a reason');
    await who.choose('reason-refuse', 'no_place');
    await who.press('form:has([name=move]) button.pri');
    await who.isNotRefused();
  });
  const [refused, { words }] = [story.service, story];
  await telling.step('The worker finds another way', story.worker, async (who) => {
    await who.follow('/today');
    await who.press(`.tasks a[href="${refused}"]`);
    await who.reads('.notice', 'service-needs-alternative');
    await who.look('service refused');
    // closing it without another way is refused
    await who.answer('move-close_loop');
    await who.press('form:has([name=move]) button.pri');
    await who.isRefused(1);
    await who.press('.notice a[href*="replaces="]');
    await whatAndWho(who, 'second_chance', `en_cell_${telling.city}`);
    await who.press('.actbar button.pri');
    await who.isNotRefused();
    await send(who, words);
  });
  await telling.step('The refused request is closed: another way was found', story.worker, async (who) => {
    await who.follow('/today');
    await who.press(`.tasks a[href="${refused}"]`);
    await who.reads('.notice', 'service-replaced');
    await who.answer('move-close_loop');
    await who.press('form:has([name=move]) button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'service-loop-closed');
  });
}

/** The mother: the supervisor opens the four services, the worker asks for one, the focal point gives it. */
export async function motherHelped(telling, story) {
  const supervisor = await telling.person(`supervisor.${telling.city}`);
  await telling.step('The supervisor opens the mother\'s services', supervisor, async (who) => {
    await back(who, story);
    await who.press('main a[href^="/mothers/"]');
    story.mother = who.path;
    await who.tap('form[action$="/support"] label[for$="no_sign_of_offence"]');
    await who.press('form[action$="/support"] button.pri');
    await who.isNotRefused();
    await who.look('mother opened');
  });
  await telling.step('Help for the mother is asked of a provider', story.worker, async (who) => {
    await toFile(who, story);
    await who.press(`main a[href="${story.mother}"]`);
    await who.press(`main a[href^="/services/new?mother="]`);
    await whatAndWho(who, 'literacy', `education_${telling.city}`);
    await who.press('.actbar button.pri');
    await who.isNotRefused();
    await send(who, story.words);
    story.service = who.path;
  });
  await accepted(telling, story, 'The focal point gives the help to the mother');
}

async function asked(telling, story, name) {
  story.worker = await telling.person(`worker.${telling.city}`);
  await telling.step(name, story.worker, async (who) => {
    await toFile(who, story);
    await who.press('.acts a[href^="/services/new?case="]');
    await whatAndWho(who, 'school_enrolment', `education_${telling.city}`);
    await who.press('.actbar button.pri');
    await who.isNotRefused();
    await send(who, story.words);
    story.service = who.path;
  });
}

/** What help, of whom, to be asked for. */
async function whatAndWho(who, kind, provider) {
  await who.answer(`kind-${kind}`);
  await who.choose('provider', provider);
  await who.answer('state-proposed');
}

/** What is said to the provider, shown as it will be read, and sent. */
async function send(who, words) {
  await who.write('ask', words.ask);
  await who.press('form.card .actbar button.pri');
  await who.isNotRefused();
  await who.look('request preview');
  await who.press('form:has([name=confirmed]) .actbar button.pri');
  await who.reads('.pill', 'service-sent');
}

const focalPoint = (telling) => telling.person(`focal.${telling.city}`);

/** The newest request on the focal point's list: what waits is first. */
async function request(who, story) {
  await who.follow('/requests');
  await who.press('.case h3 a');
  await who.$('main').getByText(story.words.ask).waitFor();
  assert.equal(await who.$(`main a[href^="/cases/"]`).count(), 0, 'a focal point reads no file');
}

async function accepted(telling, story, name) {
  await telling.step(name, await focalPoint(telling), async (who) => {
    await request(who, story);
    await who.answer('move-accept');
    await who.press('form:has([name=move]) button.pri');
    await who.isNotRefused();
    await who.answer('move-deliver');
    await who.write('day-deliver', day());
    await who.write('words', story.words.report);
    await who.press('form:has([name=move]) button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'service-delivered');
    await who.look('request delivered');
  });
}
