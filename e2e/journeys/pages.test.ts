import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { api, governed } from '../lib/api.ts';
import { axeFaults, chromiumIsThere, heading, openBrowser, openWindow, signIn } from '../lib/browser.ts';
import { outside, pagesOf } from '../lib/every-page.ts';
import { faultsOf, lookAround, lookByDayAndNight, picture } from '../lib/looks.ts';
import { startProduct, type Product } from '../lib/product.ts';
import { zerotierLab } from '../lib/zerotier.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

let product: Product;
let zerotier: Awaited<ReturnType<typeof zerotierLab>>;
let browser: Browser;
/** File name of the picture, and where the page is. */
let pages: Record<string, string>;

before(async () => {
  if (skip) return;
  zerotier = await zerotierLab();
  product = await startProduct(zerotier.environment);
  browser = await openBrowser();
  const owner = product.as('owner');
  await zerotier.seed(product, owner, product.as('approver'));
  pages = await pagesOf(product, owner);
});
after(async () => {
  await browser?.close();
  await product?.close();
  await zerotier?.close();
});

/** Shown, and nothing is still loading. */
async function settled(page: Page): Promise<void> {
  // Behind an open drawer it is hidden from assistive technology, and still there.
  await page.getByRole('heading', { level: 1, includeHidden: true }).first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"]').length === 0);
}

/** By its address, as somebody who was sent a link. */
const byAddress = (page: Page, path: string): Promise<unknown> => page.goto(product.url + path);

declare const __TSR_ROUTER__: {
  history: { push: (to: string) => void };
  state: { status: string; location: { href: string }; resolvedLocation?: { href: string } };
};
/** As a link within does: the application stays, and only what it shows changes. That is over sooner. */
async function within(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => __TSR_ROUTER__.history.push(to), path);
  await page.waitForFunction(() => {
    const { status, location, resolvedLocation } = __TSR_ROUTER__.state;
    return status === 'idle' && resolvedLocation?.href === location.href;
  });
}

const onPhone = async (page: Page, name: string): Promise<string[]> => {
  const found = await faultsOf(page, `${name}-360`, 'but colours');
  await picture(page, `${name}-360`);
  return found;
};
for (const [where, size, go, lookAt] of [
  ['at a desk by day and by night', {}, within, lookByDayAndNight],
  ['on a phone', { width: 360, height: 800 }, byAddress, onPhone],
] as const) {
  void test(
    `every page is free of axe faults and errors, and fits its window (1440 light and dark, or 360 px): ${where}`,
    { skip, timeout: 590_000 },
    async () => {
      const { context, page, faults } = await openWindow(browser, size);
      const found: string[] = [];
      const look = async (of: Record<string, string>, open: typeof go): Promise<void> => {
        for (const [name, path] of Object.entries(of)) {
          await open(page, path);
          await settled(page);
          assert.doesNotMatch(page.url(), /token=/, `${name} keeps the token of its link in the address`);
          found.push(...(await lookAt(page, name)));
        }
      };
      await look(outside, byAddress);
      await signIn(page, product, product.as('owner'));
      await look(pages, go);
      assert.deepEqual([...found, ...faults], []);
      await context.close();
    },
  );
}

void test('an empty tenant teaches: every list says what it is for and the one next step', { skip, timeout: 120_000 }, async () => {
  const gustav = product.logins().find(({ tenant }) => tenant === 'globex')!;
  const { context, page, faults } = await openWindow(browser);
  await signIn(page, product, gustav);
  for (const name of ['changes', 'servers', 'dns-zones', 'zerotier-controllers', 'cloud-providers']) {
    await page.goto(product.url + pages[name]!);
    await settled(page);
    const main = page.getByRole('main');
    assert.ok(
      (await main.getByRole('heading').count()) + (await main.getByRole('button').or(main.getByRole('link')).count()) > 1,
      `${name} offers nothing`,
    );
    assert.doesNotMatch((await main.textContent())!, /web-1|acme\.test/, `${name} shows another tenant's things`);
  }
  assert.deepEqual(faults, []);
  await context.close();
});

void test('the whole way by keyboard: palette, an operation, its plan, and the Change it makes', { skip, timeout: 120_000 }, async () => {
  const { context, page } = await openWindow(browser);
  await signIn(page, product, product.as('developer'));
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').first().waitFor();
  await page.keyboard.type('dns.createRecord');
  await page.getByRole('option').first().filter({ hasText: /record/i }).waitFor(); // prettier-ignore
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog').last();
  await form.getByRole('heading').first().waitFor();
  await form.filter({ hasText: /record/i }).waitFor();
  assert.deepEqual(await axeFaults(page), []);
  await context.close();
});

void test('what somebody changed at a ZeroTier controller is seen, and mended from there', { skip, timeout: 120_000 }, async () => {
  const { context, page, faults } = await openWindow(browser);
  await signIn(page, product, product.as('owner'), '/infrastructure/controllers');
  await page.getByText('was de-authorised at the controller').waitFor();
  await page.getByText('not authorised', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Authorise again' }).focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog').last();
  await drawer.getByLabel('Node').waitFor();
  assert.equal(await drawer.getByLabel('Node').inputValue(), zerotier.node);
  await page.goto(`${product.url}/exchange/admin/drift`);
  await page.getByRole('button', { name: 'Repair: De-authorised by hand on main' }).press('Enter');
  for (const name of [/^Preview/, 'Apply now', 'Close']) await drawer.getByRole('button', { name, exact: true }).last().press('Enter');
  await page.getByRole('tab', { name: 'Put right' }).press('Enter');
  await page.getByText('Repaired', { exact: true }).waitFor();
  assert.deepEqual([await axeFaults(page), faults], [[], []]);
  await context.close();
});

void test('a second factor that will be demanded is announced where people begin, and set up from there', { skip, timeout: 120_000 }, async () => {
  const [owner, approver] = [product.as('owner'), product.as('approver')];
  const { body: me } = await api(product, owner, 'GET', '/me');
  await governed(product, owner, approver, 'PATCH', `/tenants/${me.tenant.id}/settings`, { security: { mfa: 'required' } });
  const { context, page, faults } = await openWindow(browser);
  await signIn(page, product, product.as('developer'));
  const notice = page.getByRole('status').filter({ hasText: 'Your organisation demands a second factor from' });
  await notice.waitFor();
  assert.match((await notice.textContent())!, /day, /, 'a day has a name');
  await lookAround(page, 'grace');
  await notice.getByRole('link', { name: 'Set one up' }).click();
  await heading(page, 'Second factor').waitFor();
  await page.getByRole('alert').filter({ hasText: 'Set one up before then' }).waitFor();
  assert.deepEqual([await axeFaults(page), faults], [[], []]);
  await context.close();
});
