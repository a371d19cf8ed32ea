import assert from 'node:assert/strict';
import { api, governed } from '../lib/api.ts';
import { dig, type Knot } from '../lib/knot.ts';
import type { Login, Product } from '../lib/product.ts';

/** How a person gets things done on one surface. Everything is by what that surface shows. */
export interface Driver {
  /** Asks for an address record in a zone; answers the Change's number. */
  askForRecord: (who: Login, wanted: { zone: string; name: string; address: string; comment: string }) => Promise<string>;
  /** Asks for a server; answers the Change's number. */
  askForServer: (who: Login, wanted: { name: string; environment: string; comment: string }) => Promise<string>;
  /** Tries to approve; answers null, or the slug of the refusal. */
  approve: (who: Login, change: string) => Promise<string | null>;
  /** Follows a Change to its end; answers its last state. */
  follow: (who: Login, change: string) => Promise<string>;
  /** Status of a server as the surface shows it. */
  serverStatus: (who: Login, name: string) => Promise<string>;
  /** The trail of a Change: `actor result` lines, oldest first. */
  trail: (who: Login, change: string) => Promise<string[]>;
  close: () => Promise<void>;
}

/** What has to be there before the journey begins: a connection to the real name server, and its zone in environment prod. */
export async function prepareZone(product: Product, knot: Knot, name: string): Promise<void> {
  const [owner, approver] = [product.as('owner'), product.as('approver')];
  const connection = await governed(product, owner, approver, 'POST', '/cloud-providers', {
    name,
    kind: 'rfc2136',
    config: { server: '127.0.0.1', port: knot.port, tsigName: knot.tsig.name, tsigAlgorithm: knot.tsig.algorithm, zone: knot.zone },
    credential: { tsigSecret: knot.tsig.secret },
  });
  await governed(product, owner, approver, 'POST', '/dns/zones', { name: knot.zone, connectionId: connection.id, environment: 'prod' });
}

/**
 * The first governed change, end to end: a developer asks for a DNS record and a server in production, cannot approve them, a
 * colleague does, durable jobs carry them out on a real name server and the simulated cloud, and the audit trail proves it.
 */
export async function firstGovernedChange(product: Product, knot: Knot, driver: Driver, prefix: string): Promise<void> {
  const [developer, approver, auditor] = [product.as('developer'), product.as('approver'), product.as('auditor')];
  const address = '192.0.2.80';

  const record = await driver.askForRecord(developer, { zone: knot.zone, name: `${prefix}-www`, address, comment: 'Launch of the new shop' });
  const server = await driver.askForServer(developer, { name: `${prefix}-web`, environment: 'prod', comment: 'Launch of the new shop' });
  assert.match(record, /^CHG-\d+$/);
  assert.deepEqual(await dig(knot.port, `${prefix}-www.${knot.zone}`, 'A'), [], 'nothing happens before it is approved');

  assert.notEqual(await driver.approve(developer, record), null, 'nobody approves what they asked for');
  assert.equal(await driver.approve(approver, record), null);
  assert.equal(await driver.approve(approver, server), null);

  assert.equal(await driver.follow(developer, record), 'succeeded');
  assert.equal(await driver.follow(developer, server), 'succeeded');
  assert.deepEqual(await dig(knot.port, `${prefix}-www.${knot.zone}`, 'A'), [address]);
  assert.equal(await driver.serverStatus(developer, `${prefix}-web`), 'running');

  for (const change of [record, server]) {
    const lines = await driver.trail(auditor, change);
    assert.deepEqual([lines[0], lines.at(-1)], ['Dana Novak pending', 'Dana Novak success'], lines.join('\n'));
  }
  const { body } = await api(product, auditor, 'GET', '/audit/entries?operation=changes.approve&limit=200');
  const decisions = (body.items as { actor: { name: string }; result: string }[]).map(({ actor, result }) => `${actor.name} ${result}`);
  assert.ok(decisions.includes('Priya Raman success'), 'the approval is in the trail');
  assert.ok(
    decisions.some((line) => line.startsWith('Dana Novak') && line !== 'Dana Novak success'),
    'and so is the attempt to approve one’s own',
  );
}
