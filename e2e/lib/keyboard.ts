import type { Locator, Page } from 'playwright-core';

/** What has the focus, as it is read out, near enough. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) return '';
    return (element.getAttribute('aria-label') ?? element.innerText).trim();
  });

/** Presses Tab, or an arrow in a menu, until what is wanted has the focus; fails when it cannot be reached so. */
export async function tabTo(page: Page, wanted: RegExp, key: 'Tab' | 'ArrowDown' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    const name = await focused(page);
    if (wanted.test(name)) return;
    passed.push(name.slice(0, 40));
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not reach ${wanted}; it passes ${passed.join(' > ')}`);
}

/** As `tabTo`, and presses it. */
export async function pressByKey(page: Page, wanted: RegExp, key: 'Tab' | 'ArrowDown' = 'Tab'): Promise<void> {
  await tabTo(page, wanted, key);
  await page.keyboard.press('Enter');
}

/** Presses Tab until an element has the focus: for fields, which are read out by their labels. */
export async function tabOnto(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${wanted}`);
}

/** Goes to a field by Tab, and types. */
export async function typed(page: Page, field: Locator, text: string): Promise<void> {
  await field.waitFor();
  await tabOnto(page, field);
  await page.keyboard.type(text);
}
