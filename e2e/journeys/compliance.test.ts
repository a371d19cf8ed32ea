import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { api } from '../lib/api.ts';
import { chromiumIsThere, heading, isAccessible, openBrowser, openWindow, settles, signIn } from '../lib/browser.ts';
import { lookAround } from '../lib/looks.ts';
import { approvedByColleague, pick } from '../lib/review.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

let product: Product;
let browser: Browser;
let page: Page;
let faults: string[];
let [owner, approver]: Login[] = [];

before(async () => {
  if (skip) return;
  product = await startProduct();
  [owner, approver] = [product.as('owner'), product.as('approver')];
  browser = await openBrowser();
  ({ page, faults } = await openWindow(browser));
  await signIn(page, product, owner);
});
after(async () => {
  await browser?.close();
  await product?.close();
  assert.deepEqual(faults ?? [], []);
});

const queue = () => page.getByRole('region', { name: 'Approval queue' });

void test(
  'governance 90: Given the compliance dashboard, when a request is approved elsewhere, then the queue widget updates without reload.',
  { skip, timeout: 120_000 },
  async () => {
    await page.goto(`${product.url}/compliance`);
    await heading(page, 'Compliance').waitFor();
    const link = queue().getByRole('link');
    await link.waitFor();
    const count = Number(
      await settles(
        () => link.textContent(),
        (text) => Number(text) > 0,
        'the demo has requests that wait',
      ),
    );
    await page.evaluate(() => void ((window as { stays?: boolean }).stays = true));
    const waiting = (await api(product, approver!, 'GET', '/changes?waitingForMe=true')).body.items as { id: string }[];
    const { body: seen } = await api(product, approver!, 'GET', `/changes/${waiting[0]!.id}`);
    assert.equal((await api(product, approver!, 'POST', `/changes/${waiting[0]!.id}/approve`, { planHash: seen.planHash })).status, 200);
    await queue().getByRole('link', { name: new RegExp(`^${count - 1} request`) }).waitFor(); // prettier-ignore
    assert.equal(await page.evaluate(() => (window as { stays?: boolean }).stays), true, 'the page was loaded again');
    await isAccessible(page);
    await lookAround(page, 'compliance');
  },
);

void test(
  'governance 89: Given the users page, when a role is changed by dropdown, then the API is called once, the row updates, and the Audit widget shows it.',
  { skip, timeout: 120_000 },
  async () => {
    await page.goto(`${product.url}/settings/team`);
    const row = page.getByRole('table', { name: 'Members' }).getByRole('row').filter({ hasText: 'Vera Lind' });
    await row.filter({ hasText: 'Viewer' }).click();
    const drawer = page.getByRole('dialog').filter({ hasText: 'Roles and what they reach' });
    await drawer.getByRole('button', { name: 'Change main role' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change the main role of Vera Lind' });
    const calls: string[] = [];
    page.on('request', (sent) => void (sent.method() !== 'GET' && !sent.url().includes('dryRun=true') && calls.push(`${sent.method()} ${new URL(sent.url()).pathname}`))); // prettier-ignore
    await pick(dialog, 'Role', 'Member');
    await approvedByColleague(dialog, product, owner!, approver!);
    assert.equal(calls.filter((call) => /grants|members|users/.test(call)).length, 1, calls.join('\n'));
    await page.keyboard.press('Escape');
    await row.filter({ hasText: 'Member' }).waitFor();
    await page.goto(`${product.url}/compliance?tab=trail&operation=members.setRole`);
    await page.getByRole('table', { name: 'Audit entries' }).locator('tbody tr[data-index]').filter({ hasText: 'members.setRole' }).first().waitFor();
    await isAccessible(page);
    await lookAround(page, 'compliance-timeline');
  },
);

void test('a report is made on the page, fetched, and proven without the server', { skip, timeout: 120_000 }, async () => {
  await page.goto(`${product.url}/compliance?tab=reports`);
  await page.getByRole('button', { name: 'Make report' }).click();
  const item = page.getByRole('listitem').filter({ hasText: 'Production changes' });
  const [download] = await Promise.all([page.waitForEvent('download'), item.getByRole('link', { name: /^Download/ }).click()]);
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-report-'));
  try {
    const [file, manifest, keys] = ['report.csv', 'manifest.json', 'keys.json'].map((name) => join(folder, name)) as [string, string, string];
    await download.saveAs(file);
    assert.match(readFileSync(file, 'utf8'), /^time,change,user,email,/);
    const { items } = (await api(product, owner!, 'GET', '/reports')).body as { items: { id: string }[] };
    writeFileSync(manifest, JSON.stringify((await api(product, owner!, 'GET', `/reports/${items[0]!.id}`)).body));
    writeFileSync(keys, await (await fetch(`${product.url}/.well-known/switchyard-audit-keys.json`)).text());
    const prove = () => spawnSync(process.execPath, [fileURLToPath(new URL('../../scripts/verify-report.mjs', import.meta.url)), file, manifest, '--keys', keys], { encoding: 'utf8' }); // prettier-ignore
    const proven = prove();
    assert.equal(proven.status, 0, proven.stdout + proven.stderr);
    assert.match(proven.stdout, /^production-changes from .* rows, as signed\n$/);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\r\n`);
    assert.match(prove().stdout, /not the one/);
  } finally {
    rmSync(folder, { recursive: true });
  }
  await isAccessible(page);
  await lookAround(page, 'compliance-reports');
});
