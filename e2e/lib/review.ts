import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { api, ended } from './api.ts';
import { isAccessible } from './browser.ts';
import type { Login, Product } from './product.ts';

/** Chooses one of many, or several, by typing their names as people do. A choice of several is left open. */
export async function pick(dialog: Locator, label: string, ...choices: string[]): Promise<void> {
  const page = dialog.page();
  await dialog.getByRole('combobox', { name: label, exact: true }).click();
  for (const choice of choices) {
    await page.getByPlaceholder('Type to search').last().fill(choice);
    await page.getByRole('option', { name: choice }).first().click();
  }
}

/** Asks for what a dialog has planned; the requester is refused as approver, a colleague agrees, and it is carried out. */
export async function approvedByColleague(dialog: Locator, product: Product, requester: Login, colleague: Login): Promise<void> {
  const page = dialog.page();
  await dialog.getByText('1 approval by someone else').waitFor();
  await isAccessible(page);
  await dialog.getByLabel('Comment').fill('The new shift plan');
  await dialog.getByRole('button', { name: 'Ask for approval' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const told = page.getByText(/CHG-\d+ waits for approval/).first();
  const number = /CHG-\d+/.exec((await told.textContent())!)![0];
  const { body } = await api(product, requester, 'GET', `/changes/${number}`);
  const approve = (who: Login) => api(product, who, 'POST', `/changes/${number}/approve`, { planHash: body.planHash });
  const own = await approve(requester);
  assert.deepEqual([own.status, own.body.title], [403, 'Not your own Change']);
  const approved = await approve(colleague);
  assert.equal(approved.status, 200, JSON.stringify(approved.body));
  const change = await ended(product, requester, body.id);
  assert.equal(change.state, 'succeeded', JSON.stringify(change.problem));
  // Word of one Change must not be taken for that of the next.
  await told.waitFor({ state: 'hidden' });
}

/** A colleague agrees to whatever waits of secrets and variables, and it is carried out. */
export async function agreeToAll(product: Product, reader: Login, colleague: Login): Promise<void> {
  const { items } = (await api(product, colleague, 'GET', '/changes?state=awaiting_approval&limit=50')).body as {
    items: { id: string; operation: string }[];
  };
  for (const { id, operation } of items.filter((one) => /^(secrets|envVars)\./.test(one.operation))) {
    const { body } = await api(product, colleague, 'GET', `/changes/${id}`);
    const approved = await api(product, colleague, 'POST', `/changes/${id}/approve`, { planHash: body.planHash });
    assert.equal(approved.status, 200, operation);
    assert.equal((await ended(product, reader, id)).state, 'succeeded');
  }
}
