import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { api, ended } from '../lib/api.ts';
import { chromiumIsThere, heading, isAccessible, type Look, openBrowser, windowFor } from '../lib/browser.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';
import { holds } from '../lib/waits.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

let product: Product;
let browser: Browser;
const faults: string[][] = [];

const windowOf = (login: Login, look: Look & { at?: string } = {}): Promise<Page> => windowFor({ browser, product, faults }, login, look);

before(async () => {
  if (skip) return;
  product = await startProduct();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await product?.close();
  assert.deepEqual(faults.flat(), [], 'errors in a window');
});

void test(
  'an administrator carries a waiting Change out as an emergency, and somebody independent reviews it on a phone',
  { skip, timeout: 120_000 },
  async () => {
    const [owner, admin] = [product.as('owner'), product.as('admin')];
    const { body } = await api(product, admin, 'GET', '/changes?state=awaiting_approval');
    const waiting = (body.items as { number: string; requester: { name: string } }[]).find(({ requester }) => requester.name !== 'Olivia Owens')!;
    const page = await windowOf(admin, { at: `/changes/${waiting.number}` });
    await page.getByRole('button', { name: 'Emergency', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Carry out ${waiting.number} as an emergency?` });
    await dialog.getByText('What follows').waitFor();
    await isAccessible(page);
    await dialog.getByLabel('What the emergency is').fill('Too short');
    await dialog.getByRole('button', { name: 'Skip approvals now' }).click();
    await dialog.getByText('At least 20 characters.', { exact: true }).waitFor();
    await dialog.getByLabel('What the emergency is').fill('Customers cannot reach their servers');
    await dialog.getByLabel('Ticket').fill('INC-42');
    await dialog.getByRole('button', { name: 'Skip approvals now' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('To be reviewed').first().waitFor();
    const done = await ended(product, admin, waiting.number);
    assert.deepEqual([done.emergency, done.emergencyUse.ticket, done.approval.status], [true, 'INC-42', 'cancelled']);

    const phone = await windowOf(owner, { width: 360, height: 740, dark: true, at: '/emergencies' });
    await phone.getByText('Customers cannot reach their servers').first().waitFor();
    await phone.getByRole('button', { name: `Review ${waiting.number}` }).click();
    const review = phone.getByRole('dialog', { name: `Review ${waiting.number}` });
    await review.getByLabel('Justified', { exact: true }).click();
    await review.getByLabel('Comment').fill('It could not wait.');
    await isAccessible(phone);
    await review.getByRole('button', { name: 'Close review' }).click();
    await review.waitFor({ state: 'hidden' });
    await phone.getByText('Justified', { exact: true }).first().waitFor();
  },
);

void test('a developer asks for more rights for an hour, is given less, uses them, and gives them back', { skip, timeout: 120_000 }, async () => {
  const [admin, developer] = [product.as('admin'), product.as('developer')];
  const mayList = async (): Promise<number> => (await api(product, developer, 'GET', '/audit/entries')).status;
  assert.equal(await mayList(), 403);
  const page = await windowOf(developer, { at: '/settings/access-requests?permission=audit:read' });
  const dialog = page.getByRole('dialog', { name: 'Request access' });
  await holds(dialog.getByLabel('Or permission'), 'audit:read');
  await dialog.getByText('Everything', { exact: true }).first().click();
  await dialog.getByLabel('Reason').fill('Looking for last night’s change');
  await isAccessible(page);
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Looking for last night’s change').waitFor();
  assert.equal(await mayList(), 403);

  const other = await windowOf(admin, { at: '/settings/access-requests?whose=others' });
  await other.getByRole('button', { name: /^Approve / }).click();
  const approve = other.getByRole('dialog');
  await approve.getByLabel('For how long').click();
  await other.getByRole('option', { name: '30 min' }).click();
  await isAccessible(other);
  await approve.getByRole('button', { name: 'Approve', exact: true }).click();
  await approve.waitFor({ state: 'hidden' });
  assert.equal(await mayList(), 200);

  await page.reload();
  await page.getByRole('button', { name: /^End / }).click();
  const end = page.getByRole('dialog');
  await end.getByRole('button', { name: 'End now', exact: true }).click();
  await end.waitFor({ state: 'hidden' });
  assert.equal(await mayList(), 403);
  await heading(page, 'Access requests').waitFor();
});
