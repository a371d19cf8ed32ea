import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { act } from './exchange-forms.ts';
import { lookAround } from './looks.ts';
import type { Login, Product } from './product.ts';
import { fabricOfTwo } from './route-servers.ts';

interface People {
  product: Product;
  owner: Login;
  approver: Login;
  /** Where a network looks at its ports. */
  member: Page;
  /** Where whoever runs the exchange is signed in. */
  desk: Page;
}

/** A port whose second route server has no room for it: seen with its error, and tried again there alone. */
export async function retryOfOne({ product, owner, approver, member, desk }: People): Promise<void> {
  const two = await fabricOfTwo(product, owner, approver);
  try {
    two.second.fill(true);
    await member.getByRole('button', { name: 'Ask for a port on Munich' }).click();
    const drawer = member.getByRole('dialog').last();
    await drawer.getByRole('button', { name: 'Preview plan' }).click();
    await drawer.getByRole('button', { name: 'Apply now', exact: true }).click();
    await drawer.getByRole('button', { name: 'Close', exact: true }).last().click();

    await desk.goto(`${product.url}/infrastructure/exchange-ports?whose=all`);
    await act(desk, 'Approve AS20001 on muc');
    await two.becomes('failed');
    await desk.reload();
    const servers = desk.getByRole('list', { name: 'Route servers' });
    const one = (handle: string): Locator => servers.getByRole('listitem').filter({ hasText: handle });
    await one('rs1-muc').getByText('Applied', { exact: true }).waitFor();
    await one('rs2-muc').getByText('Failed', { exact: true }).waitFor();
    await one('rs2-muc').getByText('stage: the disk is full').waitFor();
    await desk.getByText('"rs2-muc" does not have it').waitFor();
    assert.equal(await desk.getByRole('button', { name: 'Try this one again: AS20001 on muc on rs1-muc' }).count(), 0);
    await lookAround(desk, 'exchange-port-retry');

    two.second.fill(false);
    const [untouched, earlier] = [two.first.loaded(), two.second.loaded()];
    await act(desk, 'Try this one again: AS20001 on muc on rs2-muc');
    await two.becomes('active');
    assert.equal(two.first.loaded(), untouched);
    assert.ok(two.second.loaded() > earlier);
    await desk.reload();
    await desk.getByText('AS20001 on muc').first().waitFor();
    assert.equal(await servers.count(), 0);
  } finally {
    await two.close();
  }
}
