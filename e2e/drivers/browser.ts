import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { Driver } from '../journeys/scenario.ts';
import { axeFaults, openBrowser, openWindow, signIn } from '../lib/browser.ts';
import type { Login, Product } from '../lib/product.ts';

const NUMBER = /CHG-\d+/;
const ENDS = /^(Succeeded|Failed|Rolled back|Rejected|Expired|Cancelled|Stale|Rollback failed)$/;

/** The journey as people make it: each in a window of their own, by what they see; every page they pass is checked with axe. */
export async function browserDriver(product: Product): Promise<Driver> {
  const browser: Browser = await openBrowser();
  const windows = new Map<string, { page: Page; faults: string[] }>();

  async function pageOf(who: Login): Promise<Page> {
    let window = windows.get(who.email);
    if (!window) {
      const { page, faults } = await openWindow(browser);
      window = { page, faults };
      windows.set(who.email, window);
      await signIn(page, product, who);
    }
    return window.page;
  }

  const isAccessible = async (page: Page): Promise<void> => assert.deepEqual(await axeFaults(page), [], `axe on ${page.url()}`);

  /** Gives the reason, asks, and answers the number of the Change that one is led to. */
  async function askFor(page: Page, comment: string): Promise<string> {
    await page.getByLabel('Comment').last().fill(comment);
    await isAccessible(page);
    await page.getByRole('button', { name: 'Ask for approval' }).click();
    const link = page.getByRole('link', { name: NUMBER }).or(page.getByRole('main').getByText(NUMBER)).first();
    await link.waitFor();
    return NUMBER.exec(`${page.url()} ${await link.textContent()}`)![0];
  }

  async function open(who: Login, change: string): Promise<Page> {
    const page = await pageOf(who);
    await page.goto(`${product.url}/changes/${change}`);
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
    return page;
  }

  /** Past the page that does not offer it, with the cookie it has: the Gate is what refuses. */
  const byHand = (page: Page, change: string): Promise<string | null> =>
    page.evaluate(async (number) => {
      const answer = await fetch(`/api/v1/changes/${number}/approve`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{}',
      });
      return answer.ok ? null : (((await answer.json()) as { type: string }).type.split('/').at(-1) ?? 'refused');
    }, change);

  return {
    async askForRecord(who, { zone, name, address, comment }) {
      const page = await pageOf(who);
      await page.getByRole('link', { name: 'DNS zones' }).first().click();
      await page.getByRole('link', { name: zone, exact: true }).click();
      await page.getByRole('button', { name: 'Add record' }).first().click();
      await page.getByRole('textbox', { name: 'Name' }).fill(name);
      await page.getByLabel('IPv4 address').fill(address);
      await page.getByRole('button', { name: 'Stage' }).click();
      await page.getByRole('region', { name: 'Staged edits' }).getByRole('button', { name: 'Review' }).click();
      await page.getByRole('dialog').getByRole('heading', { name: 'Who must agree' }).waitFor();
      return askFor(page, comment);
    },
    async askForServer(who, { name, environment, comment }) {
      const page = await pageOf(who);
      await page.goto(`${product.url}/infrastructure/servers/new`);
      for (const choice of [/Frankfurt/, /Debian 13 x86/, /std-1 /]) {
        await page.getByRole('radio', { name: choice }).click();
        await page.getByRole('button', { name: 'Next' }).click();
      }
      await page.getByLabel('Name').fill(name);
      await page.getByLabel('Environment').fill(environment);
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Review the plan' }).click();
      await page.getByRole('heading', { name: 'Who must agree' }).waitFor();
      return askFor(page, comment);
    },
    async approve(who, change) {
      const page = await open(who, change);
      const button = page.getByRole('button', { name: /^Approve/ }).first();
      const offered = (await button.count()) > 0 && (await button.isEnabled()) && (await button.getAttribute('aria-disabled')) !== 'true';
      if (!offered) return byHand(page, change);
      await page.keyboard.press('a');
      const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
      await dialog.getByRole('button', { name: /^Approve/ }).click();
      await dialog.waitFor({ state: 'hidden' });
      return null;
    },
    async follow(who, change) {
      const page = await open(who, change);
      const state = page.getByText(ENDS).first();
      await state.waitFor({ timeout: 60_000 });
      await isAccessible(page);
      return (await state.textContent())!.trim().toLowerCase().replaceAll(' ', '_');
    },
    async serverStatus(who, name) {
      const page = await pageOf(who);
      await page.goto(`${product.url}/infrastructure/servers?q=${name}`);
      const row = page.getByRole('row', { name: new RegExp(name) });
      await row.waitFor();
      await isAccessible(page);
      return /Running|Stopped|Creating|Error/.exec((await row.textContent()) ?? '')?.[0].toLowerCase() ?? 'unknown';
    },
    async trail(who, change) {
      const page = await open(who, change);
      await page.getByRole('tab', { name: 'Audit trail' }).click();
      const panel = page.getByRole('tabpanel', { name: 'Audit trail' });
      const rows = panel.getByRole('row').filter({ hasText: /Success|Pending|Failure/ });
      await rows.first().waitFor();
      const lines: string[] = [];
      for (const text of await rows.allTextContents()) {
        const [result] = /Success|Pending|Failure|Denied/.exec(text) ?? ['unknown'];
        lines.push(`${/Dana Novak|Priya Raman|Olivia Owens/.exec(text)?.[0]} ${result.toLowerCase()}`);
      }
      return lines.reverse();
    },
    async close() {
      await browser.close();
      for (const [email, { faults }] of windows) assert.deepEqual(faults, [], `errors in the window of ${email}`);
    },
  };
}
