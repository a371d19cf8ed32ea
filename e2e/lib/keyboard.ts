import type { Page } from 'playwright-core';

/** What has the focus, as it is read out, near enough. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    return (element?.getAttribute('aria-label') ?? element?.innerText ?? '').trim();
  });

/** Presses Tab until what is wanted has the focus; fails when it cannot be reached so. */
export async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    const name = await focused(page);
    if (wanted.test(name)) return;
    passed.push(name.slice(0, 40));
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${wanted}; it passes ${passed.join(' > ')}`);
}

/** As `tabTo`, and presses it. */
export async function pressByKey(page: Page, wanted: RegExp): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}
