import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabases, type Databases } from '#kernel/database.ts';
import type { AuditEntry } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import '#kernel/problems.ts';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { auditEntries } from '../tables.ts';
import { createAuditWriter } from '../writer.ts';
import { anchorChain } from './anchor.ts';
import { placeOf } from './place.ts';
import { sealAll, sealOnce } from './sealer.ts';
import { checkerOf, createSigner } from './signing.ts';
import { chainIn } from './source.ts';
import { verifyChain, type Findings } from './verify.ts';

let databases: Databases;
/** Whoever administers the database: past every layer of ours. */
let root: pg.Client;
let tenantId: string;
const signer = createSigner(new Uint8Array(32).fill(7));
const check = checkerOf([signer]);
const now = (): Date => new Date();

beforeAll(async () => {
  const url = await cloneDatabase();
  databases = openDatabases({ url, masterKey: testMasterKey() });
  root = new pg.Client({ connectionString: url });
  await root.connect();
});
afterAll(async () => void (await Promise.all([databases.close(), root.end()])));
beforeEach(() => void (tenantId = newId()));

const entry = (patch: Partial<AuditEntry> = {}): AuditEntry => ({
  decisionId: newId(), requestId: 'request-1',
  actor: { kind: 'user', id: 'someone', name: 'Some One', email: 'some@one.example', tenantId, tenantSlug: 't', credentialId: null, permissionCap: null, ip: '192.0.2.1' },
  surface: 'rest', operation: 'lamps.light', permission: 'lamps:write', risk: 'write', sensitive: true, result: 'success', reason: { stage: 'run', code: 'x', text: 'ü "q"' },
  targets: [{ type: 'lamp', id: 'x', labels: { b: '1', a: '2' } }], grantId: null, rules: ['r@1'], inputHash: 'abc', changeId: null, comment: null,
  at: new Date('2026-11-20T10:11:12.345Z'), durationMs: 1.5, timings: { run: 0.25, audit: 1e-3 },
  ...patch,
}); // prettier-ignore

const writer = () =>
  createAuditWriter(
    databases,
    () => undefined,
    () => ['owner'],
  );
async function write(count: number): Promise<string[]> {
  for (let n = 0; n < count; n++) await databases.tenant({ tenantId }, (db) => writer().steps.write(db, entry({ requestId: `request-${n}` })));
  return ids();
}
const ids = async (): Promise<string[]> =>
  (await databases.tenant({ tenantId, readOnly: true }, (db) => db.select({ id: auditEntries.id }).from(auditEntries).orderBy(auditEntries.id))).map(
    ({ id }) => id,
  );
async function seal(): Promise<void> {
  await sealAll(databases, now);
}
const verify = (from = 1): Promise<Findings> =>
  databases.tenant({ tenantId, readOnly: true }, (db) => verifyChain(chainIn(db, tenantId), { from, check }));

test('a chain that nobody touched holds, across segments, anchors and entries that wait', async () => {
  await write(3);
  await seal();
  await anchorChain(databases, signer, tenantId, now());
  await write(2);
  await seal();
  await anchorChain(databases, signer, tenantId, now());
  await write(1);
  expect(await verify()).toMatchObject({ from: 1, to: 5, checked: 5, expired: 0, anchors: 2, lastAnchor: { seq: 5 }, fault: null });
  expect(await verify(4)).toMatchObject({ from: 4, to: 5, checked: 2, fault: null });
});

test('governance 74: Given an audit row is altered in the database, when verified, then the first broken id is named', async () => {
  const [, second, third] = await write(4);
  await seal();
  for (const change of [`result = 'denied'`, `actor_email = null`, `targets = '[]'`, `timings = '{"run": 1}'`, `roles = '{viewer}'`, `at = at + interval '1 hour'`]) {
    await root.query('begin');
    await root.query(`update audit_entries set ${change} where id = any($1)`, [[second, third]]);
    await root.query('commit');
    expect((await verify()).fault).toMatchObject({ kind: 'altered', seq: 2, entryId: second });
    await root.query(`update audit_entries set result = 'success', actor_email = 'some@one.example', roles = '{owner}', targets = $2, timings = $3, at = $4 where id = any($1)`, [
      [second, third], JSON.stringify(entry().targets), JSON.stringify(entry().timings), entry().at,
    ]);
  }
  expect((await verify()).fault).toBeNull();
}); // prettier-ignore

test('a row that was deleted, put in, or put in another’s place is found and named', async () => {
  const [first, second, third] = await write(3);
  await seal();
  const fault = async (...sql: string[]): Promise<Findings['fault']> => {
    await root.query(`create temp table before as select * from audit_entries where tenant_id = '${tenantId}'`);
    for (const one of sql) await root.query(one);
    const { fault: found } = await verify();
    await root.query(`delete from audit_entries where tenant_id = '${tenantId}'; insert into audit_entries select * from before; drop table before`);
    return found;
  };
  expect(await fault(`delete from audit_entries where id = '${second}'`)).toMatchObject({ kind: 'missing', seq: 2, entryId: second });
  const inserted = newId();
  const copy = (id: string): string => `create temp table one as select * from before limit 1; update one set id = '${id}'; insert into audit_entries select * from one; drop table one`;
  expect(await fault(copy(inserted))).toMatchObject({ kind: 'inserted', entryId: inserted });
  const between = `${second!.slice(0, -1)}${second!.endsWith('0') ? '1' : '0'}`;
  expect(await fault(copy(between))).toMatchObject({ kind: 'inserted', entryId: between });
  const swapped = [`update audit_entries set id = 'ffffffff-ffff-7fff-8fff-ffffffffffff' where id = '${first}'`, `update audit_entries set id = '${first}' where id = '${third}'`, `update audit_entries set id = '${third}' where id = 'ffffffff-ffff-7fff-8fff-ffffffffffff'`];
  expect(await fault(...swapped)).toMatchObject({ kind: 'altered', seq: 1, entryId: first });
  expect((await verify()).fault).toBeNull();
}); // prettier-ignore

test('links that were altered, reordered, cut out of the middle or off the end are found', async () => {
  for (let n = 0; n < 3; n++) {
    await write(2);
    await seal();
  }
  await anchorChain(databases, signer, tenantId, now());
  const fault = async (sql: string): Promise<Findings['fault']> => {
    await root.query('begin');
    await root.query(sql);
    await root.query('commit');
    const { fault: found } = await verify();
    await root.query(`delete from audit_segments where tenant_id = '${tenantId}'; insert into audit_segments select * from kept_segments`);
    return found;
  };
  await root.query(`create temp table kept_segments as select * from audit_segments where tenant_id = '${tenantId}'`);
  const mine = `tenant_id = '${tenantId}'`;
  expect(await fault(`update audit_segments set hashes = set_byte(hashes, 3, 255 - get_byte(hashes, 3)) where ${mine} and first_seq = 3`)).toMatchObject({ kind: 'links-altered', seq: 3 });
  expect(await fault(`update audit_segments set ids = substr(ids, 17) || substr(ids, 1, 16), hashes = substr(hashes, 33) || substr(hashes, 1, 32) where ${mine} and first_seq = 3`)).toMatchObject({ kind: 'links-altered', seq: 3 });
  expect(await fault(`delete from audit_segments where ${mine} and first_seq = 3`)).toMatchObject({ kind: 'links-missing', seq: 3 });
  expect(await fault(`delete from audit_segments where ${mine} and first_seq = 5`)).toMatchObject({ kind: 'links-missing', seq: 5 });
  expect(await fault(`delete from audit_segments where ${mine} and first_seq = 1`)).toMatchObject({ kind: 'links-missing', seq: 2 });
  expect((await verify()).fault).toBeNull();
}); // prettier-ignore

test('a chain that was rewritten from end to end does not fit its anchors, and anchors cannot be made without the key', async () => {
  const [first] = await write(2);
  await seal();
  await anchorChain(databases, signer, tenantId, now());
  await write(1);
  await seal();
  await anchorChain(databases, signer, tenantId, now());
  await root.query(`update audit_entries set comment = 'never' where id = $1`, [first]);
  await root.query('insert into audit_unsealed select tenant_id, id from audit_entries where tenant_id = $1', [tenantId]);
  await root.query('delete from audit_segments where tenant_id = $1', [tenantId]);
  await seal();
  expect((await verify()).fault).toMatchObject({ kind: 'links-missing', seq: 3 });
  // Rewritten in place, as the sealer itself would not do it.
  await root.query('delete from audit_segments where tenant_id = $1', [tenantId]);
  await root.query('create temp table kept_signs as select * from audit_anchors where tenant_id = $1', [tenantId]);
  await root.query('delete from audit_anchors where tenant_id = $1', [tenantId]);
  await root.query('insert into audit_unsealed select tenant_id, id from audit_entries where tenant_id = $1', [tenantId]);
  await seal();
  await root.query('insert into audit_anchors select * from kept_signs; drop table kept_signs');
  expect((await verify()).fault).toMatchObject({ kind: 'links-altered', seq: 2 });
  const forger = createSigner(new Uint8Array(32).fill(9));
  await root.query('delete from audit_anchors where tenant_id = $1', [tenantId]);
  await anchorChain(databases, forger, tenantId, now());
  expect((await verify()).fault).toMatchObject({ kind: 'anchor-altered', seq: 3 });
});

test('an anchor that was taken out between two others, or changed, is found', async () => {
  for (let n = 0; n < 3; n++) {
    await write(1);
    await seal();
    await anchorChain(databases, signer, tenantId, now());
  }
  await root.query('create temp table kept_anchors as select * from audit_anchors where tenant_id = $1', [tenantId]);
  await root.query('delete from audit_anchors where tenant_id = $1 and seq = 2', [tenantId]);
  expect((await verify()).fault).toMatchObject({ kind: 'anchor-missing', seq: 3 });
  await root.query('insert into audit_anchors select * from kept_anchors where seq = 2');
  await root.query(`update audit_anchors set at = at - interval '1 day' where tenant_id = $1 and seq = 2`, [tenantId]);
  expect((await verify()).fault).toMatchObject({ kind: 'anchor-altered', seq: 2 });
});

test('an entry whose transaction commits late is linked when it does, and nothing waits for it', async () => {
  let commit = (): void => undefined;
  const held = new Promise<void>((resolve) => (commit = resolve));
  let inserted = (): void => undefined;
  const isIn = new Promise<void>((resolve) => (inserted = resolve));
  const late = databases.tenant({ tenantId }, async (db) => {
    await writer().steps.write(db, entry({ requestId: 'late' }));
    inserted();
    await held;
  });
  await isIn;
  const before = await write(2);
  await seal();
  expect(await verify()).toMatchObject({ to: 2, checked: 2, fault: null });
  commit();
  await late;
  expect((await verify()).fault).toBeNull();
  await seal();
  const [lateId] = await ids();
  expect(before).not.toContain(lateId);
  expect(await verify()).toMatchObject({ to: 3, checked: 3, fault: null });
  expect(await databases.tenant({ tenantId, readOnly: true }, (db) => placeOf(db, tenantId, lateId!))).toMatchObject({ seq: 3 });
});

test('two sealers at once make one chain', async () => {
  const count = 60;
  const work = write(count);
  let running = true;
  const sealing = [0, 1, 2].map(async () => {
    while (running) await sealOnce(databases, now);
  });
  await work;
  running = false;
  await Promise.all(sealing);
  await seal();
  expect(await verify()).toMatchObject({ to: count, checked: count, fault: null });
});

test('an entry that is gone before it is sealed keeps its place and is called missing', async () => {
  const [, second] = await write(3);
  await root.query('delete from audit_entries where id = $1', [second]);
  await seal();
  expect((await verify()).fault).toMatchObject({ kind: 'missing', seq: 2, entryId: second });
});
