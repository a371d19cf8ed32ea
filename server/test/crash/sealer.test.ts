import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabases, type Databases } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { sealAll } from '#modules/audit/chain/sealer.ts';
import { createSigner, checkerOf } from '#modules/audit/chain/signing.ts';
import { chainIn } from '#modules/audit/chain/source.ts';
import { verifyChain } from '#modules/audit/chain/verify.ts';
import { createAuditWriter } from '#modules/audit/writer.ts';
import { cloneDatabase, testMasterKey } from '../clone.ts';
import { LEAN } from '../lean.ts';
import { program } from '../programs.ts';

let databases: Databases;
let url: string;
const children = new Set<ChildProcess>();
beforeAll(async () => void (databases = openDatabases({ url: (url = await cloneDatabase()), masterKey: testMasterKey() })));
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await databases.close();
});

/** A process that does nothing but seal. */
async function sealing(): Promise<ChildProcess> {
  const orders = JSON.stringify({ databaseUrl: url, masterKey: Buffer.from(testMasterKey()).toString('base64') });
  const child = spawn(process.execPath, [program(new URL('./sealing.ts', import.meta.url))], {
    env: { ...LEAN, SEALING_ORDERS: orders },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.add(child);
  child.stdin.on('error', () => undefined);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}
const killed = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('close', () => (children.delete(child), resolve()));
    child.kill('SIGKILL');
  });

test('a sealer that is killed in the midst of its work, again and again, loses no entry and links none twice', async () => {
  const tenantId = newId();
  const writer = createAuditWriter(databases, () => undefined);
  const actor = { kind: 'user' as const, id: 'x', name: 'X', email: 'x@example.com', tenantId, tenantSlug: 't', credentialId: null, permissionCap: null, ip: null };
  const entry = { decisionId: newId(), requestId: 'r', actor, surface: 'rest' as const, operation: 'a.b', permission: 'a:b', risk: 'write' as const, sensitive: true, result: 'success' as const, reason: null, targets: [], grantId: null, rules: [], inputHash: '', changeId: null, comment: null, at: new Date(), durationMs: 1, timings: {} };
  let [written, writing] = [0, true];
  const work = (async () => {
    for (; writing; written++) await databases.tenant({ tenantId }, (db) => writer.steps.write(db, entry));
  })();
  const linked = async (): Promise<number> =>
    databases.tenant({ tenantId, readOnly: true }, async (db) =>
      Number((await db.$client.query<{ n: string }>(`select coalesce(sum(count), 0) as n from audit_segments where tenant_id = $1`, [tenantId])).rows[0]!.n));
  for (let round = 0; round < 5; round++) {
    const before = await linked();
    const child = await sealing();
    await expect.poll(linked, { timeout: 60_000 }).toBeGreaterThan(before);
    // Somewhere in the next one.
    await new Promise((resolve) => setTimeout(resolve, round * 7));
    await killed(child);
  }
  writing = false;
  await work;
  await sealAll(databases, () => new Date());
  const check = checkerOf([createSigner(new Uint8Array(32))]);
  const found = await databases.tenant({ tenantId, readOnly: true }, (db) => verifyChain(chainIn(db, tenantId), { check }));
  expect(found).toMatchObject({ from: 1, to: written, checked: written, fault: null });
}, 60_000); // prettier-ignore
