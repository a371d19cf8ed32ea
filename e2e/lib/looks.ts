import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { axeFaults, type Look, type Rules } from './browser.ts';

/** What every page has to stand: a desk by day, by night, and a phone. With what it adds to the name of a picture. */
const LOOKS: [string, Look, Rules][] = [
  ['', {}, 'all'],
  ['-dark', { dark: true }, 'colours'],
  ['-360', { width: 360, height: 800 }, 'but colours'],
];

/** `SCREENSHOTS=1` writes what is seen to docs/screenshots. */
const SCREENSHOTS = process.env['SCREENSHOTS'] === '1' ? fileURLToPath(new URL('../../docs/screenshots/', import.meta.url)) : undefined;

/** What passes by is not what a picture is of: a message of the moment, and where the keyboard happens to be. */
const UNSEEN = '[data-sonner-toaster] { visibility: hidden } *:focus-visible { outline-color: transparent !important }';

export async function picture(page: Page, name: string): Promise<void> {
  if (!SCREENSHOTS) return;
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}${name}.png`, animations: 'disabled', style: UNSEEN });
}

/** What is wrong with the page as it stands: faults of axe, and whether it is wider than its window. */
export async function faultsOf(page: Page, name: string, rules?: Rules): Promise<string[]> {
  const found = (await axeFaults(page, rules)).map((fault) => `${name}: ${fault}`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return wider > 0 ? [...found, `${name}: ${wider} px wider than the window`] : found;
}

/** Looks at a page as it stands, once, and takes its picture. */
export async function lookOnce(page: Page, name: string): Promise<void> {
  const found = await faultsOf(page, name);
  await picture(page, name);
  if (found.length > 0) throw new Error(found.join('\n'));
}

/** The same page by night. */
async function goDark(page: Page, dark: boolean): Promise<void> {
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
  // Colours that still fade are those of neither look.
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity),
  );
}

/** Looks at a page as it stands, by day and by night, of which only colours differ. Answers what is wrong. */
export async function lookByDayAndNight(page: Page, name: string): Promise<string[]> {
  const found = await faultsOf(page, name);
  await picture(page, name);
  await goDark(page, true);
  found.push(...(await faultsOf(page, `${name}-dark`, 'colours')));
  await picture(page, `${name}-dark`);
  await goDark(page, false);
  return found;
}

/** Looks at a page that cannot be opened by its address alone, in every look, and takes its pictures. */
export async function lookAround(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()!;
  const found: string[] = [];
  for (const [suffix, { width = before.width, height = before.height, dark = false }, rules] of LOOKS) {
    await page.setViewportSize({ width, height });
    await goDark(page, dark);
    found.push(...(await faultsOf(page, `${name}${suffix}`, rules)));
    await picture(page, `${name}${suffix}`);
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
  if (found.length > 0) throw new Error(found.join('\n'));
}
