import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { api, ended, governed } from '../lib/api.ts';
import { chromiumIsThere, heading, isAccessible, type Look, openBrowser, press, windowFor } from '../lib/browser.ts';
import { lookAround } from '../lib/looks.ts';
import { pick } from '../lib/review.ts';
import { startProduct, type Login, type Product } from '../lib/product.ts';
import { holds } from '../lib/waits.ts';

const skip = chromiumIsThere() ? false : 'Chromium is not installed';

/** Who must agree: a peer and the board to a new group, a peer alone to a change of one. And of many servers one goes first. */
const RULES = `apiVersion: switchyard/v1
kind: PolicySet
metadata:
  name: groups-of-resources
  description: Who agrees to groups.
spec:
  policies:
    - id: peer-and-board
      type: approval-required
      match: { operations: [groups.create] }
      approval: { all: [ { group: peers, count: 1 }, { group: change-board, count: 1 } ] }
      message: A new group needs a peer and the change board.
    - id: peer
      type: approval-required
      match: { operations: [groups.update] }
      approval: { group: peers, count: 1 }
      message: A change of a group needs a peer.
    - id: one-first
      type: canary
      match: { operations: [servers.bulk] }
      canary: { targets: 1 }
  tests:
    - name: a new group needs both
      given: { operation: groups.create, risk: write }
      expect: { effect: require, matched: [peer-and-board], notMatched: [peer] }
    - name: a change of one needs a peer
      given: { operation: groups.update, risk: write }
      expect: { effect: require, matched: [peer], notMatched: [peer-and-board, one-first] }
    - name: of many servers one goes first
      given: { operation: servers.bulk, risk: write }
      expect: { matched: [one-first] }
`;

let product: Product;
let browser: Browser;
let owner: Login;
let priya: Login;
let adam: Login;
const faults: string[][] = [];

const windowOf = (login: Login, look: Look & { at?: string } = {}): Promise<Page> => windowFor({ browser, product, faults }, login, look);
const ids = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    ((await api(product, owner, 'GET', '/members?limit=200')).body.items as { id: string; email: string }[]).map(({ id, email }) => [email, id]),
  );
/** Asks for a group; answers the number of its Change. */
async function askFor(name: string): Promise<string> {
  const { status, body } = await api(product, owner, 'POST', '/groups', { name });
  assert.deepEqual([status, body.change?.state], [202, 'awaiting_approval'], JSON.stringify(body));
  return body.change.number;
}

before(async () => {
  if (skip) return;
  product = await startProduct();
  [owner, priya, adam] = [product.as('owner'), product.as('approver'), product.as('admin')];
  const people = await ids();
  const team = (slug: string, name: string, login: Login) =>
    governed(product, owner, adam, 'POST', '/teams', { slug, name, members: [people[login.email]] });
  await team('peers', 'Peers', priya);
  await team('change-board', 'Change board', adam);
  await governed(product, owner, adam, 'POST', '/policies', { document: RULES });
  const { items } = (await api(product, owner, 'GET', '/policies')).body as { items: { id: string; name: string }[] };
  const set = items.find(({ name }) => name === 'groups-of-resources')!;
  await governed(product, owner, adam, 'POST', `/policies/${set.id}/versions/1/activate`, {});
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await product?.close();
  assert.deepEqual(faults.flat(), [], 'errors in a window');
});

void test('a peer by keyboard and the board by telephone agree, and only then it is carried out', { skip, timeout: 180_000 }, async () => {
  const page = await windowOf(priya);
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /Approvals/ })
    .click();
  await heading(page, 'Approvals').waitFor();
  const number = await askFor('Edge routers');
  // It appears by itself.
  const row = page.getByRole('row').filter({ hasText: number });
  await row.waitFor();
  await lookAround(page, 'approvals');
  for (let presses = 0; presses < 30 && !(await row.evaluate((line) => line === document.activeElement)); presses += 1)
    await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await heading(page, /Edge routers/).waitFor();
  const tree = page.getByRole('list', { name: 'What has to be agreed' });
  await tree.getByText('1 of the members of team change-board').waitFor();
  await page.getByText('A new group needs a peer and the change board.').first().waitFor();
  await lookAround(page, 'approval');
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: `Approve ${number}?` });
  await dialog.getByRole('textbox', { name: 'Comment' }).fill('Names look right');
  await page.keyboard.press('Control+Enter');
  await tree.getByText('Agreed: Priya Raman').first().waitFor();
  await page.getByText('Partly approved').first().waitFor();
  assert.equal((await api(product, owner, 'GET', `/changes/${number}`)).body.state, 'awaiting_approval');

  const phone = await windowOf(adam, { width: 360, height: 800, at: '/approvals' });
  await phone.getByRole('link', { name: number }).click();
  await heading(phone, /Edge routers/).waitFor();
  await isAccessible(phone);
  await press(phone, /^Approve/);
  await phone.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  await phone.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal((await ended(product, owner, number)).state, 'succeeded');
  // Nothing is left to press, in the other window too.
  await page.getByRole('button', { name: /^Approve/ }).waitFor({ state: 'hidden' });
  await Promise.all([page.context().close(), phone.context().close()]);
});

void test('a rejection without a reason is not sent; with one it ends the request', { skip, timeout: 120_000 }, async () => {
  const number = await askFor('Core routers');
  const page = await windowOf(priya, { at: `/approvals/${number}` });
  await heading(page, /Core routers/).waitFor();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog', { name: `Reject ${number}?` });
  await dialog.getByRole('button', { name: 'Reject', exact: true }).click();
  await dialog.getByText('At least 5 characters', { exact: false }).waitFor();
  assert.equal((await api(product, owner, 'GET', `/changes/${number}`)).body.state, 'awaiting_approval');
  await dialog.getByRole('textbox', { name: 'Comment' }).fill('There is one already');
  await dialog.getByRole('button', { name: 'Reject', exact: true }).click();
  await page.getByRole('list', { name: 'What was decided' }).getByText('There is one already').waitFor();
  assert.equal((await ended(product, owner, number)).state, 'rejected');
  await page.context().close();
});

void test('a decision is handed to a colleague, never to who asked, and both stand in the record', { skip, timeout: 120_000 }, async () => {
  const { items } = (await api(product, owner, 'GET', '/groups')).body as { items: { id: string; name: string }[] };
  const group = items.find(({ name }) => name === 'Edge routers')!;
  const { body } = await api(product, owner, 'PATCH', `/groups/${group.id}`, { description: 'At the edge' });
  const { number } = body.change as { number: string };
  const page = await windowOf(priya, { at: `/approvals/${number}` });
  const to = async (name: string): Promise<void> => {
    const dialog = page.getByRole('dialog', { name: /Hand .* to somebody else/ });
    await dialog
      .getByRole('combobox')
      .or(dialog.getByRole('button', { name: 'To whom' }))
      .first()
      .click();
    await page.getByRole('option', { name }).click();
    await dialog.getByRole('button', { name: 'Delegate', exact: true }).click();
  };
  await press(page, /^Delegate/);
  await to('Olivia Owens');
  await page.getByRole('dialog').getByText('hand it to somebody else', { exact: false }).waitFor();
  await to('Adam Ito');
  await page.getByText('Priya Raman handed it to Adam Ito.').waitFor();

  const other = await windowOf(adam, { at: `/approvals/${number}` });
  await press(other, /^Approve/);
  await other.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  await other.getByRole('list', { name: 'What was decided' }).getByText('in the place of Priya Raman').waitFor();
  assert.equal((await ended(product, owner, number)).state, 'succeeded');
  await Promise.all([page.context().close(), other.context().close()]);
});

void test('before an absence somebody is named, and it ends when one is back', { skip, timeout: 120_000 }, async () => {
  const page = await windowOf(priya, { at: '/settings/delegations' });
  await page.getByRole('button', { name: 'Delegate while away' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('combobox')
    .or(dialog.getByRole('button', { name: 'To whom' }))
    .first()
    .click();
  await page.getByRole('option', { name: 'Adam Ito' }).click();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Adam Ito decides for you').waitFor();
  await lookAround(page, 'delegations');
  await page.getByRole('button', { name: 'End the delegation with Adam Ito' }).click();
  await heading(page, 'Absences').waitFor();
  await page.getByText('No absence planned').waitFor();
  await page.context().close();
});

void test('teams of people are made and filled, and putting oneself into one asks for an approval', { skip, timeout: 120_000 }, async () => {
  const page = await windowOf(owner, { at: '/settings/teams' });
  await page.getByRole('row').filter({ hasText: 'change-board' }).getByText('Adam Ito').filter({ visible: true }).waitFor();
  await lookAround(page, 'teams');
  await page.getByRole('button', { name: 'New team' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New team' });
  await dialog.getByLabel('Name', { exact: true }).fill('On call');
  await holds(dialog.getByLabel('Short name'), 'on-call');
  await pick(dialog, 'People', 'Olivia Owens');
  await page.keyboard.press('Escape');
  await dialog.getByText('1 approval by someone else').waitFor();
  await pick(dialog, 'People', 'Olivia Owens', 'Dana Novak');
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('row').filter({ hasText: 'on-call' }).getByText('Dana Novak').filter({ visible: true }).waitFor();
  await page.context().close();
});

void test('of many servers one goes first; it fails, the others are held, and a colleague lets them follow', { skip, timeout: 180_000 }, async () => {
  const { items } = (await api(product, owner, 'GET', '/servers?status=running&limit=200')).body as {
    items: { id: string; name: string; connectionId: string; environment: string | null; openChange: object | null }[];
  };
  const free = items.filter(({ environment, openChange }) => environment !== 'prod' && openChange === null);
  const servers = free.filter(({ connectionId }) => connectionId === free[0]!.connectionId).slice(0, 2);
  assert.equal(servers.length, 2, 'the demo has servers that run');
  const wrong = [{ operation: 'power', kind: 'failing-action', count: 1 }];
  const set = await api(product, owner, 'POST', `/admin/simulator/${servers[0]!.connectionId}/faults`, { faults: wrong });
  assert.equal(set.status, 200, JSON.stringify(set.body));
  // Asked for in the list, as one Change, to which it leads.
  const own = await windowOf(owner, { at: '/infrastructure/servers' });
  for (const { name } of servers) {
    const row = own.getByRole('row').filter({ has: own.getByText(name, { exact: true }) });
    await row.getByRole('checkbox').click();
  }
  await press(own, 'Reboot');
  const ask = own.getByRole('dialog', { name: `Reboot ${servers.length} servers` });
  await ask.getByText('One Change for all of them', { exact: false }).waitFor();
  await ask.getByRole('button', { name: `Reboot ${servers.length}`, exact: true }).click();
  await own.waitForURL(/\/changes\/CHG-\d+$/);
  const number = own.url().split('/').at(-1)!;
  await own.getByRole('region', { name: 'Stages' }).getByText('Held', { exact: true }).waitFor({ timeout: 60_000 });

  // Who can let it go on has been told.
  const page = await windowOf(adam, { at: '/notifications' });
  await page
    .getByRole('main')
    .getByRole('link', { name: new RegExp(`${number}\\b.*is held`) })
    .click();
  const stages = page.getByRole('region', { name: 'Stages' });
  await stages.getByText('Held', { exact: true }).waitFor({ timeout: 60_000 });
  await stages.getByText('the others have not been touched', { exact: false }).waitFor();
  await lookAround(page, 'change-stages');
  await press(page, 'Let it go on');
  const dialog = page.getByRole('dialog', { name: `Let ${number} go on?` });
  await dialog.getByRole('button', { name: 'Let it go on', exact: true }).click();
  await dialog.getByText('At least 5 characters', { exact: false }).waitFor();
  await dialog.getByRole('textbox', { name: 'Comment' }).fill('Its host is being replaced');
  await page.keyboard.press('Control+Enter');
  await stages.getByText('Adam Ito let the others follow', { exact: false }).waitFor();
  assert.equal((await ended(product, owner, number)).state, 'partially_succeeded');
  const others = stages.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'The others' }) });
  await others.getByText('1 of 1').waitFor();
  await Promise.all([page.context().close(), own.context().close()]);
});
