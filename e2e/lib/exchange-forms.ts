import { randomBytes } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { tabOnto } from './keyboard.ts';

/** Goes to a field by Tab, and types. */
export async function typed(page: Page, field: Locator, text: string): Promise<void> {
  await field.waitFor();
  await tabOnto(page, field);
  await page.keyboard.type(text);
}

/** Presses a button by the keyboard alone, then goes through the form that it opens. */
export async function act(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog').last();
  await drawer.getByRole('button', { name: 'Preview' }).press('Enter');
  await drawer.getByRole('button', { name: 'Apply now', exact: true }).press('Enter');
  await drawer.getByRole('button', { name: 'Close', exact: true }).last().press('Enter');
}

/** What a server keeps in /etc/ssh/ssh_host_ed25519_key.pub. */
export const hostKey = (): string => {
  const [kind, length] = [Buffer.from('ssh-ed25519'), (size: number) => Buffer.from([0, 0, 0, size])];
  return `ssh-ed25519 ${Buffer.concat([length(kind.length), kind, length(32), randomBytes(32)]).toString('base64')}`;
};

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
