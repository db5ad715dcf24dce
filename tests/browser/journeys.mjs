// docs/journeys.md: what each step of the stories costs in presses. Made and compared by care.test.mjs.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';

const file = new URL('../../docs/journeys.md', import.meta.url);

const HEAD = `# Journeys

What it takes to carry a file, step by step, as the browser tests walk it (\`tests/browser/care.test.mjs\`): in Arabic
on a phone and in French at a desk. Each step begins where its person is: where the last one ended, or on the page
they come to when they sign in.

A press is a link, a button, an answer that is marked, something unfolded, or a field that is entered; a menu is two,
opened and chosen in. Typing is not counted, nor what the form proposes and the person leaves, nor the verdict on each
file that looks like the child's (a press for each). Where a story provokes a refusal, to see its message, that press
counts.

Written by \`UPDATE_DOCS=1 tests/browser/run care.test.mjs\`; not edited by hand.
`;

/** Compares the page with what was counted; with \`UPDATE_DOCS=1\`, writes it. */
export async function compare(told) {
  const wanted = page(told);
  if (process.env.UPDATE_DOCS) return writeFile(file, wanted);
  const found = await readFile(file, 'utf8').catch(() => '');
  const [is, should] = [found.split('\n'), wanted.split('\n')];
  const at = should.findIndex((line, n) => line !== is[n]);
  assert.equal(found, wanted, `docs/journeys.md is out of date: UPDATE_DOCS=1 tests/browser/run care.test.mjs\n- ${is[at]}\n+ ${should[at]}`);
}

function page(told) {
  const chapters = grouped(told);
  return `${HEAD}${[...chapters].map(([chapter, tellings]) => section(chapter, tellings)).join('')}`;
}

function grouped(told) {
  const chapters = new Map();
  for (const one of told) chapters.set(one.chapter, [...(chapters.get(one.chapter) ?? []), one]);
  return chapters;
}

function section(chapter, tellings) {
  const columns = tellings.map(({ walk }) => `${walk.lang}, ${walk.width} px`);
  const lines = tellings[0].steps.map((step, n) => {
    const all = tellings.map(({ steps }) => steps[n]);
    const screens = [...new Set(all.flatMap((one) => one.screens))].map((one) => `\`${one}\``);
    return `| ${step.name} | ${screens.join(' ')} | ${all.map((one) => one.presses).join(' | ')} |`;
  });
  const sums = tellings.map(({ steps }) => steps.reduce((sum, step) => sum + step.presses, 0));
  return `
## ${chapter}

| step | screens | ${columns.join(' | ')} |
|---|---|${columns.map(() => '---:|').join('')}
${lines.join('\n')}
| **together** | | ${sums.map((sum) => `**${sum}**`).join(' | ')} |
`;
}
