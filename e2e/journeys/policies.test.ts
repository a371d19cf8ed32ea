import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { approveIn } from '../lib/accounts.ts';
import { api } from '../lib/api.ts';
import { chromiumIsThere, heading, isAccessible, type Look, openBrowser, press, windowFor } from '../lib/browser.ts';
import { lookAround } from '../lib/looks.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';
import { pick } from '../lib/review.ts';
import { isOff } from '../lib/waits.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';
const WORDS = 'Teams are made by the service desk; ask there.';
const FROZEN = 'Resource groups stay as they are during a freeze.';

const document = (match: string, more = '') => `apiVersion: switchyard/v1
kind: PolicySet
metadata:
  name: desk-rules
  description: What the service desk looks after.
spec:
  policies:
    - id: no-teams
      type: deny
      match: { ${match}: [teams.create] }
      when: 'operation.risk != "read" && size(user.roles) >= 0'
      message: ${WORDS}
${more}  tests:
    - name: nobody makes a team
      given: { operation: teams.create, risk: write }
      expect: { effect: deny, matched: [no-teams] }
    - name: servers are left alone
      given: { operation: servers.stop, risk: write }
      expect: { effect: allow, notMatched: [no-teams] }
`;
const FREEZE = `    - id: frozen-groups
      type: time-window
      match: { operations: [groups.create] }
      timeWindow: { mode: deny, timezone: UTC, calendars: [desk-freeze] }
      message: ${FROZEN}
`;

let product: Product;
let browser: Browser;
let owner: Login;
let page: Page;
let second: Page;
const faults: string[][] = [];

const windowOf = (login: Login, look: Look & { at?: string } = {}): Promise<Page> => windowFor({ browser, product, faults }, login, look);

before(async () => {
  if (skip) return;
  product = await startProduct();
  owner = product.as('owner');
  browser = await openBrowser();
  page = await windowOf(owner);
  second = await windowOf(product.as('admin'));
});
after(async () => {
  await browser?.close();
  await product?.close();
  assert.deepEqual(faults.flat(), [], 'errors in a window');
});

const editor = (): Locator => page.getByRole('textbox', { name: 'Document of the policy set' });
const dialog = (): Locator => page.getByRole('dialog').or(page.getByRole('alertdialog'));

/** Puts a text in the place of what stands in the editor, by keys alone. */
async function write(text: string): Promise<void> {
  await editor().focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** Asks for what the open dialog plans, and lets somebody else agree in a window of their own. */
async function agreed(): Promise<void> {
  await dialog().getByText('1 approval by someone else').waitFor();
  await isAccessible(page);
  await dialog().getByRole('button', { name: 'Ask for approval' }).click();
  await dialog().waitFor({ state: 'hidden' });
  const told = page.getByText(/CHG-\d+ waits for approval/).first();
  const number = /CHG-\d+/.exec((await told.textContent())!)![0];
  await approveIn(second, product, number);
  await told.waitFor({ state: 'hidden' });
}

void test('a set is written with an error that is shown at its line, mended, tested, and saved as a draft', { skip, timeout: 180_000 }, async () => {
  await page.goto(`${product.url}/policies`);
  await page.getByRole('heading', { name: 'Begin with one of these' }).waitFor();
  await page.getByRole('link', { name: 'baseline' }).waitFor();
  await lookAround(page, 'policies-begin');
  await page.getByRole('link', { name: 'Office-hours freeze' }).click();
  await heading(page, 'New policy set').waitFor();
  await page.getByText('all 2 tests pass').waitFor();

  await write(document('operation'));
  const fault = page.getByRole('button', { name: /Line 10, column \d+/ });
  await fault.waitFor();
  assert.match((await fault.textContent())!, /operations/, 'it says what was meant');
  const save = page.getByRole('button', { name: 'Save draft' });
  await isOff(save);
  await fault.press('Enter');
  await page.locator('.cm-activeLineGutter', { hasText: '10' }).first().waitFor();
  await lookAround(page, 'policy-fault');

  // The cursor stands at the fault: the word is taken out and written again, and what may stand there is offered.
  for (let key = 0; key < 'operation'.length; key += 1) await page.keyboard.press('Delete');
  await page.keyboard.type('oper');
  await page.getByRole('option', { name: /^operations/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.type('ations');
  await page.getByText('No faults.').waitFor();
  await page.getByText('all 2 tests pass').waitFor();

  // A step back and one forward, and out of the editor by Tab.
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+y');
  await page.keyboard.press('Tab');
  assert.equal(await editor().evaluate((element) => element.contains(element.ownerDocument.activeElement)), false);
  await press(page, 'Save draft');
  await dialog().getByRole('button', { name: 'Save', exact: true }).click();
  await heading(page, 'desk-rules').waitFor();
  await page.getByText('No version is in force').waitFor();
});

void test('it comes into force when somebody else agrees, and refuses with its own words from then on', { skip, timeout: 180_000 }, async () => {
  await press(page, 'Activate');
  await dialog().getByRole('radio', { name: 'In shadow' }).click();
  await dialog().getByLabel('Hours').waitFor();
  await dialog().getByRole('radio', { name: 'At once' }).click();
  await lookAround(page, 'policy-activate');
  await agreed();
  await page.getByText('Version 1 is in force', { exact: true }).waitFor();

  await page.goto(`${product.url}/settings/teams`);
  // Where there is none yet, the empty page offers it a second time.
  await page.getByRole('button', { name: 'New team', exact: true }).first().click();
  await dialog().getByLabel('Name', { exact: true }).fill('Night shift');
  const refusal = dialog().getByRole('alert');
  await refusal.getByText(WORDS).waitFor();
  await refusal.getByText('desk-rules/no-teams', { exact: true }).waitFor();
  await isAccessible(page);
  await refusal.getByRole('link', { name: 'Why it was decided so' }).click();
  await heading(page, 'Why it was decided so').waitFor();
  await page.getByText('Denied.', { exact: true }).waitFor();
  await page.getByText(WORDS).first().waitFor();
  await lookAround(page, 'policy-decision');
});

void test('the same call is simulated, explained part by part, and copied as a test', { skip, timeout: 180_000 }, async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${product.url}/policies/simulate`);
  const main = page.getByRole('main');
  await pick(main, 'Who calls', 'Dana Novak');
  await pick(main, 'Operation', 'teams.create');
  await main.getByLabel('Short name').fill('night-shift');
  await main.getByRole('button', { name: 'Simulate' }).click();
  const result = page.getByRole('region', { name: 'Decision' }).first();
  await result.getByText('Denied.', { exact: true }).waitFor();
  await result.getByText(WORDS).first().waitFor();
  await result.getByText('operation.risk != "read"', { exact: true }).waitFor();
  await result.getByText('is true').first().waitFor();
  await result.getByRole('button', { name: 'Copy as test' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /given: \{"operation":"teams\.create"/);
  assert.match(copied, /expect: \{"matched":\["no-teams"\]/);
  await lookAround(page, 'policy-simulation');
});

void test('a freeze in a calendar, made by keyboard, blocks what a rule names it for', { skip, timeout: 240_000 }, async () => {
  await page.goto(`${product.url}/policies/calendars`);
  await page.getByRole('button', { name: 'New calendar' }).first().click();
  await dialog().getByLabel('Name').fill('desk-freeze');
  await pick(dialog(), 'Time zone', 'UTC');
  await dialog().getByRole('button', { name: 'Save', exact: true }).click();
  await dialog().waitFor({ state: 'hidden' });

  const today = page.locator('[aria-current="date"]');
  await today.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction(`document.activeElement?.getAttribute('aria-current') === 'date'`);
  await page.keyboard.press('Enter');
  await dialog().getByLabel('Title').fill('Stocktaking');
  await isAccessible(page);
  await dialog().getByRole('button', { name: 'Save', exact: true }).click();
  await dialog().waitFor({ state: 'hidden' });
  await page.getByText('Frozen now').waitFor();
  await lookAround(page, 'calendars');

  await page.goto(`${product.url}/policies`);
  await page.getByRole('link', { name: 'desk-rules' }).click();
  await editor().waitFor();
  await write(document('operations', FREEZE));
  await page.getByText('Not saved yet').first().waitFor();
  await page.getByText('all 2 tests pass').waitFor();
  await press(page, 'Save version');
  await dialog().getByLabel('What changes, and why').fill('Groups rest during freezes');
  await dialog().getByRole('button', { name: 'Save', exact: true }).click();
  await dialog().waitFor({ state: 'hidden' });
  await page.getByText('Version 1 is in force, 2 is the newest').waitFor();
  await press(page, 'Activate');
  await agreed();
  await page.getByText('Version 2 is in force', { exact: true }).waitFor();

  await page.goto(`${product.url}/settings/groups`);
  const { status, body } = await api(product, owner, 'POST', '/groups', { name: 'Edge' });
  assert.deepEqual([status, body.type.split('/').at(-1), body.policyId], [403, 'outside-window', 'desk-rules/frozen-groups']);
  assert.match(body.detail, new RegExp(FROZEN));
});

void test(
  'versions are compared, decisions taken again, and nobody writes over what somebody else has saved',
  { skip, timeout: 240_000 },
  async () => {
    await page.goto(`${product.url}/policies`);
    await page.getByRole('link', { name: 'desk-rules' }).click();
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByRole('button', { name: 'Compare version 1' }).click();
    await page.getByText('/spec/policies/frozen-groups', { exact: true }).waitFor();
    await page.getByText(FROZEN).first().waitFor();
    await lookAround(page, 'policy-versions');

    await page.getByRole('tab', { name: 'Replay' }).click();
    await press(page, 'Replay');
    await page.getByRole('heading', { name: 'Newly denied' }).waitFor({ timeout: 60_000 });
    await lookAround(page, 'policy-replay');

    await page.getByRole('tab', { name: 'Rules and tests' }).click();
    const id = page.url().split('/').at(-1)!.split('?')[0]!;
    await editor().focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# mine');
    const other = await api(product, product.as('admin'), 'PATCH', `/policies/${id}`, {
      document: document('operations', FREEZE),
      message: 'Meanwhile',
    });
    assert.equal(other.status, 200, JSON.stringify(other.body));
    await press(page, 'Save version');
    await dialog().getByText('Adam Ito has saved version 3 meanwhile; you have written over version 2.').waitFor();
    await dialog().getByLabel('What changes, and why').fill('A note of mine');
    await isAccessible(page);
    await dialog().getByRole('button', { name: 'Save mine on top of version 3' }).click();
    await dialog().getByRole('button', { name: 'Save', exact: true }).click();
    await dialog().waitFor({ state: 'hidden' });
    await page.getByText('Version 2 is in force, 4 is the newest').waitFor();

    await page.goto(`${product.url}/policies`);
    const row = page.getByRole('row').filter({ hasText: 'desk-rules' });
    // Each row holds its cells and, for narrow tables, all of them in one: only one of the two is ever in sight.
    await row
      .getByText(/^\d+ refused$/)
      .filter({ visible: true })
      .waitFor();
    await lookAround(page, 'policies');
  },
);
