import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { api } from '../lib/api.ts';
import { chromiumIsThere, heading, isAccessible, openBrowser, openWindow, signIn } from '../lib/browser.ts';
import { lookAround, lookOnce } from '../lib/looks.ts';
import { startProduct, type Product } from '../lib/product.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

let product: Product;
let browser: Browser;
let page: Page;
let faults: string[];
/** A place that takes whatever it is sent. */
let siem: Server;
let taken = '';

before(async () => {
  if (skip) return;
  siem = createServer((socket) => socket.on('error', () => undefined).on('data', (part) => (taken += part.toString())));
  siem.listen(0, '127.0.0.1');
  await once(siem, 'listening');
  product = await startProduct({ SWITCHYARD_ALLOW_PRIVATE_TARGETS: 'true' });
  browser = await openBrowser();
  const opened = await openWindow(browser);
  ({ page, faults } = opened);
  await signIn(page, product, product.as('owner'));
});
after(async () => {
  await browser?.close();
  await product?.close();
  siem?.close();
  assert.deepEqual(faults ?? [], []);
});

const rows = () => page.getByRole('table', { name: 'Audit entries' }).locator('tbody tr[data-index]');

void test('the older address of the log leads to it, and filters narrow it down', { skip, timeout: 120_000 }, async () => {
  for (let n = 0; n < 21; n++) assert.equal((await api(product, product.as('developer'), 'GET', '/audit/entries')).status, 403);
  await page.goto(`${product.url}/settings/audit-logs`);
  await heading(page, 'Audit').waitFor();
  assert.match(page.url(), /\/audit(\?|$)/);
  await rows().first().waitFor();
  await page.getByRole('button', { name: 'Severity', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Warning' }).click();
  await page.waitForURL(/severity=warning/);
  await rows().filter({ hasText: 'audit.list' }).first().waitFor();
  await page.getByRole('button', { name: 'More filters' }).click();
  await page.getByLabel('Words of the reason').fill('no such words at all');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('heading', { name: 'No entry matches' }).waitFor();
  await isAccessible(page);
  await page.getByRole('button', { name: /More filters/ }).click();
  await page.getByLabel('Words of the reason').fill('audit read');
  await page.getByRole('button', { name: 'Apply' }).click();
  await rows().filter({ hasText: 'audit.list' }).first().waitFor();
});

void test('the chain is verified from the page, and says how many entries hold', { skip, timeout: 120_000 }, async () => {
  await page.goto(`${product.url}/audit`);
  await page.getByRole('button', { name: 'Integrity' }).click();
  const dialog = page.getByRole('dialog', { name: 'Integrity' });
  await dialog.getByRole('button', { name: 'Verify the chain' }).click();
  await dialog.getByText(/^The chain holds: [\d,]+ entries are as they were written\.$/).waitFor();
  await isAccessible(page);
  await lookAround(page, 'audit-integrity');
});

void test('what the filters show is exported by a worker and fetched', { skip, timeout: 120_000 }, async () => {
  await page.goto(`${product.url}/audit?result=denied`);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Any number, as a file…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export audit entries' });
  await isAccessible(page);
  await dialog.getByRole('button', { name: 'Export' }).click();
  await dialog.getByText(/^\d+ entries are in the file\.$/).waitFor({ timeout: 30_000 });
  await lookAround(page, 'audit-export');
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('link', { name: 'Download' }).click()]);
  const text = await readFile(await download.path(), 'utf8');
  assert.match(text, /^time,actor,email,/);
  assert.match(text, /audit\.list,read,denied,permission,permission-denied/);
});

void test('a burst of refusals stands among the security events, and somebody takes it on', { skip, timeout: 120_000 }, async () => {
  await page.goto(`${product.url}/settings/security-events`);
  await heading(page, 'Security events').waitFor();
  const event = page.getByRole('button', { name: 'Many refused calls' });
  await event.waitFor();
  await isAccessible(page);
  await event.click();
  const drawer = page.getByRole('dialog', { name: 'Many refused calls' });
  await drawer.getByText('audit.list').waitFor();
  await isAccessible(page);
  await drawer.getByRole('button', { name: 'Say how it stands' }).click();
  const dialog = page.getByRole('dialog', { name: 'Say how it stands' });
  await dialog.getByText('denied-burst').waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await drawer.getByText('Acknowledged').waitFor();
  await page.goto(`${product.url}/settings/security-events?tab=rules`);
  await page.getByRole('list', { name: 'Rules' }).getByText('Session token used twice').waitFor();
  await isAccessible(page);
});

void test('the trail is sent to a SIEM as well: one that takes it is up to date, one that is gone is said so, and it can be paused', { skip, timeout: 120_000 }, async () => {
  const { port } = siem.address() as AddressInfo;
  await page.goto(`${product.url}/settings/audit-streams`);
  await heading(page, 'Audit streams').waitFor();
  await page.getByText('The trail goes nowhere else').waitFor();
  const make = async (name: string, address: string, kind?: string): Promise<void> => {
    await page.getByRole('main').getByRole('button', { name: 'New stream' }).first().click();
    const form = page.getByRole('dialog', { name: 'New stream' });
    await form.getByLabel('Name', { exact: true }).fill(name);
    if (kind) {
      await form.getByLabel('Kind', { exact: true }).click();
      await page.getByRole('option', { name: kind }).click();
    }
    await form.getByLabel('Address', { exact: true }).fill(address);
    await form.getByText('leave the installation', { exact: false }).waitFor();
    if (kind) await lookOnce(page, 'audit-stream-new');
    await form.getByRole('button', { name: 'Send the trail' }).click();
    await form.waitFor({ state: 'hidden' });
  };
  await make('SIEM in Frankfurt', `tcp://127.0.0.1:${port}`);
  const list = page.getByRole('list', { name: 'Audit streams' });
  const stream = (name: string) => list.getByRole('listitem').filter({ hasText: name });
  await stream('SIEM in Frankfurt').getByText('Active', { exact: true }).waitFor();
  await stream('SIEM in Frankfurt').getByText(/[1-9]\d* sent/).waitFor({ timeout: 30_000 });
  assert.match(taken, /^\d+ <1\d\d>1 .* switchyard - \S+ \[switchyard@32473 seq="/);

  // Nobody listens there any more.
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port: closed } = gone.address() as AddressInfo;
  gone.close();
  await make('Archive', `http://127.0.0.1:${closed}/trail`, 'Signed webhook');
  const secret = page.getByRole('dialog', { name: 'Secret of Archive' });
  const first = await secret.getByRole('group', { name: 'Signing secret' }).textContent();
  await secret.getByRole('button', { name: 'I have copied it' }).click();
  await stream('Archive').getByText('Does not arrive', { exact: true }).waitFor({ timeout: 30_000 });
  await lookAround(page, 'audit-streams');
  await page.getByRole('button', { name: 'Test: Archive' }).click();
  const testing = page.getByRole('dialog', { name: 'Test: Archive' });
  await testing.getByRole('button', { name: 'Send it' }).click();
  await testing.getByRole('status').filter({ hasText: /\w/ }).waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'New secret: Archive' }).click();
  await page.getByRole('dialog', { name: 'New secret: Archive' }).getByRole('button', { name: 'New secret', exact: true }).click();
  assert.notEqual(await secret.getByRole('group', { name: 'Signing secret' }).textContent(), first);
  await secret.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('button', { name: 'Pause: SIEM in Frankfurt' }).click();
  await page.getByRole('dialog', { name: 'Pause: SIEM in Frankfurt' }).getByRole('button', { name: 'Pause', exact: true }).click();
  await stream('SIEM in Frankfurt').getByText('Paused', { exact: true }).waitFor();
}); // prettier-ignore

void test('what one did is told in sentences by day', { skip, timeout: 120_000 }, async () => {
  await page.goto(`${product.url}/settings/activity`);
  await heading(page, 'Activity').waitFor();
  await page.getByText('Olivia Owens looked through the audit log.').first().waitFor(); // prettier-ignore
  await isAccessible(page);
});
