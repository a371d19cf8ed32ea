import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { fillSignup, openLink, type Person } from '../lib/accounts.ts';
import { byHand, chromiumIsThere, enterPassword, heading, isAccessible, openBrowser, openWindow } from '../lib/browser.ts';
import { lookAround } from '../lib/looks.ts';
import { codeIn, linkIn, openMailbox, type Mailbox } from '../lib/mailbox.ts';
import { startProduct, type Product } from '../lib/product.ts';
import { holds } from '../lib/waits.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

const ola: Person = { name: 'Ola Hedlund', email: 'ola@west.test', password: 'gravel lantern meadow' };
const ida: Person = { name: 'Ida Falk', email: 'ida@west.test', password: 'kettle orchard ribbon' };

let product: Product;
let mailbox: Mailbox;
let browser: Browser;
const faults: string[][] = [];

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

async function newWindow(): Promise<{ context: BrowserContext; page: Page }> {
  const opened = await openWindow(browser);
  faults.push(opened.faults);
  return opened;
}

void test(
  'whoever confirms an address elsewhere chooses the password there; what a stranger signed up with never works',
  { skip, timeout: 120_000 },
  async () => {
    const stranger = await newWindow();
    const planted: Person = { name: 'Mallory', email: ola.email, password: 'chosen by a stranger' };
    await stranger.page.goto(`${product.url}/signup`);
    await fillSignup(stranger.page, planted);
    await heading(stranger.page, 'Confirm your address').waitFor();

    const { context } = await newWindow();
    const page = await openLink(context, mailbox, ola.email, /^Confirm your address/);
    await heading(page, 'Choose a password to finish').waitFor();
    assert.doesNotMatch(page.url(), /token/, 'the token is out of the address');
    assert.equal((await byHand(page, 'GET', '/me')).status, 401);
    await lookAround(page, 'verify-finish');
    await holds(page.getByLabel('Your name'), planted.name);
    // The password has the focus already.
    await page.keyboard.type('too short');
    await page.keyboard.press('Enter');
    await page.getByText('Use at least 12 characters.').waitFor();
    await isAccessible(page);
    await page.getByLabel('Your name').fill(ola.name);
    await page.getByLabel('Password', { exact: true }).fill(ola.password);
    await page.keyboard.press('Enter');
    await heading(page, 'Address confirmed').waitFor();
    await isAccessible(page);
    assert.equal((await byHand(page, 'GET', '/me')).status, 401, 'a mail alone signs nobody in elsewhere');

    await enterPassword(stranger.page, product, planted);
    await stranger.page.getByText('invalid-credentials').waitFor();
    assert.equal((await byHand(stranger.page, 'GET', '/me')).status, 401);
    await stranger.context.close();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await enterPassword(page, product, ola);
    await heading(page, 'What is your organisation called?').waitFor();
    assert.equal(JSON.parse((await byHand(page, 'GET', '/me')).body).actor.name, ola.name);
    await context.close();
  },
);

void test(
  'who opens the mail on a phone and goes back to the desk is in by the code, with the password of the sign-up',
  { skip, timeout: 120_000 },
  async () => {
    const [desk, phone] = [await newWindow(), await newWindow()];
    await desk.page.goto(`${product.url}/signup`);
    await fillSignup(desk.page, ida);
    await heading(desk.page, 'Confirm your address').waitFor();
    const mail = await mailbox.read(ida.email, /^Confirm your address/);
    await phone.page.goto(linkIn(mail).href);
    await heading(phone.page, 'Choose a password to finish').waitFor();

    await desk.page.keyboard.type(codeIn(mail));
    await heading(desk.page, 'What is your organisation called?').waitFor();
    // The page that was left on the phone is good for nothing any more, and leads on.
    await phone.page.getByLabel('Password', { exact: true }).fill('another one altogether');
    await phone.page.keyboard.press('Enter');
    await phone.page.getByText('link-invalid').waitFor();
    await isAccessible(phone.page);
    await phone.page.getByRole('button', { name: 'Have another mail sent' }).click();
    await heading(phone.page, 'Confirm your address').waitFor();
    await isAccessible(phone.page);
    await enterPassword(phone.page, product, ida);
    await heading(phone.page, 'What is your organisation called?').waitFor();
    await Promise.all([desk.context.close(), phone.context.close()]);
  },
);
