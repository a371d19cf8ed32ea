import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { api, ended } from '../lib/api.ts';
import { byHand, chromiumIsThere, heading, isAccessible, openBrowser, openWindow, press, settles, signIn } from '../lib/browser.ts';
import { pressByKey, tabOnto } from '../lib/keyboard.ts';
import { knotIsThere, startKnot, type Knot } from '../lib/knot.ts';
import { lookAround } from '../lib/looks.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';
import { agreeToAll, pick } from '../lib/review.ts';
import { counts, holds, isOff } from '../lib/waits.ts';

const skip = chromiumIsThere() && knotIsThere() ? false : 'Chromium, knotd or dig is not installed';

let product: Product;
let knot: Knot;
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
  [product, knot] = await Promise.all([startProduct(), startKnot('secrets.test')]);
  [dana, owner, approver] = ['developer', 'owner', 'approver'].map((role) => product.as(role)) as [Login, Login, Login];
  browser = await openBrowser();
  page = await newWindow();
  await signIn(page, product, dana);
});
after(async () => {
  await browser?.close();
  await product?.close();
  await knot?.close();
  assert.deepEqual(faults.flat(), [], 'errors in a window');
});

const dialogOf = (name: string | RegExp): Locator => page.getByRole('dialog', { name });
const go = async (path: string, title: string): Promise<void> => {
  await page.goto(product.url + path);
  await heading(page, title).waitFor();
};
const idOf = async (name: string, list = '/secrets'): Promise<string> =>
  ((await api(product, owner!, 'GET', `${list}?limit=200`)).body.items as { id: string; name: string }[]).find((one) => one.name === name)!.id;
/** Goes on from the fields to the plan, and does it. */
async function carryOut(dialog: Locator, action: string): Promise<void> {
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByRole('button', { name: action, exact: true }).click();
}
void test('a secret is stored with the keyboard alone; its name is judged as it is typed, and its value is not there again', { skip, timeout: 240_000 }, async () => {
  await go('/settings/secrets', 'Secrets');
  await page.getByRole('heading', { name: 'No secrets yet' }).waitFor();
  await lookAround(page, 'secrets-empty');
  await page.keyboard.press('n');
  const dialog = dialogOf('New secret');
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await name.waitFor();
  await page.keyboard.type('node path');
  await dialog.getByText('Names that begin with NODE_ are reserved').waitFor();
  await name.fill('');
  await page.keyboard.type('tsig key');
  await holds(name, 'TSIG_KEY');
  await dialog.getByText('Others refer to it as secret://TSIG_KEY').waitFor();
  const value = dialog.getByLabel('Value', { exact: true });
  await tabOnto(page, value);
  await page.keyboard.type(knot.tsig.secret);
  assert.deepEqual([await value.getAttribute('type'), await value.getAttribute('autocomplete')], ['password', 'new-password']);
  await lookAround(page, 'secret-new');
  await page.keyboard.press('Enter');
  await dialog.getByText('Store secret TSIG_KEY').or(dialog.getByRole('heading', { name: 'Plan' })).first().waitFor();
  await pressByKey(page, /^Create$/);
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: 'TSIG_KEY' }).waitFor();
  const left = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
  assert.equal((left + (await page.content())).includes(knot.tsig.secret), false, 'the value stays nowhere');
}); // prettier-ignore

void test('a value is generated and shown once', { skip, timeout: 120_000 }, async () => {
  await go('/settings/secrets', 'Secrets');
  await press(page, 'New secret');
  const dialog = dialogOf('New secret');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('SHOP_SIGNING_KEY');
  await dialog.getByRole('radio', { name: 'Have it generated' }).click();
  await dialog.getByLabel('Characters').fill('4');
  await dialog.getByText('A number from 8 to 1024.').waitFor();
  await isOff(dialog.getByRole('button', { name: 'Continue' }));
  await dialog.getByLabel('Characters').fill('48');
  await dialog.getByText('Description, tags, team, expiry and rotation').click();
  await dialog.getByLabel('Description').fill('Signs the links in mails of the shop');
  await dialog.getByRole('textbox', { name: /^Tags/ }).fill('tier=web pci');
  await dialog.getByLabel(/^Rotate every/).fill('7');
  await dialog.getByLabel(/^In use at once/).fill('0');
  await dialog.getByText('A number from 1 to 1000.').waitFor();
  await dialog.getByLabel(/^In use at once/).fill('3');
  await lookAround(page, 'secret-new-generated');
  await carryOut(dialog, 'Create');
  const shown = dialogOf('The new value of SHOP_SIGNING_KEY');
  const value = shown.getByRole('group', { name: 'Value' });
  const made = (await settles(() => value.innerText(), (text) => /^\s*[A-Za-z0-9]{48}\s*$/.test(text), 'no value is shown')).trim(); // prettier-ignore
  // A key or a stray click does not lose it.
  await page.keyboard.press('Escape');
  await shown.waitFor();
  await lookAround(page, 'secret-made');
  await shown.getByRole('button', { name: 'I have saved it' }).click();
  await shown.waitFor({ state: 'hidden' });
  assert.equal((await page.content()).includes(made), false);
  const id = await idOf('SHOP_SIGNING_KEY');
  for (const path of ['', '/versions', '/access-log']) {
    const { status, body } = await byHand(page, 'GET', `/secrets/${id}${path}`);
    assert.deepEqual([path, status, body.includes(made)], [path, 200, false]);
    if (path === '') assert.match(body, /"maxInFlight":3/);
  }
});

void test('what a service wants is entered by its template, and each part becomes a secret', { skip, timeout: 120_000 }, async () => {
  await go('/settings/secrets', 'Secrets');
  await press(page, 'New secret');
  const dialog = dialogOf('New secret');
  await dialog.getByRole('tab', { name: 'For a service' }).click();
  await dialog.getByRole('combobox', { name: 'Category' }).click();
  await counts(page.getByRole('option'), 14); // 13 categories, and all of them
  await page.getByRole('option', { name: 'Clouds' }).click();
  await pick(dialog, 'Service', 'Amazon Web Services');
  await dialog.getByLabel('Access key ID').fill('no key');
  await dialog.getByText('Values of this kind look different.').waitFor();
  await lookAround(page, 'secret-new-service');
  await dialog.getByRole('combobox', { name: 'Category' }).click();
  await page.getByRole('option', { name: 'Databases' }).click();
  await pick(dialog, 'Service', 'PostgreSQL');
  await dialog.getByLabel('In front of each name').fill('shop ');
  await dialog.getByLabel('Host').fill('db.internal');
  await dialog.getByLabel('Database', { exact: true }).fill('shop');
  await dialog.getByLabel('User').fill('shop');
  await isOff(dialog.getByRole('button', { name: 'Continue' })); // the password is missing
  await dialog.getByLabel('Password', { exact: true }).fill('correct-horse-battery');
  await carryOut(dialog, 'Create');
  await dialog.waitFor({ state: 'hidden' });
  for (const name of ['SHOP_PGHOST', 'SHOP_PGDATABASE', 'SHOP_PGUSER', 'SHOP_PGPASSWORD']) await page.getByRole('link', { name }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'SHOP_PGPORT' }).count(), 0, 'what was left empty is not made');
});

void test('in production somebody has to agree, and then nobody sees what was generated', { skip, timeout: 120_000 }, async () => {
  await go('/settings/secrets', 'Secrets');
  await press(page, 'New secret');
  const dialog = dialogOf('New secret');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('PAYMENT_TOKEN');
  await pick(dialog, 'Environment', 'prod');
  await dialog.getByRole('radio', { name: 'Have it generated' }).click();
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByText('nobody will see the generated value').waitFor();
  await lookAround(page, 'secret-approval');
  await dialog.getByLabel('Comment').fill('The new payment service');
  await dialog.getByRole('button', { name: 'Ask for approval' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const told = page.getByText(/CHG-\d+ waits for approval/).first();
  const number = /CHG-\d+/.exec((await told.textContent())!)![0];
  const { body } = await api(product, approver!, 'GET', `/changes/${number}`);
  assert.equal((await api(product, approver!, 'POST', `/changes/${number}/approve`, { planHash: body.planHash })).status, 200);
  assert.equal((await ended(product, dana!, body.id)).state, 'succeeded');
  // Nothing is reloaded: the list is live.
  await page.getByRole('link', { name: 'PAYMENT_TOKEN' }).waitFor();
});

void test('a connection names the secret; its page says so, and the access log says who had it and what for', { skip, timeout: 180_000 }, async () => {
  const office = await newWindow();
  await signIn(office, product, owner!, '/settings/cloud-providers');
  await office.getByRole('button', { name: 'Connect provider' }).first().click();
  const dialog = office.getByRole('dialog');
  await dialog.getByRole('radio', { name: /^DNS server/ }).click();
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('Lab name server');
  await dialog.getByLabel(/^Server/).fill('127.0.0.1');
  await dialog.getByLabel('Port').fill(String(knot.port));
  await dialog.getByLabel(/^TSIG key name/).fill(knot.tsig.name);
  await dialog.getByLabel(/^TSIG secret/).fill('secret://TSIG_KEY');
  await dialog.getByLabel(/^Zone to test with/).fill(knot.zone);
  await dialog.getByRole('button', { name: /^Check/ }).click();
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await office.context().close();

  await page.goto(`${product.url}/settings/secrets/${await idOf('TSIG_KEY')}`);
  await heading(page, 'TSIG_KEY').waitFor();
  await page.getByRole('link', { name: 'Lab name server' }).waitFor();
  await lookAround(page, 'secret');
  await page.getByRole('tab', { name: 'Access log' }).click();
  const log = page.getByRole('table', { name: 'Access log' });
  await log.getByRole('row').filter({ hasText: 'connection "Lab name server"' }).first().waitFor();
  await lookAround(page, 'secret-access-log');
  await press(page, 'Result');
  await page.getByRole('menuitemradio', { name: 'Refused' }).click();
  await page.getByRole('heading', { name: 'None with this result' }).waitFor();
}); // prettier-ignore

/** Whether the connection is let in with the value in force. */
async function isLetIn(): Promise<boolean> {
  const id = await idOf('Lab name server', '/cloud-providers');
  return (await api(product, owner!, 'POST', `/cloud-providers/${id}/validate`, {})).body.ok;
}

void test('a new value is taken at once, and the way back to the one before', { skip, timeout: 180_000 }, async () => {
  assert.equal(await isLetIn(), true);
  await page.goto(`${product.url}/settings/secrets/${await idOf('TSIG_KEY')}`);
  await press(page, 'New value');
  const dialog = dialogOf('New value for TSIG_KEY');
  await dialog.getByLabel('Value', { exact: true }).fill(Buffer.alloc(32, 7).toString('base64'));
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByText(/uses the new value from then on/).waitFor();
  await dialog.getByRole('button', { name: 'New value', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await isLetIn(), false, 'the name server knows the old key only');

  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByText('Version 2', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Roll back to version 1' }).click();
  const back = dialogOf('Roll TSIG_KEY back to version 1');
  await back.getByRole('button', { name: 'Roll back', exact: true }).click();
  await back.waitFor({ state: 'hidden' });
  await page.getByText('As version 1').waitFor();
  assert.equal(await isLetIn(), true);
  await lookAround(page, 'secret-versions');
});

void test('what is in use is not deleted; what is not can come back', { skip, timeout: 180_000 }, async () => {
  await page.goto(`${product.url}/settings/secrets/${await idOf('TSIG_KEY')}`);
  await press(page, 'Delete');
  const used = dialogOf('Delete TSIG_KEY');
  await used.getByText('These refer to it and would stop working without it:').waitFor();
  await used.getByText('Secret in use').waitFor();
  await isOff(used.getByRole('button', { name: /Delete|Ask for approval/ }));
  await lookAround(page, 'secret-in-use');
  await used.getByRole('button', { name: 'Cancel' }).click();

  const id = await idOf('SHOP_PGHOST');
  await page.goto(`${product.url}/settings/secrets/${id}`);
  await press(page, 'Delete');
  const dialog = dialogOf('Delete SHOP_PGHOST');
  await dialog.getByLabel('Type SHOP_PGHOST to confirm').fill('SHOP_PGHOST');
  await dialog.getByRole('button', { name: /^(Delete|Ask for approval)$/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  await agreeToAll(product, owner!, approver!);
  await page.getByRole('button', { name: 'Restore' }).waitFor();
  await go('/settings/secrets?deleted=true', 'Secrets');
  await page.getByRole('link', { name: 'SHOP_PGHOST' }).click();
  await press(page, 'Restore');
  await dialogOf('Restore SHOP_PGHOST').getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByRole('button', { name: 'New value' }).waitFor();
});

void test('the list is searched and filtered, what ends soon is told, and the address keeps what is shown', { skip, timeout: 120_000 }, async () => {
  await go('/settings/secrets', 'Secrets');
  await page.getByText('1 secret expires or is to be rotated within 30 days.').waitFor();
  await lookAround(page, 'secrets');
  await press(page, 'Show them');
  const rows = page.getByRole('table', { name: 'Secrets' }).getByRole('link');
  await page.getByRole('link', { name: 'TSIG_KEY' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'SHOP_SIGNING_KEY' }).waitFor();
  await settles(() => rows.allTextContents(), (names) => names.length > 0 && names.every((name) => name === 'SHOP_SIGNING_KEY'), 'others are shown');
  await page.reload();
  await page.getByRole('button', { name: 'Due within 30 days', pressed: true }).click();
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('payment');
  await page.getByRole('link', { name: 'TSIG_KEY' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'PAYMENT_TOKEN' }).waitFor();
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('nothing like it');
  await page.getByRole('heading', { name: 'No secret fits' }).waitFor();
  await isAccessible(page);
  await page.getByRole('link', { name: 'Clear all filters' }).click();
  await press(page, 'Tags');
  await page.getByRole('menuitemradio', { name: 'tier=web' }).click();
  await page.getByRole('link', { name: 'PAYMENT_TOKEN' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'SHOP_SIGNING_KEY' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Export', exact: true }).count(), 0, 'only owners take values out');
}); // prettier-ignore
