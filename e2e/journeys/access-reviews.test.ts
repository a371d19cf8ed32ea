import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { api, governed } from '../lib/api.ts';
import { chromiumIsThere, heading, isAccessible, type Look, openBrowser, windowFor } from '../lib/browser.ts';
import { byTheClock, timePasses } from '../lib/clock.ts';
import { lookAround } from '../lib/looks.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';
/** What the clock does, it does within a minute. */
const BY_THE_CLOCK = 100_000;

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
  'an owner has all rights looked at again; an administrator keeps some at once and takes one away, which somebody agrees to, and nobody looks at their own',
  { skip, timeout: 300_000 },
  async () => {
    const [owner, admin, approver] = [product.as('owner'), product.as('admin'), product.as('approver')];
    // Whoever has one role only keeps it, by hand as here: she has two.
    const { body: people } = await api(product, owner, 'GET', '/members?search=vera');
    const { body: roles } = await api(product, owner, 'GET', '/roles?limit=200');
    const support = (roles.items as { id: string; key: string }[]).find(({ key }) => key === 'support')!;
    await governed(product, owner, approver, 'POST', '/grants', { subjectId: people.items[0].id, roleId: support.id, scope: { all: true }, reason: 'Helped out' });
    const page = await windowOf(owner, { at: '/settings/access-reviews' });
    await heading(page, 'Access reviews').waitFor();
    await page.getByText('No reviews').waitFor();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'Begin review' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Before the audit');
    await dialog.getByLabel('Administrators', { exact: true }).click();
    await dialog.getByText('Nobody has to agree').waitFor();
    await isAccessible(page);
    await dialog.getByRole('button', { name: 'Begin review' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await heading(page, 'Before the audit').waitFor();
    const holdings = page.getByRole('list', { name: 'Holdings' });
    await holdings.getByText('Vera Lind').first().waitFor();
    // One's own is there to be seen, and not to be decided on.
    assert.equal(await page.getByRole('button', { name: 'Keep Owner of Olivia Owens' }).count(), 0);
    await lookAround(page, 'access-review');

    const other = await windowOf(admin, { at: '/settings/access-reviews' });
    await other.getByRole('button', { name: 'Open Before the audit' }).click();
    await other.getByRole('checkbox', { name: 'Choose all that are open' }).click();
    await other.getByRole('checkbox', { name: 'Support of Vera Lind' }).click();
    await other.getByRole('button', { name: 'Keep chosen' }).click();
    const keep = other.getByRole('dialog');
    await keep.getByLabel('Comment').fill('Looked at together');
    await isAccessible(other);
    await keep.getByRole('button', { name: 'Keep', exact: true }).click();
    await keep.waitFor({ state: 'hidden' });
    await other.getByRole('button', { name: 'Take away Support of Vera Lind' }).click();
    const take = other.getByRole('dialog', { name: 'Take it away?' });
    await take.getByText('carried out within a minute').waitFor();
    await take.getByLabel('Comment').fill('She has moved on');
    await take.getByRole('button', { name: 'Take away', exact: true }).click();
    await take.waitFor({ state: 'hidden' });

    // The act is a Change like any other, and waits for an approval like any other.
    const all = other.getByRole('button', { name: 'Waits for me' });
    if ((await all.getAttribute('aria-pressed')) === 'true') await all.click();
    const change = other.getByRole('link', { name: /^CHG-\d+$/ });
    await byTheClock(product, 'access-reviews', change.waitFor({ timeout: BY_THE_CLOCK }));
    const number = (await change.textContent())!;
    const { body: seen } = await api(product, approver, 'GET', `/changes/${number}`);
    assert.deepEqual([seen.operation, seen.requester.name], ['grants.revoke', 'Adam Ito']);
    assert.match(seen.comment, /Before the audit.*She has moved on/);
    assert.equal((await api(product, approver, 'POST', `/changes/${seen.id}/approve`, { planHash: seen.planHash })).status, 200);
    await byTheClock(product, 'access-reviews', other.getByText('Taken', { exact: true }).first().waitFor({ timeout: BY_THE_CLOCK }));
    const { body: grants } = await api(product, admin, 'GET', '/grants?limit=200');
    assert.equal((grants.items as { subject: { name: string } }[]).filter(({ subject }) => subject.name === 'Vera Lind').length, 1);

    const phone = await windowOf(owner, { width: 360, height: 740, dark: true, at: '/settings/access-reviews' });
    await phone.getByText(/\d+ of \d+ answered/).first().waitFor();
    await isAccessible(phone);
    await lookAround(page, 'access-review-done');
  },
); // prettier-ignore

void test('an administrator has a report made by the clock, and an auditor is told and finds it', { skip, timeout: 300_000 }, async () => {
  const [admin, auditor] = [product.as('admin'), product.as('auditor')];
  const page = await windowOf(admin, { at: '/compliance?tab=reports' });
  await page.getByRole('button', { name: 'New schedule' }).click();
  const dialog = page.getByRole('dialog', { name: 'New schedule' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Exposure of the day');
  await dialog.getByLabel('Kind').click();
  await page.getByRole('option', { name: 'Risk exposure' }).click();
  await dialog.getByLabel('How often').click();
  await page.getByRole('option', { name: 'Every day' }).click();
  await dialog.getByLabel('At', { exact: true }).fill(new Date(Date.now() + 120_000).toISOString().slice(11, 16));
  await dialog.getByLabel('Time zone').fill('UTC');
  await dialog.getByLabel('Recipients').click();
  await page.getByRole('option', { name: /Aldo Conti/ }).click();
  await page.keyboard.press('Escape');
  await dialog.getByText('Nobody has to agree').waitFor();
  await isAccessible(page);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('with the rights of Adam Ito').waitFor();
  // Its time has come.
  await timePasses(product, `update report_schedules set next_at = now() - interval '1 s' where name = 'Exposure of the day'`);
  await byTheClock(product, 'report-schedules', page.getByText('Made', { exact: true }).waitFor({ timeout: BY_THE_CLOCK }));
  await lookAround(page, 'report-schedules');
  await page.getByRole('button', { name: 'History of Exposure of the day' }).click();
  await page.getByRole('dialog').getByText('1 told').waitFor();
  const other = await windowOf(auditor, { at: '/notifications' });
  await other.getByText('Exposure of the day').first().waitFor({ timeout: BY_THE_CLOCK });
  await other.goto(`${product.url}/compliance?tab=reports`);
  await other.getByRole('listitem').filter({ hasText: 'Risk exposure' }).first().waitFor();
  assert.equal(
    (await api(product, auditor, 'POST', '/report-schedules', { name: 'x', kind: 'trends', covers: 'week', cron: '0 6 * * 1' })).status,
    403,
  );
});
