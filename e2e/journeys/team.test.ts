import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { api, governed } from '../lib/api.ts';
import { byHand, chromiumIsThere, heading, isAccessible, type Look, openBrowser, press, settles, windowFor } from '../lib/browser.ts';
import { lookAround } from '../lib/looks.ts';
import { approvedByColleague, pick } from '../lib/review.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';
import { counts, isOff } from '../lib/waits.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';
let product: Product;
let browser: Browser;
let owner: Login;
let approver: Login;
/** The window of the owner. */
let page: Page;
const faults: string[][] = [];

const windowOf = (login: Login, look: Look & { at?: string } = {}): Promise<Page> => windowFor({ browser, product, faults }, login, look);

before(async () => {
  if (skip) return;
  product = await startProduct();
  [owner, approver] = [product.as('owner'), product.as('approver')];
  browser = await openBrowser();
  page = await windowOf(owner);
});
after(async () => {
  await browser?.close();
  await product?.close();
  assert.deepEqual(faults.flat(), [], 'errors in a window');
});

const members = (on: Page): Locator => on.getByRole('table', { name: 'Members' }).getByRole('row').filter({ hasText: '@' });
/** Who the table shows, once it shows as many. */
async function shown(count: number): Promise<string[]> {
  await page.waitForFunction((wanted) => {
    const table = document.querySelector('table[aria-label="Members"]');
    return table?.getAttribute('aria-busy') !== 'true' && table?.querySelectorAll('tbody tr[data-index]').length === wanted;
  }, count);
  const rows = await members(page).allTextContents();
  return rows.map((row) => /[A-Z][a-z]+(?= )/.exec(row)![0]);
}
const choose = async (label: string, value: string): Promise<void> => {
  await page.getByRole('button', { name: label, exact: true }).click();
  await page.getByRole('menuitemradio', { name: value, exact: true }).click();
};

/** The page of the team with everything about one person open. */
async function openMember(on: Page, name: string): Promise<Locator> {
  await on.goto(`${product.url}/settings/team`);
  await members(on).filter({ hasText: name }).click();
  const drawer = on.getByRole('dialog').filter({ hasText: 'Roles and what they reach' });
  await drawer.getByRole('list', { name: 'Roles and what they reach' }).waitFor();
  return drawer;
}
/** Asks for what the dialog has planned, by the owner; the approver agrees. */
const askAndApprove = (dialog: Locator): Promise<void> => approvedByColleague(dialog, product, owner, approver);
const find = async (list: string, name: string): Promise<{ id: string; [field: string]: any }> => // oxlint-disable-line typescript/no-explicit-any -- a test reads whatever the route answers
  (await api(product, owner, 'GET', `${list}?limit=200`)).body.items.find((one: { name: string }) => one.name === name); // prettier-ignore

void test('the team is searched and filtered, and the address keeps what is shown', { skip, timeout: 120_000 }, async () => {
  await page.goto(`${product.url}/settings/team`);
  await heading(page, 'Team').waitFor();
  assert.deepEqual(await shown(6), ['Adam', 'Aldo', 'Dana', 'Olivia', 'Priya', 'Vera']);
  await page.getByRole('searchbox', { name: 'Search members' }).fill('nov');
  assert.deepEqual(await shown(1), ['Dana']);
  await page.getByRole('searchbox', { name: 'Search members' }).fill('');
  await shown(6);
  await choose('Roles', 'Auditor');
  assert.deepEqual(await shown(1), ['Aldo']);
  await page.reload();
  assert.deepEqual(await shown(1), ['Aldo'], 'a link to a filtered table shows the same');
  await choose('Status', 'Suspended');
  await page.getByRole('heading', { name: 'Nobody found' }).waitFor();
  await isAccessible(page);
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await shown(6);
  await page.getByRole('button', { name: 'Never signed in', exact: true }).click();
  assert.deepEqual(await shown(5), ['Adam', 'Aldo', 'Dana', 'Priya', 'Vera']);
});

void test('two people are invited by one paste, and a row that is no address is left out', { skip, timeout: 120_000 }, async () => {
  await page.goto(`${product.url}/settings/team`);
  await press(page, 'Invite people');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('tab', { name: 'Several at once' }).click();
  await dialog.getByRole('textbox', { name: 'People' }).fill('Nia Adeyemi, nia@acme.example, auditor\nnobody at home\nomar@acme.example;Viewer');
  await dialog.getByText('2 rows will be sent.').waitFor();
  await dialog
    .getByRole('row', { name: /nobody at home/ })
    .getByText('No email address')
    .waitFor();
  await isAccessible(page);
  await dialog.getByRole('button', { name: 'Send 2 invitations' }).click();
  await page.getByText('2 invitations are on their way.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
  for (const [email, role] of [
    ['nia', 'Auditor'],
    ['omar', 'Viewer'],
  ] as const)
    // prettier-ignore
    await page.getByRole('row').filter({ hasText: `${email}@acme.example` }).filter({ hasText: role }).first().waitFor();
  await isAccessible(page);
});

void test('a member gets another role by the dropdown, once a second person has agreed', { skip, timeout: 120_000 }, async () => {
  const drawer = await openMember(page, 'Vera Lind');
  await drawer.getByRole('button', { name: 'Change main role' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the main role of Vera Lind' });
  await pick(dialog, 'Role', 'Member');
  await askAndApprove(dialog);
  const roles = drawer.getByRole('list', { name: 'Roles and what they reach' });
  await roles.getByText('Member', { exact: true }).waitFor();
  await counts(roles.getByText('Viewer', { exact: true }), 0);
});

void test('a role given for an environment by multi-select reaches that environment and no other', { skip, timeout: 120_000 }, async () => {
  const vera = product.as('viewer');
  const stop = async (name: string): Promise<number> =>
    (await api(product, vera, 'POST', `/servers/${(await find('/servers', name)).id}/actions/stop?dryRun=true`, {})).status;
  assert.deepEqual([await stop('stage-web-1'), await stop('ci-1'), await stop('web-1')], [403, 403, 403]);
  const drawer = await openMember(page, 'Vera Lind');
  await drawer.getByRole('button', { name: 'Give a role' }).click();
  const dialog = page.getByRole('dialog', { name: 'Give Vera Lind a role' });
  await pick(dialog, 'Role', 'Operations');
  await dialog.getByRole('radio', { name: 'A part' }).click();
  await pick(dialog, 'Environments', 'staging', 'lab');
  await page.keyboard.press('Escape');
  await dialog.getByRole('combobox', { name: 'Environments' }).getByText('2 chosen').waitFor();
  await dialog.getByLabel('Reason').fill('Looks after the laboratory');
  await askAndApprove(dialog);
  const row = drawer.getByRole('listitem').filter({ hasText: 'Operations' }).filter({ hasText: 'Looks after the laboratory' });
  await row.getByRole('list', { name: 'Reach' }).filter({ hasText: /staging.*lab|lab.*staging/ }).waitFor(); // prettier-ignore
  assert.deepEqual([await stop('stage-web-1'), await stop('ci-1'), await stop('web-1')], [200, 200, 403]);
  await lookAround(page, 'member');
});

void test('a suspended member is refused until the toggle is turned back', { skip, timeout: 120_000 }, async () => {
  const dana = product.as('developer');
  const answered = async (): Promise<unknown[]> => {
    const { status, body } = await api(product, dana, 'GET', '/servers');
    return [status, body.title];
  };
  assert.deepEqual(await answered(), [200, undefined]);
  const drawer = await openMember(page, 'Dana Novak');
  const toggle = drawer.getByRole('switch', { name: 'Dana Novak may work here' });
  await toggle.click();
  await askAndApprove(page.getByRole('dialog', { name: 'Suspend Dana Novak' }));
  await drawer.getByRole('switch', { name: 'Dana Novak may work here', checked: false }).waitFor();
  assert.deepEqual(await answered(), [403, 'Suspended in this tenant']);
  await isAccessible(page);
  await toggle.click();
  await page.getByRole('dialog', { name: 'Let Dana Novak work again' }).getByRole('button', { name: 'Let work again' }).click();
  await drawer.getByRole('switch', { name: 'Dana Novak may work here', checked: true }).waitFor();
  assert.deepEqual(await answered(), [200, undefined]);
});

void test('the last owner is removed by nobody: not by an administrator, and not by the owner', { skip, timeout: 120_000 }, async () => {
  const { id } = await find('/members', 'Olivia Owens');
  const own = await openMember(page, 'Olivia Owens');
  await isOff(own.getByRole('button', { name: 'Remove', exact: true }));
  const refused = await byHand(page, 'DELETE', `/users/${id}`);
  assert.deepEqual([refused.status, JSON.parse(refused.body).type.split('/').at(-1)], [403, 'last-owner']);
  const other = await windowOf(product.as('admin'));
  await (await openMember(other, 'Olivia Owens')).getByRole('button', { name: 'Remove', exact: true }).click();
  const dialog = other.getByRole('dialog', { name: 'Remove Olivia Owens' });
  await dialog.getByText('The last owner stays').waitFor();
  await isOff(dialog.getByRole('button', { name: 'Remove', exact: true }));
  await isAccessible(other);
  assert.equal((await find('/members', 'Olivia Owens')).status, 'active');
});

const DUTY = 'Duty engineers';
const staged = (): Locator => page.getByRole('region', { name: 'Not saved yet' });
const box = (name: string | RegExp): Locator => page.getByRole('checkbox', { name });

void test('a role of one’s own is made by the form, as a copy of Developer', { skip, timeout: 120_000 }, async () => {
  await page.goto(`${product.url}/settings/roles`);
  await press(page, 'New role');
  const dialog = page.getByRole('dialog', { name: 'New role' });
  await pick(dialog, 'Begin with a copy of', 'Developer');
  await dialog.getByLabel('Name').fill(DUTY);
  await dialog.getByLabel('Description').fill('On call at night');
  await settles(
    () => dialog.getByLabel('Key').inputValue(),
    (text) => text === 'duty_engineers',
    'the key is made from the name',
  );
  await settles(() => dialog.getByLabel('Permissions').inputValue(), (text) => /servers:\*/.test(text), 'what Developer holds is taken over'); // prettier-ignore
  await dialog.getByLabel('Level').fill('40');
  await askAndApprove(dialog);
  const [made, original] = [await find('/roles', DUTY), await find('/roles', 'Developer')];
  assert.deepEqual(
    [made.key, made.level, made.system, made.clonedFrom, made.permissions.length],
    ['duty_engineers', 40, false, original.id, original.permissions.length],
  );
  await page.getByRole('link', { name: DUTY }).first().waitFor();
});

void test(
  'its permissions are changed in the matrix, and before anything is saved the plan names who gains what',
  { skip, timeout: 120_000 },
  async () => {
    const [role, aldo] = [await find('/roles', DUTY), await find('/members', 'Aldo Conti')];
    await governed(product, owner, approver, 'POST', '/grants', { subjectId: aldo.id, roleId: role.id, scope: { all: true }, reason: 'Night shift' });
    await page.goto(`${product.url}/settings/roles`);
    await page.getByRole('link', { name: DUTY }).first().click();
    await heading(page, DUTY).waitFor();
    await box('All of DNS').and(page.locator('[aria-checked="true"]')).waitFor();
    await page.getByRole('searchbox', { name: 'Search permissions' }).fill('dns delete');
    await box(/^dns:delete:/).click();
    await staged().getByText('1 permission fewer').waitFor();
    await page.getByRole('searchbox', { name: 'Search permissions' }).fill('clouds:update');
    await box(/^dns:delete:/).waitFor({ state: 'detached' });
    await box(/^clouds:update:/).click();
    await staged().getByText('1 permission more').waitFor();
    await page.getByRole('searchbox', { name: 'Search permissions' }).fill('');
    await box('All of DNS').and(page.locator('[aria-checked="mixed"]')).waitFor();
    await lookAround(page, 'role-edited');
    await box('All of DNS').click();
    await box('All of DNS').and(page.locator('[aria-checked="true"]')).waitFor();
    await page.getByRole('button', { name: 'DNS', exact: true }).click();
    await box(/^dns:delete:/).click();
    await staged().getByRole('button', { name: 'Review and save' }).click();
    const dialog = page.getByRole('dialog', { name: `Change role ${DUTY}` });
    await dialog.getByText('1 approval by someone else').waitFor();
    const plan = (await dialog.textContent())!;
    assert.match(plan, /Permissions it gains\s*clouds:update\s*Permissions it loses\s*dns:delete/);
    assert.match(plan, /Aldo Conti.*gains.*clouds:update.*loses.*dns:delete/s);
    assert.doesNotMatch(plan, /Dana Novak|Vera Lind/, 'who does not hold the role is not named');
    assert.equal((await find('/roles', DUTY)).version, role.version, 'nothing is saved by looking');
    await askAndApprove(dialog);
    const { permissions } = (await api(product, owner, 'GET', `/roles/${role.id}`)).body;
    assert.deepEqual(
      [permissions.includes('clouds:update'), permissions.includes('dns:delete'), permissions.includes('dns:read')],
      [true, false, true],
    );
    await page.getByRole('tab', { name: /Members/ }).click();
    await page.getByRole('link', { name: 'Aldo Conti' }).first().waitFor();
  },
);

void test('two roles are compared permission by permission, and only what differs is shown at first', { skip, timeout: 120_000 }, async () => {
  await page.goto(`${product.url}/settings/roles`);
  const rows = page.getByRole('table', { name: 'Roles' }).getByRole('row');
  await rows.filter({ hasText: DUTY }).getByRole('checkbox').click();
  const compare = page.getByRole('region', { name: 'Selected rows' }).getByRole('button', { name: 'Compare roles' });
  await isOff(compare); // one role has nothing to be compared with
  await rows
    .filter({ has: page.getByRole('link', { name: 'Developer', exact: true }) })
    .getByRole('checkbox')
    .click();
  await compare.click();
  const dialog = page.getByRole('dialog', { name: 'Compare roles' });
  await dialog.getByRole('row').nth(1).waitFor();
  const marks = async (permission: string): Promise<string[]> => {
    const cells = dialog.getByRole('row').filter({ hasText: permission }).getByRole('img');
    await counts(cells, 2);
    return Promise.all((await cells.all()).map(async (cell) => (await cell.getAttribute('aria-label'))!));
  };
  const order = (await dialog.getByRole('columnheader').allTextContents()).slice(1).map((name) => name.startsWith(DUTY));
  const held = (duty: boolean): string[] => order.map((own) => (own === duty ? 'Holds it' : 'Does not hold it'));
  assert.deepEqual(await marks('clouds:update'), held(true));
  assert.deepEqual(await marks('dns:delete'), held(false));
  await counts(dialog.getByRole('row'), 3); // the head, and the two permissions that differ
  await dialog.getByRole('button', { name: 'Also what they share' }).click();
  assert.deepEqual(await marks('servers:power'), ['Holds it', 'Holds it']);
  await isAccessible(page);
});

void test('the ladder shows the copy below the role it was made from, and who stands above', { skip, timeout: 120_000 }, async () => {
  await page.goto(`${product.url}/settings/roles`);
  await page.getByRole('tab', { name: 'Ladder' }).click();
  const rungs = page.getByRole('list', { name: 'Ladder' }).getByRole('listitem');
  await rungs.filter({ hasText: DUTY }).getByRole('img', { name: 'Copied from the role above' }).waitFor();
  const names = await rungs.getByRole('link').allTextContents();
  assert.equal(names.indexOf(DUTY), names.indexOf('Developer') + 1, names.join(' > '));
  assert.deepEqual([names[0], names.at(-1)], ['Owner', 'Read only']);
  await rungs.filter({ hasText: 'Owner' }).getByText('Yours').first().waitFor();
  await isAccessible(page);
});

void test('a role that somebody holds is not deleted, by the page or past it', { skip, timeout: 120_000 }, async () => {
  const { id } = await find('/roles', DUTY);
  await page.goto(`${product.url}/settings/roles/${id}`);
  const remove = page.getByRole('button', { name: 'Delete role', exact: true });
  await remove.hover();
  await page.getByText('1 person holds this role. Take it from them first.').first().waitFor();
  await isOff(remove);
  const refused = await byHand(page, 'DELETE', `/roles/${id}`);
  assert.deepEqual([refused.status, JSON.parse(refused.body).type.split('/').at(-1)], [409, 'role-in-use']);
  assert.ok(await find('/roles', DUTY));
});
