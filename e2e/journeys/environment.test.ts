import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { governed } from '../lib/api.ts';
import { chromiumIsThere, enterPassword, heading, leave, onDashboard, openBrowser, openWindow, press, signIn } from '../lib/browser.ts';
import { codeField, setUpApp } from '../lib/enrolment.ts';
import { lookAround } from '../lib/looks.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';
import { agreeToAll, pick } from '../lib/review.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

let product: Product;
let browser: Browser;
let [dana, owner, approver]: Login[] = [];
let page: Page;
const faults: string[][] = [];

async function newWindow(): Promise<Page> {
  const opened = await openWindow(browser);
  faults.push(opened.faults);
  return opened.page;
}

before(async () => {
  if (skip) return;
  product = await startProduct();
  [dana, owner, approver] = ['developer', 'owner', 'approver'].map((role) => product.as(role)) as [Login, Login, Login];
  await governed(product, owner, approver, 'POST', '/secrets', { name: 'PAYMENT_TOKEN', environment: 'prod', generate: {} });
  browser = await openBrowser();
  page = await newWindow();
  await signIn(page, product, dana);
});
after(async () => {
  await browser?.close();
  await product?.close();
  assert.deepEqual(faults.flat(), [], 'errors in a window');
});

const dialogOf = (name: string | RegExp): Locator => page.getByRole('dialog', { name });
const go = async (path: string, title: string): Promise<void> => {
  await page.goto(product.url + path);
  await heading(page, title).waitFor();
};

const BAD_FILE = [
  '# the shop',
  'LOG_LEVEL=info',
  'not a setting',
  'export SHOP_URL="https://shop.example"',
  '9LIVES=cat',
  'GREETING="Hello',
  '',
].join('\n');

void test('a file with three bad lines is not taken; each is named with its place, and once they are mended all is', { skip, timeout: 180_000 }, async () => {
  await go('/settings/environment', 'Environment variables');
  await page.getByRole('heading', { name: 'No variables here' }).waitFor();
  await lookAround(page, 'environment-empty');
  await press(page, 'Import');
  const dialog = dialogOf('Import variables');
  await dialog.getByLabel('File', { exact: true }).fill(BAD_FILE);
  await dialog.getByRole('button', { name: 'Check' }).click();
  await dialog.getByText('3 lines cannot be taken').waitFor();
  const rows = dialog.getByRole('region', { name: 'What would become of each line' }).getByRole('row');
  const told = await rows.evaluateAll((found) => found.slice(1).map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')));
  assert.deepEqual(
    told.map(([line, , verdict]) => [line, verdict!.startsWith('Cannot be taken')]),
    [['2', false], ['3', true], ['4', false], ['5', true], ['6', true]],
  );
  assert.equal(await dialog.getByRole('button', { name: /^Import \d/ }).count(), 0, 'nothing can be imported yet');
  await lookAround(page, 'environment-import');
  await dialog.getByRole('button', { name: '5', exact: true }).click();
  const file = dialog.getByLabel('File', { exact: true });
  assert.equal(await file.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd)), '9LIVES=cat');
  await file.fill(BAD_FILE.replace('not a setting\n', '').replace('9LIVES', 'LIVES').replace('"Hello', '"Hello"'));
  await dialog.getByRole('button', { name: 'Check' }).click();
  await dialog.getByText('4 new').waitFor();
  await dialog.getByRole('button', { name: 'Import 4 values' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('https://shop.example').waitFor();
}); // prettier-ignore

void test('variables are added, changed and deleted in their lines, by environment; a secret one is not shown', { skip, timeout: 180_000 }, async () => {
  await go('/settings/environment', 'Environment variables');
  await page.getByText('LOG_LEVEL', { exact: true }).waitFor();
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Name' }).waitFor();
  const line = page.locator('form').filter({ has: page.getByRole('button', { name: 'Add', exact: true }) });
  await page.keyboard.type('log level');
  await line.getByLabel('Value').fill('debug');
  await pick(line, 'Environment', 'dev');
  await line.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('tab', { name: /^dev\s*1$/, selected: true }).waitFor();
  await line.getByRole('textbox', { name: 'Name' }).fill('API_TOKEN');
  await line.getByRole('combobox', { name: 'Type' }).click();
  await page.getByRole('option', { name: 'Secret', exact: true }).click();
  await line.getByLabel('Value').fill('never-to-be-seen-again');
  await pick(line, 'Project', 'shop');
  await line.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('API_TOKEN', { exact: true }).waitFor();
  assert.equal((await page.content()).includes('never-to-be-seen-again'), false);
  await line.getByRole('button', { name: 'Close' }).click();
  await lookAround(page, 'environment');

  await page.getByRole('tab', { name: /^All environments/ }).click();
  await page.getByText('other value in dev').waitFor();
  await page.getByRole('button', { name: 'Edit GREETING' }).click();
  const edit = page.getByRole('form', { name: 'Edit GREETING' });
  await edit.getByLabel('Value').fill('Good evening');
  await page.keyboard.press('Enter');
  await page.getByText('Good evening').waitFor();
  await page.getByRole('button', { name: 'Delete LIVES' }).click();
  const dialog = dialogOf('Delete LIVES');
  await dialog.getByRole('button', { name: /^(Delete|Ask for approval)$/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  await agreeToAll(product, owner!, approver!);
  await page.getByText('LIVES', { exact: true }).waitFor({ state: 'detached' });
}); // prettier-ignore

interface Zip {
  ZipReader: new (source: unknown, options: object) => { getEntries: () => Promise<{ filename: string; getData?: (to: unknown) => Promise<string> }[]>; close: () => Promise<void> };
  Uint8ArrayReader: new (bytes: Uint8Array) => unknown;
  TextWriter: new () => unknown;
} // prettier-ignore
/** The files in an archive of ours, by name. */
async function unzipped(bytes: Uint8Array, password: string): Promise<Record<string, string>> {
  const zip = createRequire(new URL('../../server/package.json', import.meta.url))('@zip.js/zip.js') as Zip;
  const reader = new zip.ZipReader(new zip.Uint8ArrayReader(bytes), { password, useWebWorkers: false });
  const files = await Promise.all(
    (await reader.getEntries()).map(async (entry) => [entry.filename, await entry.getData!(new zip.TextWriter())] as const),
  );
  await reader.close();
  return Object.fromEntries(files);
}

void test('an owner takes values out: a reason, a passphrase, a fresh proof, and one download', { skip, timeout: 240_000 }, async () => {
  await page.context().close();
  page = await newWindow();
  await signIn(page, product, owner!, '/settings/security/mfa');
  await press(page, 'Set up');
  const { app } = await setUpApp(page);
  await leave(page, product);
  await enterPassword(page, product, owner!);
  await page.getByRole('checkbox', { name: /^Do not ask for this on this device/ }).click();
  await codeField(page).fill(await app.code());
  await onDashboard(page);
  await leave(page, product);
  // The device is trusted for signing in; that is not enough for this.
  await enterPassword(page, product, owner!);
  await onDashboard(page);

  await go('/settings/secrets?environment=prod', 'Secrets');
  await press(page, 'Export');
  const dialog = dialogOf('Export');
  await dialog.getByLabel('Reason').fill('Moving the shop to another account');
  await dialog.getByLabel('Passphrase', { exact: true }).fill('seven wet otters');
  await dialog.getByLabel('Passphrase again').fill('seven wet otter');
  await dialog.getByText('It is not the same.').waitFor();
  await lookAround(page, 'secrets-export');
  await dialog.getByLabel('Passphrase again').fill('seven wet otters');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  const question = page.getByRole('dialog', { name: 'Is it still you?' });
  await question.waitFor();
  await codeField(page).fill(await app.code());
  await question.waitFor({ state: 'hidden' });
  await dialog.getByText('Whoever has the file and its passphrase has the values').waitFor();
  await dialog.getByRole('button', { name: 'Ask for approval' }).click();
  const waits = dialogOf(/^CHG-\d+ waits for somebody’s approval$/);
  await waits.waitFor();
  await lookAround(page, 'secrets-export-waits');
  await agreeToAll(product, owner!, approver!);
  const ready = dialogOf('The file is ready');
  await ready.waitFor();
  await lookAround(page, 'secrets-export-ready');
  const [file] = await Promise.all([page.waitForEvent('download'), ready.getByRole('link', { name: 'Download' }).click()]);
  await ready.getByText('The link is used up.').waitFor();
  const bytes = await readFile(await file.path());
  assert.equal(bytes.includes('PAYMENT_TOKEN'), false, 'names are inside as well');
  const files = await unzipped(bytes, 'seven wet otters');
  assert.match(Object.values(files).join(''), /^PAYMENT_TOKEN=[A-Za-z0-9]{32}$/m);
  await assert.rejects(unzipped(bytes, 'seven wet otter'));
});
