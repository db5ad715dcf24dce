import { test } from 'node:test';
import { axe, newPage, noHorizontalScroll, shot, signIn, useApp } from './support.mjs';
const app = useApp({ command: ['/tmp/places_sanad', 'demo'] });
for (const lang of ['ar', 'fr']) {
  for (const width of [390, 1280]) {
    test(`${lang} ${width}`, async (t) => {
      const page = await newPage(t, { lang, width });
      await signIn(page, 'supervisor.sale');
      const go = async (path, name) => {
        await page.goto(app.url + path);
        await shot(page, `${name}-${lang}-${width}`);
        await noHorizontalScroll(page);
        await axe(page);
      };
      await go('/visits/rhythm', 'rhythm');
      await page.goto(app.url + '/shelter');
      const one = await page.locator('main a[href^="/shelter/institutions/"]').first().getAttribute('href');
      await go(one, 'institution');
      await go(`${one}/keep`, 'keep');
      if (lang === 'fr') {
        await page.locator('[name=closed_on]').fill('01/01/2199');
        await page.locator('[name=checked_on]').fill('');
        await page.locator('form[action$="/keep"] button.pri').click();
        await shot(page, `keep-refused-${lang}-${width}`);
      }
      await page.goto(app.url + '/contacts');
    });
  }
}
