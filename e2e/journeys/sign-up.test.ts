import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { approveIn, fillSignup, inviteTo, joinAsNewcomer, openLink, PIXEL, type Person } from '../lib/accounts.ts';
import { pressByKey, tabTo } from '../lib/keyboard.ts';
import { byHand, chromiumIsThere, enterPassword, heading, isAccessible, onDashboard, openBrowser, openWindow, press } from '../lib/browser.ts';
import { lookAround } from '../lib/looks.ts';
import { codeIn, linkIn, openMailbox, type Mailbox } from '../lib/mailbox.ts';
import { startProduct, type Product } from '../lib/product.ts';
import { counts, holds } from '../lib/waits.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';
const nora: Person = { name: 'Nora Lindqvist', email: 'nora@north.test', password: 'harbour lantern seven' };
const vic: Person = { name: 'Vic Castellan', email: 'vic@north.test', password: 'orchard violet gravel' };
const ava: Person = { name: 'Ava Brandt', email: 'ava@north.test', password: 'copper meadow thimble' };
const kit: Person = { name: 'Kit Okafor', email: 'kit@south.test', password: 'window pebble saffron' };

let product: Product;
let mailbox: Mailbox;
let browser: Browser;
const faults: string[][] = [];
/** One window for each person, kept through the journey. */
const windows = new Map<Person, { context: BrowserContext; page: Page }>();

before(async () => {
  if (skip) return;
  mailbox = await openMailbox();
  product = await startProduct({ SMTP_URL: mailbox.url });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await product?.close();
  await mailbox?.close();
  assert.deepEqual(faults.flat(), [], 'errors in a window');
});

async function windowOf(person: Person): Promise<{ context: BrowserContext; page: Page }> {
  const known = windows.get(person);
  if (known) return known;
  const opened = await openWindow(browser);
  faults.push(opened.faults);
  windows.set(person, opened);
  return opened;
}

void test('platform 1: Given a new address, when signing up, then a mail with link and code comes and there is no session', { skip }, async () => {
  const { page } = await windowOf(nora);
  await page.goto(`${product.url}/login`);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await heading(page, 'Create your account').waitFor();
  await page.getByLabel('Your name').fill(nora.name);
  await press(page, 'Create account');
  await page.getByText('Enter your email address.').waitFor();
  await isAccessible(page);
  await fillSignup(page, { ...nora, password: 'too short 1' });
  await page.getByText('Use at least 12 characters.').waitFor();
  await fillSignup(page, nora);
  await heading(page, 'Confirm your address').waitFor();
  await isAccessible(page);
  assert.equal((await byHand(page, 'GET', '/me')).status, 401);
});

void test(
  'whoever signed up is in by the link of the mail, and from there to a dashboard: name, plan, logo, team, cloud',
  { skip, timeout: 180_000 },
  async () => {
    const { context } = await windowOf(nora);
    const page = await openLink(context, mailbox, nora.email, /^Confirm your address/);
    windows.set(nora, { context, page });

    await heading(page, 'What is your organisation called?').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Acme');
    await page.getByText('acme is taken').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('North Exchange');
    await page.getByText('north-exchange is free').waitFor();
    await lookAround(page, 'onboarding-name');
    await press(page, 'Continue');

    await heading(page, 'Which plan fits?').waitFor();
    await page.getByRole('radio', { name: /Enterprise/ }).click();
    await lookAround(page, 'onboarding-plan');
    await press(page, 'Create organisation');

    await heading(page, 'Give it a face').waitFor();
    await page.getByLabel('Choose a logo').last().setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: PIXEL });
    await page.getByAltText('The chosen logo').waitFor();
    await lookAround(page, 'onboarding-logo');
    await press(page, 'Use this logo');

    await heading(page, 'Bring your team').waitFor();
    await page.getByLabel('Email addresses').fill(`${ava.email}, not-an-address`);
    await press(page, /^Send \d invitation/);
    await page.getByText('Not email addresses: not-an-address').waitFor();
    await inviteTo(page, ava.email, /^Approver/);
    await press(page, 'Back');
    await inviteTo(page, vic.email, /^Viewer/);
    await press(page, 'Continue');

    await heading(page, 'Connect your first cloud').waitFor();
    await lookAround(page, 'onboarding-cloud');
    await press(page, 'Connect a cloud');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Simulated/ }).click();
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByLabel('Name').fill('lab-cloud');
    await isAccessible(page);
    await dialog.getByRole('button', { name: /Check/ }).click();
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('1 cloud is connected').waitFor();
    await isAccessible(page);
    await press(page, 'Go to the dashboard');
    await onDashboard(page);
    await isAccessible(page);
    await page.getByText('North Exchange').first().waitFor();
    await page.getByText('lab-cloud').first().waitFor();
  },
);

void test(
  'the invited come in from the mail, in windows of their own, and see and may only what their role allows',
  { skip, timeout: 180_000 },
  async () => {
    for (const person of [ava, vic]) {
      const { context } = await windowOf(person);
      const page = await openLink(context, mailbox, person.email, /^Nora Lindqvist invites you to North Exchange/);
      windows.set(person, { context, page });
      await joinAsNewcomer(page, product, person, 'North Exchange', person === ava ? 'Approver' : 'Viewer');
    }
    const { page } = await windowOf(vic);
    await page.getByText('North Exchange').first().waitFor();
    await page.getByRole('link', { name: 'Servers' }).first().click();
    await heading(page, 'Servers').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Audit' }).count(), 0, 'a viewer reads no audit trail');
    assert.equal(await page.getByRole('link', { name: 'New server' }).count(), 0, 'a viewer makes no servers');
    await page.goto(`${product.url}/audit`);
    await page.getByText('permission-denied').waitFor();
    await isAccessible(page);
    for (const path of ['/servers', '/grants']) assert.deepEqual([path, (await byHand(page, 'POST', path, {})).status], [path, 403]);
    assert.equal((await byHand(page, 'GET', '/audit/entries')).status, 403);
  },
);

void test('platform 72: Given a role change, when the holder calls 1 s later, then the new rights apply', { skip, timeout: 120_000 }, async () => {
  const [{ page: owner }, { page }] = [await windowOf(nora), await windowOf(vic)];
  const read = async (path: string) => JSON.parse((await byHand(owner, 'GET', path)).body);
  const me = await read('/me');
  const developer = (await read('/roles?limit=200')).items.find(({ key }: { key: string }) => key === 'developer');
  const member = (await read(`/tenants/${me.tenant.id}/users?search=vic`)).items[0];
  const asked = await byHand(owner, 'PATCH', `/tenants/${me.tenant.id}/users/${member.id}/role`, { roleId: developer.id });
  assert.equal(asked.status, 202, asked.body);
  assert.equal((await byHand(page, 'POST', '/servers', {})).status, 403, 'not before somebody else has agreed');
  await approveIn((await windowOf(ava)).page, product, JSON.parse(asked.body).change.number);
  await page.goto(`${product.url}/infrastructure/servers`);
  await page.getByRole('link', { name: 'New server' }).first().waitFor();
  assert.equal((await byHand(page, 'POST', '/servers', {})).status, 422);
  await mailbox.read(vic.email, /^Your role in North Exchange was changed$/);
});

void test(
  'platform 9: Given a reset link, when used, then every session ends, a mail tells it, the link is dead and the last passwords are refused',
  { skip, timeout: 120_000 },
  async () => {
    const { page: old } = await windowOf(vic);
    const { context, page } = await openWindow(browser);
    await page.goto(`${product.url}/login`);
    await page.getByLabel('Email address').fill(vic.email);
    await press(page, 'Continue');
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await heading(page, 'Forgot your password?').waitFor();
    await isAccessible(page);
    await press(page, 'Send the link');
    await heading(page, 'Look into your mail').waitFor();
    await isAccessible(page);

    const link = linkIn(await mailbox.read(vic.email, /^Set a new password/));
    const tab = await context.newPage();
    const choose = async (password: string, again = password): Promise<void> => {
      await tab.getByLabel('New password', { exact: true }).fill(password);
      await tab.getByLabel('The same once more').fill(again);
      await press(tab, 'Set the password');
    };
    await tab.goto(link.href);
    await heading(tab, 'Choose a new password').waitFor();
    await choose('marble kettle forty', 'marble kettle fifty');
    await tab.getByText('The two are not the same.').waitFor();
    await isAccessible(tab);
    await choose(vic.password);
    await tab.getByText(/one of (your|the) last/i).waitFor();
    vic.password = 'marble kettle forty';
    await choose(vic.password);
    await tab.getByText('Your new password is set and all other sessions have ended.').waitFor();
    await mailbox.read(vic.email, /^Your password at .* was changed$/);

    assert.equal((await byHand(old, 'GET', '/me')).status, 401);
    await old.goto(`${product.url}/infrastructure/servers`);
    await old.getByText('Your session has ended.').waitFor();
    const again = await context.newPage();
    await again.goto(link.href);
    await again.getByLabel('New password', { exact: true }).fill('granite parcel nine');
    await again.getByLabel('The same once more').fill('granite parcel nine');
    await press(again, 'Set the password');
    await again.getByText('link-invalid').waitFor();
    await enterPassword(old, product, vic);
    await onDashboard(old);
    await context.close();
  },
);

void test('platform 24: Given a password change, when done, then other sessions end and this one stays', { skip, timeout: 120_000 }, async () => {
  const { page } = await windowOf(vic);
  const other = await openWindow(browser);
  await enterPassword(other.page, product, vic);
  await onDashboard(other.page);
  await page.goto(`${product.url}/settings/security`);
  const sessions = page.getByRole('list', { name: 'Sessions' });
  await sessions.getByText('This session').waitFor();
  await counts(sessions.getByRole('listitem'), 2);
  await isAccessible(page);
  const change = async (current: string, next: string): Promise<void> => {
    await page.getByLabel('Current password').fill(current);
    await page.getByLabel('New password', { exact: true }).fill(next);
    await press(page, 'Change password');
  };
  await change('not the password', 'timber galaxy onion');
  await page.getByText('This is not your current password.').waitFor();
  await change(vic.password, 'timber galaxy onion');
  await page.getByText('Password changed').first().waitFor();
  vic.password = 'timber galaxy onion';
  await sessions.getByRole('listitem').nth(1).waitFor({ state: 'detached' });
  // Its page hears of it and leaves by itself, so the window is asked and not the page.
  assert.equal((await other.context.request.get(`${product.url}/api/v1/me`)).status(), 401);
  assert.equal((await byHand(page, 'GET', '/me')).status, 200);
  await other.context.close();
});

void test('another person is in by the six digits, makes an organisation and signs out, by keyboard alone', { skip, timeout: 180_000 }, async () => {
  const { page } = await windowOf(kit);
  const { keyboard } = page;
  await page.goto(`${product.url}/signup`);
  await heading(page, 'Create your account').waitFor();
  for (const text of [kit.name, kit.email, kit.password]) {
    await keyboard.type(text);
    if (text !== kit.password) await keyboard.press('Tab');
  }
  await keyboard.press('Enter');
  await heading(page, 'Confirm your address').waitFor();
  const code = codeIn(await mailbox.read(kit.email, /^Confirm your address/));
  await keyboard.type(code === '000000' ? '111111' : '000000');
  await page.getByRole('alert').first().waitFor();
  await isAccessible(page);
  await keyboard.type(code);
  await heading(page, 'What is your organisation called?').waitFor();
  await keyboard.type('South Net');
  await page.getByText('south-net is free').waitFor();
  await keyboard.press('Enter');
  await heading(page, 'Which plan fits?').waitFor();
  await tabTo(page, /^Business/);
  // Radix checks what an arrow went to while the key is still down, a task later: a page that stands still must not miss it.
  await keyboard.down('ArrowDown');
  await page.getByRole('radio', { name: /Enterprise/, checked: true }).waitFor();
  await keyboard.up('ArrowDown');
  await pressByKey(page, /^Create organisation$/);
  for (const step of ['Give it a face', 'Bring your team', 'Connect your first cloud']) {
    await heading(page, step).waitFor();
    await pressByKey(page, /^Skip for now$/);
  }
  await onDashboard(page);
  await pressByKey(page, /Kit Okafor/);
  await page.getByRole('menu').waitFor();
  await pressByKey(page, /^Sign out$/, 'ArrowDown');
  await heading(page, 'Sign in to Switchyard').waitFor();
  await holds(page.getByLabel('Email address'), kit.email); // nobody types an address twice
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await keyboard.type(kit.password);
  await keyboard.press('Enter');
  await onDashboard(page);
});

void test(
  'platform 12: Given five failures for one address, when the right password follows within 15 min, then `locked`',
  { skip, timeout: 120_000 },
  async () => {
    const { context, page } = await openWindow(browser);
    const answers: number[] = [];
    page.on('response', (response) => response.url().endsWith('/auth/login') && answers.push(response.status()));
    for (let tries = 0; tries < 5; tries += 1) {
      await enterPassword(page, product, { ...kit, password: `not the password ${tries}` });
      await page.getByRole('alert').first().waitFor();
    }
    await isAccessible(page);
    await enterPassword(page, product, kit);
    await page.getByText('locked', { exact: true }).waitFor();
    assert.deepEqual(answers, [401, 401, 401, 401, 401, 429]);
    assert.equal((await byHand(page, 'GET', '/me')).status, 401);
    await context.close();
  },
);
