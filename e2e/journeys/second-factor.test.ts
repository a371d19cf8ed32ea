import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { startTwilio } from '../fakes/twilio.ts';
import { api, governed } from '../lib/api.ts';
import { deviceWithPasskeys, type AuthenticatorApp } from '../lib/authenticator.ts';
import { codeField, codesAreSaved, downloadCodes, phoneAt, setUpApp, type Phone } from '../lib/enrolment.ts';
import { byHand, chromiumIsThere, enterPassword, heading, isAccessible, leave, onDashboard, openBrowser, openWindow, press } from '../lib/browser.ts';
import { lookAround } from '../lib/looks.ts';
import { openMailbox, type Mailbox } from '../lib/mailbox.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

let product: Product;
let mailbox: Mailbox;
let twilio: Awaited<ReturnType<typeof startTwilio>>;
let phone: Phone;
let browser: Browser;
const faults: string[][] = [];

before(async () => {
  if (skip) return;
  [mailbox, twilio] = await Promise.all([openMailbox(), startTwilio()]);
  phone = phoneAt(twilio, '+491701234567');
  product = await startProduct({ SMTP_URL: mailbox.url, SWITCHYARD_SMS_URL: twilio.url });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await product?.close();
  await Promise.all([mailbox?.close(), twilio?.close()]);
  assert.deepEqual(faults.flat(), [], 'errors in a window');
});

async function newWindow(): Promise<{ context: BrowserContext; page: Page }> {
  const opened = await openWindow(browser);
  faults.push(opened.faults);
  return opened;
}
const statusOf = async (page: Page): Promise<number> => (await byHand(page, 'GET', '/me')).status;

/** A new window in which the password was right and the second factor is asked for. */
async function asked(login: Login): Promise<Page> {
  const { page } = await newWindow();
  await enterPassword(page, product, login);
  await heading(page, 'One more proof').waitFor();
  assert.equal(await statusOf(page), 401, 'there is no session before the second factor');
  return page;
}

/** Types a code until that is seen: a server that has no time at that moment says so, and takes the same code again. */
async function typedUntil(page: Page, code: string, seen: Locator): Promise<void> {
  for (let times = 0; times < 5; times += 1) {
    // The page may leave the field at any moment, and takes nothing while it still waits for an answer.
    for (const typed of ['', code]) await codeField(page).fill(typed, { timeout: 5_000 }).catch(() => undefined); // prettier-ignore
    if (await seen.waitFor({ timeout: 15_000 }).then(() => true, () => false)) return; // prettier-ignore
  }
  await seen.waitFor();
}

let aldo: Page;

void test('a phone number is confirmed by a text', { skip, timeout: 180_000 }, async () => {
  ({ page: aldo } = await newWindow());
  const page = aldo;
  await enterPassword(page, product, product.as('auditor'));
  await onDashboard(page);
  await page.goto(`${product.url}/settings/security/mfa`);
  await press(page, 'Add a number');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Phone number').fill('0170 1234567');
  await dialog.getByRole('button', { name: 'Send a code' }).click();
  await dialog.getByText('Enter the number in international form').waitFor();
  await dialog.getByLabel('Phone number').fill('+49 170 123 45 67');
  await dialog.getByRole('button', { name: 'Send a code' }).click();
  const code = await phone.code(page);
  await isAccessible(page);
  await codeField(page).fill(code === '000000' ? '111111' : '000000');
  await dialog.getByText('This is not the code of the text').first().waitFor();
  await codeField(page).fill(code);
  await page.getByText('Phone number confirmed').first().waitFor();
});

let dana: Login;
let app: AuthenticatorApp;
let codes: string[];

void test(
  'platform 28: Given TOTP setup, when verified, then ten backup codes are shown once and never again',
  { skip, timeout: 180_000 },
  async () => {
    dana = product.as('developer');
    const { context, page } = await newWindow();
    await enterPassword(page, product, dana);
    await onDashboard(page);
    await page.goto(`${product.url}/settings/security/mfa`);
    await press(page, 'Set up');
    ({ app, codes } = await setUpApp(page));
    await page.getByText('10 codes are left.').waitFor();
    await mailbox.read(dana.email, /^A second factor was added/);
    await page.reload();
    await page.getByText('10 codes are left.').waitFor();
    const everything = await page.content();
    assert.deepEqual(codes.filter((code) => everything.includes(code)), []); // prettier-ignore
    await isAccessible(page);
    await context.close();
  },
);

void test(
  'platform 29: Given a TOTP code used once, when used again, then it is refused; a fresh one signs in, a wrong one says so',
  { skip, timeout: 120_000 },
  async () => {
    const page = await asked(dana);
    await lookAround(page, 'mfa-challenge');
    await typedUntil(page, app.lastCode(), page.getByText(/^That is not right\. 4 tries are left\.$/));
    await typedUntil(page, app.wrong(), page.getByText(/^That is not right\. 3 tries are left\.$/));
    await isAccessible(page);
    await codeField(page).fill(await app.code());
    await onDashboard(page);
    await page.context().close();
  },
);

void test(
  'platform 31: Given five wrong codes on a challenge, when the right one follows, then the sign-in has run out',
  { skip, timeout: 120_000 },
  async () => {
    const page = await asked(dana);
    const words = ['4 tries are left', '3 tries are left', '2 tries are left', 'One try is left', '0 tries are left|run out'];
    for (const place of words.keys()) await typedUntil(page, app.wrong(), page.getByText(new RegExp(words.slice(place).join('|'))).first());
    await typedUntil(page, await app.code(), heading(page, 'This sign-in has run out'));
    await isAccessible(page);
    assert.equal(await statusOf(page), 401);
    await page.getByRole('link', { name: 'Back to sign-in' }).click();
    await heading(page, 'Sign in to Switchyard').waitFor();
    await page.context().close();
  },
);

void test('texts to the confirmed number become a second factor, and backup codes come with it', { skip, timeout: 180_000 }, async () => {
  const page = aldo;
  await phone.rests(product);
  await press(page, 'Use for signing in');
  await page.getByRole('dialog').getByRole('button', { name: 'Send a code' }).click();
  await codeField(page).fill(await phone.code(page));
  const kept = page.getByRole('dialog', { name: 'Keep your backup codes' });
  await downloadCodes(page, kept);
  await codesAreSaved(kept);
  await isAccessible(page);
  await page.context().close();
});

void test(
  'a backup code signs in once; a trusted device is not asked again, another one is, and what weighs asks it all the same',
  { skip, timeout: 180_000 },
  async () => {
    const page = await asked(dana);
    await press(page, 'Backup code');
    // As people write it down.
    await page.getByRole('textbox', { name: 'Backup code' }).fill(codes[0]!.toLowerCase());
    await page.getByRole('checkbox', { name: /^Do not ask for this on this device/ }).click();
    await isAccessible(page);
    await press(page, 'Sign in');
    await onDashboard(page);
    await page.goto(`${product.url}/settings/security/mfa`);
    await page.getByText('9 codes are left.').waitFor();

    const elsewhere = await asked(dana);
    await press(elsewhere, 'Backup code');
    await elsewhere.getByRole('textbox', { name: 'Backup code' }).fill(codes[0]!);
    await press(elsewhere, 'Sign in');
    await elsewhere.getByText(/^That is not right/).waitFor();
    await elsewhere.context().close();

    await leave(page, product);
    await enterPassword(page, product, dana);
    await onDashboard(page);
    await page.goto(`${product.url}/settings/security/mfa`);
    await press(page, 'Make new codes');
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Make new codes' }).click();
    const question = page.getByRole('dialog', { name: 'Is it still you?' });
    await question.waitFor();
    await lookAround(page, 'step-up');
    await codeField(page).fill(app.wrong());
    await question.getByText(/^That is not right/).waitFor();
    await codeField(page).fill(await app.code());
    await question.waitFor({ state: 'hidden' });
    const dialog = page.getByRole('dialog', { name: 'Keep your backup codes' });
    const fresh = await downloadCodes(page, dialog);
    await isAccessible(page);
    assert.deepEqual(fresh.filter((code) => codes.includes(code)), []); // prettier-ignore
    await codesAreSaved(dialog);
    await page.getByText('10 codes are left.').waitFor();

    await press(page, 'Turn off');
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Turn off' }).click();
    await page.getByText('The authenticator app is off').first().waitFor();
    await mailbox.read(dana.email, /^A second factor was removed/);
    await page.context().close();
    const plain = await newWindow();
    await enterPassword(plain.page, product, dana);
    await onDashboard(plain.page);
    await plain.context.close();
  },
);

void test(
  'platform 37: Given a passkey with user verification, when signing in, then no further factor is asked, by suggestion or button; after a password it is the second factor',
  { skip, timeout: 180_000 },
  async () => {
    const adam = product.as('admin');
    const { context, page } = await newWindow();
    const device = await deviceWithPasskeys(page);
    await enterPassword(page, product, adam);
    await onDashboard(page);
    await page.goto(`${product.url}/settings/security`);
    await press(page, 'Add a passkey');
    const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
    await dialog.getByLabel('Name').fill('work laptop');
    await isAccessible(page);
    await dialog.getByRole('button', { name: 'Add a passkey' }).click();
    const kept = page.getByRole('dialog', { name: 'Keep your backup codes' });
    await downloadCodes(page, kept);
    await codesAreSaved(kept);
    await page.getByRole('list', { name: 'Passkeys' }).getByText('work laptop').waitFor();
    assert.deepEqual((await device.passkeys()).map(({ rpId, isResidentCredential }) => [rpId, isResidentCredential]), [['localhost', true]]); // prettier-ignore
    await isAccessible(page);

    // The address field suggests the passkey; this device takes the suggestion by itself.
    await leave(page, product);
    await page.goto(`${product.url}/login`);
    await onDashboard(page);
    const { body } = await byHand(page, 'GET', '/auth/session');
    assert.deepEqual([JSON.parse(body).user.email, JSON.parse(body).level], [adam.email, 2]);

    // A browser that suggests none has the button.
    await page.addInitScript(() => {
      if ('PublicKeyCredential' in globalThis) PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
    });
    await leave(page, product);
    await page.goto(`${product.url}/login`);
    await press(page, 'Sign in with a passkey');
    await onDashboard(page);

    await leave(page, product);
    await enterPassword(page, product, adam);
    await heading(page, 'One more proof').waitFor();
    await isAccessible(page);
    await press(page, 'Use the passkey');
    await onDashboard(page);
    await context.close();
  },
);

void test('a text signs in whoever has no better factor', { skip, timeout: 180_000 }, async () => {
  await phone.rests(product);
  const page = await asked(product.as('auditor'));
  await press(page, 'Send the message');
  const code = await phone.code(page);
  await isAccessible(page);
  await codeField(page).fill(code);
  await onDashboard(page);
  await page.context().close();
});

void test('whose role demands a second factor can do nothing but set one up; then everything is open', { skip, timeout: 180_000 }, async () => {
  const [owner, approver, viewer] = [product.as('owner'), product.as('approver'), product.as('viewer')];
  const { context, page } = await newWindow();
  await enterPassword(page, product, viewer);
  await onDashboard(page);
  const wish = { key: 'careful', name: 'Careful', description: '', level: 80, maxRisk: 'read', patterns: ['servers:read'], requiresMfa: true };
  const role = await governed(product, owner, approver, 'POST', '/roles', wish);
  const { body: members } = await api(product, owner, 'GET', '/members?search=vera');
  const grant = { subjectId: members.items[0].id, roleId: role.id, scope: { all: true }, reason: 'Reads production' };
  await governed(product, owner, approver, 'POST', '/grants', grant);
  const refusal = async (): Promise<unknown[]> => {
    const { status, body } = await byHand(page, 'GET', '/servers');
    return [status, /mfa-enrolment-required/.test(body)];
  };
  // Who calls is remembered for some seconds.
  for (let tries = 0; tries < 100 && (await refusal())[0] === 200; tries += 1) await new Promise((done) => setTimeout(done, 100));
  assert.deepEqual(await refusal(), [403, true]);
  await page.goto(`${product.url}/infrastructure/servers`);
  await heading(page, 'Second factor').waitFor();
  await page.getByText('Your organisation demands a second factor. Set one up now').waitFor();
  await isAccessible(page);
  await press(page, 'Set up');
  await setUpApp(page);
  await page.getByText('Your second factor is set up; everything is open again.').waitFor();
  await page.getByRole('link', { name: 'Go on' }).click();
  await onDashboard(page);
  assert.equal((await byHand(page, 'GET', '/servers')).status, 200);
  await context.close();
});
