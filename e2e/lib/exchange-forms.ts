import type { Page } from 'playwright-core';

/** Presses a button by the keyboard alone, then goes through the form that it opens. */
export async function act(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog').last();
  await drawer.getByRole('button', { name: 'Preview' }).press('Enter');
  await drawer.getByRole('button', { name: 'Apply now', exact: true }).press('Enter');
  await drawer.getByRole('button', { name: 'Close', exact: true }).last().press('Enter');
}

/** Says where the route server is and which key it has, as the page asks for it. */
export async function record(page: Page, button: string, { port, hostKey: key }: { port: number; hostKey: string }): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  const drawer = page.getByRole('dialog').last();
  await drawer.getByLabel('Host', { exact: true }).fill('127.0.0.1');
  await drawer.getByLabel('Port', { exact: true }).fill(String(port));
  await drawer.getByLabel('Host key', { exact: true }).fill(key);
  await drawer.getByRole('button', { name: 'Preview' }).click();
  await drawer.getByRole('button', { name: 'Apply now', exact: true }).click();
  await drawer.getByRole('button', { name: 'Close', exact: true }).last().click();
}
