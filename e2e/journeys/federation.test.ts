import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Github } from '../fakes/github.ts';
import type { Oidc } from '../fakes/oidc.ts';
import { openLink } from '../lib/accounts.ts';
import { authenticatorApp } from '../lib/authenticator.ts';
import {
  byHand,
  chromiumIsThere,
  enterPassword,
  heading,
  isAccessible,
  leave,
  onDashboard,
  openBrowser,
  openWindow,
  settles,
} from '../lib/browser.ts';
import { openMailbox, type Mailbox } from '../lib/mailbox.ts';
import { startCorporate, startProviders, type Idps } from '../lib/identity-providers.ts';
import { freePort, startProduct, type Product } from '../lib/product.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';
let site: string;
let product: Product;
let mailbox: Mailbox;
let browser: Browser;
let github: Github;
let idps: Idps;
let settings: Record<string, string>;
let corporate: Oidc | undefined;
const faults: string[][] = [];

before(async () => {
  if (skip) return;
  const port = await freePort();
  // By address, like the providers: a form that one of them posts comes from the same site then, as the cookie of its flow demands
  // without HTTPS.
  site = `http://127.0.0.1:${port}`;
  ({ idps, github, settings } = await startProviders(site));
  // Not there when the installation starts.
  idps.microsoft.goes('down');
  mailbox = await openMailbox();
  product = await startProduct({
    ...settings,
    PORT: String(port),
    SWITCHYARD_PUBLIC_URL: site,
    SMTP_URL: mailbox.url,
    SWITCHYARD_ALLOW_PRIVATE_TARGETS: 'true',
  });
  browser = await openBrowser();
});
after(async () => {
  if (skip) return;
  await browser?.close();
  await product?.close();
  await Promise.all([mailbox?.close(), github?.close(), corporate?.close(), ...Object.values(idps).map((one) => one.close())]);
  assert.deepEqual(faults.flat(), [], 'errors in a window');
});

/** A window, and the addresses of our own that it has been at. */
async function newWindow(): Promise<{ context: BrowserContext; page: Page; visited: string[] }> {
  const opened = await openWindow(browser);
  const visited: string[] = [];
  faults.push(opened.faults);
  opened.page.on('framenavigated', (frame) => frame.url().startsWith(site) && visited.push(frame.url()));
  return { ...opened, visited };
}
const read = async (page: Page, path: string) => JSON.parse((await byHand(page, 'GET', path)).body);
/** Past the page, which may go elsewhere meanwhile: it does when it notices that its session is over. */
const statusOf = async (page: Page): Promise<number> => (await page.context().request.get(`${site}/api/v1/me`)).status();

const begun: number[] = [];
/** One network may begin and end thirty sign-ins a minute by providers. */
async function pace(): Promise<void> {
  const wait = (begun.at(-12) ?? 0) + 61_000 - Date.now();
  if (wait > 0) await new Promise((done) => setTimeout(done, wait));
  begun.push(Date.now());
}
async function goBy(page: Page, name: string, from: 'login' | 'signup' = 'login'): Promise<void> {
  await pace();
  await page.goto(`${site}/${from}`);
  await page.getByRole('link', { name: `Continue with ${name}` }).click();
}
/** No token is in an address: neither by its name nor by its look. A one-time code is of random letters, which may spell anything. */
function tellsNothing(address: string): void {
  const { pathname, searchParams } = new URL(address);
  assert.doesNotMatch(`${pathname} ${[...searchParams.keys()].join(' ')}`, /token|session/i, address);
  assert.doesNotMatch(address, /\beyJ[\w-]+\.|\bsw[a-z]_/, address);
}
/** Refused on the way back: the page that says so. */
async function refused(page: Page, title: string, slug: string): Promise<void> {
  await heading(page, title).waitFor();
  await page.getByText(slug, { exact: true }).waitFor();
  await isAccessible(page);
  assert.equal(await statusOf(page), 401);
}

void test(
  'platform 41: Given a provider unreachable at start, when it comes back, then sign-in works without a restart; meanwhile 503',
  { skip, timeout: 180_000 },
  async () => {
    const { context, page } = await newWindow();
    await goBy(page, 'Microsoft');
    await refused(page, 'The provider does not answer', 'idp-unavailable');
    idps.microsoft.goes('up');
    await page.getByRole('link', { name: 'Back to sign-in' }).click();
    await page.getByRole('link', { name: 'Continue with Microsoft' }).click();
    await heading(page, 'What is your organisation called?').waitFor();
    await leave(page, { url: site });
    idps.microsoft.failsAt('token');
    await goBy(page, 'Microsoft');
    await refused(page, 'The provider does not answer', 'idp-unavailable');
    idps.microsoft.failsAt(undefined);
    await context.close();
  },
);

for (const [name, email] of [
  ['Google', 'gil@mail.test'],
  ['Microsoft', 'mia@fabrikam.test'],
  ['Apple', 'relay@relay.test'],
  ['PeeringDB', 'noc@net.test'],
  ['GitHub', 'octavia@cat.test'],
] as const)
  void test(
    `platform 49: somebody new signs up by ${name}, and in again as the same person; no token is ever in an address`,
    { skip, timeout: 120_000 },
    async () => {
      const { context, page, visited } = await newWindow();
      await goBy(page, name, 'signup');
      await heading(page, 'What is your organisation called?').waitFor();
      const first = await read(page, '/me');
      assert.equal(first.actor.email, email);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL((url) => url.href.startsWith(`${site}/login`));
      assert.equal(await statusOf(page), 401);
      await goBy(page, name);
      await heading(page, 'What is your organisation called?').waitFor();
      assert.equal((await read(page, '/me')).actor.id, first.actor.id);
      const landed = visited.filter((url) => url.includes('/auth/oauth/callback'));
      assert.ok(landed.length > 0, visited.join('\n'));
      for (const url of visited) tellsNothing(url);
      await context.close();
    },
  );

void test(
  'platform 42: Given a provider claim `email_verified: false` and a local user with that address, when signing in, then `account-exists` and nothing is linked',
  { skip, timeout: 120_000 },
  async () => {
    idps.google.as('g-claims');
    const { context, page } = await newWindow();
    await goBy(page, 'Google');
    await refused(page, 'There is an account with this address already', 'account-exists');
    await context.close();
  },
);

void test('platform 44: Given a replayed callback, when handled, then it is refused', { skip, timeout: 120_000 }, async () => {
  idps.google.as('g-gil');
  const { context, page } = await newWindow();
  let callback = '';
  page.on('request', (request) => {
    if (request.url().startsWith(`${site}/api/v1/auth/oauth/google/callback`)) callback = request.url();
  });
  await goBy(page, 'Google');
  await heading(page, 'What is your organisation called?').waitFor();
  await leave(page, { url: site });
  const exchanges = idps.google.asked('token').length;
  await page.goto(callback);
  await refused(page, 'This sign-in has run out', 'oauth-state-invalid');
  assert.equal(idps.google.asked('token').length, exchanges, 'no code is exchanged');
  await context.close();
});

void test(
  'platform 33: a linked provider signs in as the same person, the second factor is asked for all the same, and unlinking takes the way in',
  { skip, timeout: 240_000 },
  async () => {
    const dana = product.as('developer');
    idps.google.as('g-dana');
    const { context, page } = await newWindow();
    await enterPassword(page, { url: site }, dana);
    await onDashboard(page);
    await page.goto(`${site}/settings/security/connected-accounts`);
    await isAccessible(page);
    await page.getByRole('button', { name: 'Link Google' }).click();
    const linked = page.getByRole('list', { name: 'Connected accounts' });
    await linked.getByText('dana.at.home@mail.test').waitFor();
    await page.getByText('The account is linked').first().waitFor();
    await isAccessible(page);
    await mailbox.read(dana.email, /^Google now signs you in/);

    const other = await newWindow();
    await enterPassword(other.page, { url: site }, product.as('viewer'));
    await onDashboard(other.page);
    await other.page.goto(`${site}/settings/security/connected-accounts`);
    await other.page.getByRole('button', { name: 'Link Google' }).click();
    await heading(other.page, 'This identity belongs to another account').waitFor();
    await other.context.close();

    await page.goto(`${site}/settings/security/mfa`);
    await page.getByRole('button', { name: 'Set up', exact: true }).click();
    const wizard = page.getByRole('dialog');
    const uri = new URL((await wizard.getByRole('link', { name: 'Open in an app on this device' }).getAttribute('href'))!);
    const app = authenticatorApp(uri.searchParams.get('secret')!);
    await wizard.getByRole('button', { name: 'I have scanned it' }).click();
    await page.getByLabel('Six-digit code').fill(await app.code());
    await wizard.getByRole('checkbox').click();
    await wizard.getByRole('button', { name: 'Done' }).click();

    await leave(page, { url: site });
    await goBy(page, 'Google');
    await heading(page, 'One more proof').waitFor();
    await isAccessible(page);
    assert.equal(await statusOf(page), 401, 'no session before it');
    await page.getByLabel('Six-digit code').fill(await app.code());
    await onDashboard(page);
    assert.equal((await read(page, '/me')).actor.email, dana.email);

    await page.goto(`${site}/settings/security/connected-accounts`);
    await page.getByRole('button', { name: 'Unlink Google' }).click();
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Unlink', exact: true }).click();
    await page.getByText('Google is unlinked').first().waitFor();
    await page.getByText('No account is linked.').waitFor();
    await context.close();
  },
);

void test(
  'platform 48: Given one OAuth account and no password or passkey, when unlinking, then 409 `last-sign-in-method`',
  { skip, timeout: 120_000 },
  async () => {
    idps.google.as('g-gil');
    const { context, page } = await newWindow();
    await goBy(page, 'Google');
    await page.getByLabel('Name', { exact: true }).fill('Gil and Company');
    await page.getByText('gil-and-company is free').waitFor();
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByRole('button', { name: 'Create organisation' }).click();
    await heading(page, 'Give it a face').waitFor();
    await page.goto(`${site}/settings/security/connected-accounts`);
    await page.getByText('Your only way in').first().waitFor();
    await isAccessible(page);
    const { status, body } = await byHand(page, 'DELETE', '/auth/oauth/google');
    assert.deepEqual([status, /last-sign-in-method/.test(body)], [409, true], body);
    await context.close();
  },
);

void test(
  'the provider of a tenant: its people come in with the roles of their groups, leave there and here at once, and are signed out from there',
  { skip, timeout: 240_000 },
  async () => {
    const { oidc, provider } = await startCorporate(product, site);
    corporate = oidc;
    const { context, page } = await newWindow();
    await page.goto(`${site}/api/v1/auth/oidc/${provider.id}/login`);
    // The organisation has not proven that the domain is its own, so the address has to be.
    await refused(page, 'Confirm your address first', 'email-not-verified');
    const tab = await openLink(context, mailbox, 'nell@corp.test', /^Confirm your address/);
    await onDashboard(tab);
    const me = await read(tab, '/me');
    assert.deepEqual([me.actor.email, me.tenant.slug, me.roles.map(({ key }: { key: string }) => key)], ['nell@corp.test', 'acme', ['developer']]);
    await isAccessible(tab);
    await page.goto(site);
    await onDashboard(page);

    // Left there: sessions here end without their pages having done anything. The page is closed before: it would lead to the sign-in page
    // by itself, between two steps of this.
    await page.goto('about:blank');
    await tab.goto(`${corporate.origin}/session/end`);
    await tab.getByRole('button', { name: 'Yes, sign me out' }).click();
    await tab.waitForURL(/session\/end\/success/);
    // Who calls is remembered for some seconds.
    await settles(() => statusOf(page), (status) => status === 401, 'the session goes on'); // prettier-ignore
    await page.goto(`${site}/infrastructure/servers`);
    await page.getByText('Your session has ended.').waitFor();

    // Left here: the browser is led there to leave there too, and back.
    await page.goto(`${site}/api/v1/auth/oidc/${provider.id}/login`);
    await onDashboard(page);
    await page.getByRole('button', { name: /Nell Corp/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await heading(page, 'Sign in to Switchyard').waitFor();
    assert.equal(await statusOf(page), 401);
    await context.close();
  },
);
