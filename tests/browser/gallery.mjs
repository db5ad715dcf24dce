// The gallery: every page in two languages, two widths, light and dark, into docs/screens. `make screens`
// takes it, by the same walk that checks the pages (pages.test.mjs); nothing is judged meanwhile. It is for
// eyes, and not committed.

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const room = fileURLToPath(new URL('../../docs/screens', import.meta.url));
const WIDTHS = [1280, 390];
const SCHEMES = ['light', 'dark'];
const LANGUAGES = ['ar', 'fr'];
/** Taller pages are cut: the rest of a long list shows nothing new. */
const TALLEST = 1600;

/** Whether this run takes the gallery. */
export const collecting = process.env.SANAD_GALLERY === '1';

const hung = new Set();

/** The pictures of one page. */
export async function hang(page, lang, name) {
  if (!LANGUAGES.includes(lang) || hung.has(`${name}.${lang}`)) return;
  hung.add(`${name}.${lang}`);
  await mkdir(room, { recursive: true });
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const tall = await page.evaluate(() => document.documentElement.scrollHeight);
    const height = Math.min(Math.max(tall, 800), TALLEST);
    await page.setViewportSize({ width, height });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      const png = await page.screenshot({ scale: 'css' });
      await writeFile(join(room, `${name}.${lang}.${width}.${colorScheme}.webp`), await webp(page, png));
    }
  }
  await page.setViewportSize(before);
}

/** One picture of what the browser draws by itself, a PDF among them, which takes it a moment. */
export async function hangOne(page, file) {
  await mkdir(room, { recursive: true });
  await setTimeout(2000);
  await writeFile(join(room, `${file}.webp`), await webp(page, await page.screenshot({ scale: 'css' })));
}

/** Smaller by far than the PNG that a driver takes; the browser itself knows how, on a page without policy. */
async function webp(page, png) {
  encoder ??= await page.context().browser().newPage();
  const url = await encoder.evaluate(async (png) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext('2d').drawImage(picture, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.3 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, png.toString('base64'));
  return Buffer.from(url, 'base64');
}
let encoder;

/** Empties the room before a new exhibition. */
export async function clear() {
  await rm(room, { recursive: true, force: true });
}

/** The index of what hangs there. */
export async function index() {
  const pages = new Map();
  for (const file of (await readdir(room)).filter((name) => name.endsWith('.webp')).sort()) {
    const [name, ...variant] = file.replace('.webp', '').split('.');
    pages.set(name, [...(pages.get(name) ?? []), variant.join('.')]);
  }
  const columns = LANGUAGES.flatMap((lang) => WIDTHS.flatMap((width) => SCHEMES.map((scheme) => `${lang}.${width}.${scheme}`)));
  const head = columns.map((column) => column.replaceAll('.', ' '));
  const line = ([name, variants]) => `| ${name} | ${columns.map((column) =>
    variants.includes(column) ? `[see](${name}.${column}.webp)` : '').join(' | ')} |`;
  const text = `# Screens

Every page with the invented data of the demonstration, in Arabic and French, on a desk (1280 px) and a phone
(390 px), light and dark. Made by \`make screens\`; not edited by hand. Long pages are cut at ${TALLEST} px.

| page | ${head.join(' | ')} |
|---|${columns.map(() => '---|').join('')}
${[...pages].map(line).join('\n')}
`;
  await writeFile(join(room, 'README.md'), text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ({ clear, index })[process.argv[2]]();
}
