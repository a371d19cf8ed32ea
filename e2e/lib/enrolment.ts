import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { authenticatorApp, type AuthenticatorApp } from './authenticator.ts';
import { isAccessible } from './browser.ts';
import { timePasses } from './clock.ts';
import { lookAround } from './looks.ts';
import type { Product } from './product.ts';

export const codeField = (page: Page): Locator => page.getByLabel('Six-digit code');

/** Goes through the wizard; answers the app and the backup codes as they were downloaded. */
export async function setUpApp(page: Page): Promise<{ app: AuthenticatorApp; codes: string[] }> {
  const wizard = page.getByRole('dialog', { name: 'Set up an authenticator app' });
  await wizard.getByAltText('QR code for the authenticator app').waitFor();
  await lookAround(page, 'second-factor-wizard');
  const uri = new URL((await wizard.getByRole('link', { name: 'Open in an app on this device' }).getAttribute('href'))!);
  const secret = uri.searchParams.get('secret')!;
  assert.ok((await wizard.textContent())!.replaceAll(/\s/g, '').includes(secret), 'the key to type by hand is the one of the picture');
  await wizard.getByRole('button', { name: 'I have scanned it' }).click();
  const app = authenticatorApp(secret);
  await codeField(page).fill(app.wrong());
  await wizard.getByText('This is not the code the app shows now.').waitFor();
  await isAccessible(page);
  await codeField(page).fill(await app.code());
  const shown = wizard.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
  await shown.first().waitFor();
  await lookAround(page, 'second-factor-codes');
  const codes = await downloadCodes(page, wizard);
  assert.deepEqual(codes, await shown.allTextContents());
  await codesAreSaved(wizard);
  await wizard.waitFor({ state: 'hidden' });
  return { app, codes };
}

/** Downloads the codes that a dialog shows, and reads the file. */
export async function downloadCodes(page: Page, dialog: Locator): Promise<string[]> {
  assert.equal(await dialog.getByRole('button', { name: 'Done' }).isDisabled(), true, 'not before they are saved');
  const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download' }).click()]);
  assert.equal(file.suggestedFilename(), 'switchyard-backup-codes.txt');
  const lines = (await readFile(await file.path(), 'utf8')).split('\n').map((line) => line.trim());
  const codes = lines.filter((line) => /^[A-Z0-9]{4,}(-[A-Z0-9]{4,})*$/.test(line));
  assert.equal(codes.length, 10, lines.join('\n'));
  return codes;
}

/** Says that the codes of a dialog are kept, and closes it. */
export async function codesAreSaved(dialog: Locator): Promise<void> {
  await dialog.getByRole('checkbox', { name: 'I have saved these codes' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
}

/** The phone with this number, as its owner reads it. */
export function phoneAt({ codeFor }: { codeFor: (number: string) => string | undefined }, number: string) {
  return {
    /** One number gets one text a minute: the last one is longer ago. */
    rests: (product: Pick<Product, 'home'>): Promise<void> =>
      timePasses(
        product,
        `update auth.login_attempts set locked_until = null, window_started_at = window_started_at - interval '61 s' where key like 'resendPause:%'`,
      ),
    /** The code of the text that a press has sent, once the page asks for it. */
    async code(page: Page): Promise<string> {
      await codeField(page).waitFor();
      return codeFor(number)!;
    },
  };
}
export type Phone = ReturnType<typeof phoneAt>;
