import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { startHook, verify, type Hook } from '../fakes/hook.ts';
import { api } from '../lib/api.ts';
import { chromiumIsThere, heading, openBrowser, openWindow, press, signIn } from '../lib/browser.ts';
import { lookAround } from '../lib/looks.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';
const EVENT = 'notificationChannel.created';

let product: Product;
let hook: Hook;
let browser: Browser;
let page: Page;
let owner: Login;
let faults: string[] = [];
let secret = '';
let channels = 0;

before(async () => {
  if (skip) return;
  hook = await startHook();
  product = await startProduct({ SWITCHYARD_ALLOW_PRIVATE_TARGETS: 'true' });
  owner = product.as('owner');
  browser = await openBrowser();
  const window = await openWindow(browser);
  ({ page, faults } = window);
  await signIn(page, product, owner);
});
after(async () => {
  await browser?.close();
  await product?.close();
  await hook?.close();
  assert.deepEqual(faults, [], 'errors in the window');
});

/** Something that the webhook hears of, done by somebody else than the window. */
async function happen(): Promise<void> {
  channels += 1;
  const body = { kind: 'slack-webhook', name: `#room-${channels}`, webhookUrl: `${hook.url}/slack-${channels}` };
  const { status, body: answer } = await api(product, owner, 'POST', '/notification-channels', body);
  assert.equal(status, 201, JSON.stringify(answer));
}
const dialog = (name: string | RegExp): Locator => page.getByRole('dialog', { name });
const row = (at = 0): Locator =>
  page
    .getByRole('table', { name: 'Deliveries' })
    .getByRole('row')
    .nth(at + 1);
/** Acts that stand in the menu of the page. */
async function choose(act: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: act }).click();
}

void test('a webhook is made: its address is judged while one types, its events come from the catalogue, its secret is shown once', { skip, timeout: 180_000 }, async () => {
  await page.goto(`${product.url}/settings/webhooks`);
  await heading(page, 'Webhooks').waitFor();
  await page.getByText('No webhooks yet').waitFor();
  await page.getByRole('main').getByRole('button', { name: 'New webhook' }).last().click();
  const form = dialog('New webhook');
  await form.getByLabel('Name', { exact: true }).fill('Incident desk');
  await form.getByLabel('Address', { exact: true }).fill('ftp://hooks.example.com');
  await form.getByText('Only https:// can receive events.').waitFor();
  await form.getByLabel('Address', { exact: true }).fill('http://169.254.169.254/latest');
  await form.getByText(/metadata address/).first().waitFor();
  await form.getByLabel('Address', { exact: true }).fill(hook.url);
  await form.getByText('may be used').waitFor();

  await form.getByLabel('Search events').fill('channel');
  const type = form.getByRole('checkbox', { name: new RegExp(`^${EVENT}`) });
  await type.waitFor();
  await type.focus();
  await page.keyboard.press('Space');
  await form.getByText('1 event chosen.').waitFor();
  await form.getByRole('checkbox', { name: 'notificationChannel.*' }).click();
  await form.getByText('3 events chosen.').waitFor();
  await form.getByRole('button', { name: 'Add a header' }).click();
  await form.getByLabel('Name of header 1').fill('X-Team');
  await form.getByLabel('Value of header 1').fill('core');
  await lookAround(page, 'webhook-new');
  await form.getByRole('button', { name: 'Create webhook' }).click();

  const shown = dialog('Secret of Incident desk');
  secret = (await shown.getByRole('group', { name: 'Signing secret' }).textContent())!.trim();
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  await lookAround(page, 'webhook-secret');
  await shown.getByRole('button', { name: 'I have copied it' }).click();
  await heading(page, 'Incident desk').waitFor();
  assert.equal((await page.content()).includes(secret), false, 'the secret is nowhere any more');
}); // prettier-ignore

void test(
  'nothing is sent before the receiver has proven itself; how it failed to is said where it was asked',
  { skip, timeout: 120_000 },
  async () => {
    await page.getByText('Nothing is sent before the receiver has answered a challenge').waitFor();
    const activate = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Activate' }).first().click();
      await dialog('Activate Incident desk').getByRole('button', { name: 'Activate' }).click();
    };
    await activate();
    await dialog('Activate Incident desk').getByText('webhook-unproven').waitFor();
    await lookAround(page, 'webhook-unproven');
    await page.keyboard.press('Escape');
    hook.proves = true;
    await activate();
    await page.getByText('Nothing is sent before the receiver has answered a challenge').waitFor({ state: 'hidden' });
    assert.equal(hook.heard.filter(({ type }) => type === 'webhook.challenge').length, 2);
    hook.heard.length = 0;
  },
);

void test('a test shows the answer, and what came is verified by the public library', { skip, timeout: 120_000 }, async () => {
  hook.answer = { status: 202, headers: { 'content-type': 'application/json' }, body: '{"taken":true}' };
  await press(page, 'Send a test');
  const testing = dialog('Test Incident desk');
  await testing.getByRole('button', { name: 'Send', exact: true }).click();
  await testing.getByText('HTTP 202').waitFor();
  await testing.getByText('x-receiver: journey').waitFor();
  await testing.getByText('"taken": true').waitFor();
  await lookAround(page, 'webhook-test');
  const heard = await hook.next('webhook.test');
  verify(secret, heard);
  assert.throws(() => verify(`whsec_${'A'.repeat(43)}=`, heard));
  assert.equal(heard.headers['x-team'], 'core');
  await page.keyboard.press('Escape');
  await testing.waitFor({ state: 'hidden' });
});

void test('what happens is delivered and shown without a reload; a failure is shown with both sides of each attempt, and sent again', { skip, timeout: 180_000 }, async () => {
  hook.answer = { status: 204 };
  const from = hook.heard.length;
  await happen();
  verify(secret, await hook.next(EVENT, from));
  await row().filter({ hasText: EVENT }).filter({ hasText: 'Delivered' }).waitFor();

  hook.answer = { status: 503, headers: { 'webhook-delivery': 'abort-message' }, body: 'closed for the night' };
  const failing = hook.heard.length;
  await happen();
  const failed = await hook.next(EVENT, failing);
  await row().filter({ hasText: 'Failed' }).filter({ hasText: 'HTTP 503' }).waitFor();
  await lookAround(page, 'webhook');
  await page.getByRole('button', { name: 'State', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Failed' }).click();
  await page.waitForURL(/state=failed/);
  await row().getByRole('link').or(row().getByRole('button')).or(row()).first().click();
  const detail = dialog(EVENT);
  await detail.getByText('closed for the night').waitFor();
  await detail.getByText('webhook-delivery: abort-message').waitFor();
  await detail.getByText(`webhook-id: ${failed.id}`).waitFor();
  await lookAround(page, 'webhook-delivery');

  hook.answer = { status: 200 };
  const since = hook.heard.length;
  await detail.getByRole('button', { name: 'Send again' }).click();
  const again = await hook.next(EVENT, since);
  assert.equal(again.id, failed.id, 'the same message');
  verify(secret, again);
  await detail.getByText('Attempt 2').waitFor();
  await detail.getByText('Delivered').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear State' }).or(page.getByRole('button', { name: /State.*clear|clear.*State/i })).first().click();
}); // prettier-ignore

void test('what failed in a span of time is replayed, with its progress', { skip, timeout: 180_000 }, async () => {
  hook.answer = { status: 500, headers: { 'webhook-delivery': 'abort-message' } };
  const from = hook.heard.length;
  await happen();
  await happen();
  await row(1).filter({ hasText: 'Failed' }).waitFor();
  const failed = hook.heard.slice(from).map(({ id }) => id);
  hook.answer = { status: 204 };
  const since = hook.heard.length;
  await choose(/^Replay/);
  const replay = dialog('Replay to Incident desk');
  await replay.getByText('Send 2 deliveries to Incident desk again').waitFor();
  await lookAround(page, 'webhook-replay');
  await replay.getByRole('button', { name: 'Replay', exact: true }).click();
  await page.getByText('Replayed: 2 of 2 deliveries are on their way').waitFor();
  await page.getByText('Failed', { exact: true }).first().waitFor({ state: 'hidden' });
  assert.deepEqual(hook.heard.slice(since).map(({ id }) => id).sort(), failed.sort()); // prettier-ignore
});

void test('a rotated secret signs beside the old one', { skip, timeout: 120_000 }, async () => {
  await choose('Rotate secret');
  await dialog('Rotate the secret of Incident desk').getByRole('button', { name: 'Rotate secret' }).click();
  const shown = dialog('Secret of Incident desk');
  const next = (await shown.getByRole('group', { name: 'Signing secret' }).textContent())!.trim();
  await shown.getByText(/The old secret signs too until .*2\d{3}/).waitFor();
  await shown.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByText(/The secret was rotated. The old one signs too until .*2\d{3}/).waitFor();
  const from = hook.heard.length;
  await happen();
  const heard = await hook.next(EVENT, from);
  verify(secret, heard);
  verify(next, heard);
  secret = next;
});

void test(
  'it is paused and goes on; a receiver that is gone disables it, and it says how to get going again',
  { skip, timeout: 180_000 },
  async () => {
    await press(page, 'Pause');
    await dialog('Pause Incident desk').getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText('What happens waits, for seven days at most.').waitFor();
    const held = hook.heard.length;
    await happen();
    await row().filter({ hasText: 'Waiting' }).waitFor();
    assert.equal(hook.heard.length, held, 'nothing is sent while it is paused');
    await page.getByRole('button', { name: 'Resume' }).first().click();
    await dialog('Resume Incident desk').getByRole('button', { name: 'Resume' }).click();
    await hook.next(EVENT, held);
    await row().filter({ hasText: 'Delivered' }).waitFor();

    hook.answer = { status: 410 };
    await happen();
    await page.getByText('Mend the receiver and send a test').waitFor();
    await lookAround(page, 'webhook-disabled');
    hook.answer = { status: 204 };
    await page.getByRole('button', { name: 'Activate' }).first().click();
    await dialog('Activate Incident desk').getByRole('button', { name: 'Activate' }).click();
    await page.getByText('Mend the receiver and send a test').waitFor({ state: 'hidden' });
    const from = hook.heard.length;
    await happen();
    verify(secret, await hook.next(EVENT, from));

    await page.goto(`${product.url}/settings/webhooks`);
    // Its row has a cell for narrow windows besides, so the row as a whole is looked at.
    const listed = page.getByRole('table', { name: 'Webhooks' }).getByRole('row').nth(1);
    await listed
      .filter({ hasText: 'Active' })
      .filter({ hasText: /of \d+ attempts/ })
      .waitFor();
    await lookAround(page, 'webhooks');
  },
);

void test('it is changed without its headers being written anew, and deleted by its name', { skip, timeout: 120_000 }, async () => {
  await page.getByRole('table', { name: 'Webhooks' }).getByRole('row').nth(1).click();
  await heading(page, 'Incident desk').waitFor();
  await choose('Edit');
  const edit = dialog('Edit Incident desk');
  await edit.getByLabel('Leave out', { exact: false }).fill('email');
  await edit.getByRole('button', { name: 'Save' }).click();
  await edit.waitFor({ state: 'hidden' });
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByText('X-Team').waitFor();
  await page.getByText('email', { exact: true }).waitFor();
  await lookAround(page, 'webhook-settings');
  await choose('Delete');
  const deletion = dialog('Delete Incident desk');
  await deletion.getByLabel(/Incident desk/).fill('Incident desk');
  await deletion.getByRole('button', { name: /^Delete$|Ask for approval/ }).click();
  await deletion.waitFor({ state: 'hidden' });
});
