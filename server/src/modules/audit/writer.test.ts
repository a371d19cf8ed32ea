import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabases, type Databases } from '#kernel/database.ts';
import type { AuditEntry } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import '#kernel/problems.ts';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import type { AuditRow } from './tables.ts';
import { auditEntries } from './tables.ts';
import { createAuditWriter } from './writer.ts';

let databases: Databases;
beforeAll(async () => void (databases = openDatabases({ url: await cloneDatabase(), masterKey: testMasterKey() })));
afterAll(() => databases.close());

const entry = (tenantId: string, patch: Partial<AuditEntry> = {}): AuditEntry => ({
  decisionId: newId(),
  requestId: 'request-1',
  actor: { kind: 'user', id: 'someone', name: 'Some One', email: null, tenantId, tenantSlug: 't', credentialId: newId(), permissionCap: null, ip: '192.0.2.1' },
  surface: 'rest', operation: 'lamps.get', permission: 'lamps:read', risk: 'read', sensitive: false, result: 'success', reason: null,
  targets: [{ type: 'lamp', id: 'x', name: 'Läufer "1"\n', environment: null, labels: { a: 'b' } }],
  grantId: 'grant', rules: ['built-in/high-risk@1', 'a,b{c}"d\\'], inputHash: 'abc', changeId: null, comment: null,
  at: new Date('2026-11-20T10:11:12.345Z'), durationMs: 1.5, timings: { run: 0.25 },
  ...patch,
}); // prettier-ignore
const stored = (tenantId: string): Promise<AuditRow[]> =>
  databases.tenant({ tenantId, readOnly: true }, (db) => db.select().from(auditEntries).orderBy(auditEntries.id));
const quiet = (): void => undefined;

test('an entry is stored as it was, with every kind of character and list', async () => {
  const tenantId = newId();
  const writer = createAuditWriter(databases, quiet);
  const given = entry(tenantId, { comment: 'because · потому “quoted” \\ 😀', reason: { stage: 'run', code: 'x', text: 'y' }, changeId: newId() });
  await writer.steps.later(given);
  await writer.flush();
  const [row] = await stored(tenantId);
  const { actor, ...rest } = given;
  expect(row).toMatchObject({
    ...rest,
    tenantId,
    actorId: actor.id,
    actorName: actor.name,
    credentialId: actor.credentialId,
    ip: actor.ip,
    occurrences: 1,
  });
});

test('entries of reads come by themselves within a moment, in order, each tenant’s in its own', async () => {
  const [one, two] = [newId(), newId()];
  const writer = createAuditWriter(databases, quiet);
  for (let n = 0; n < 1_200; n++) await writer.steps.later(entry(n % 3 === 0 ? two : one, { requestId: `request-${n}` }));
  await expect.poll(async () => (await stored(one)).length + (await stored(two)).length, { timeout: 60_000 }).toBe(1_200);
  const numbers = (await stored(one)).map(({ requestId }) => Number(requestId.slice(8)));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(await stored(two)).toHaveLength(400);
});

test('the entry of a write is there if and only if the write is', async () => {
  const tenantId = newId();
  const writer = createAuditWriter(databases, quiet);
  const failing = databases.tenant({ tenantId }, async (db) => {
    await writer.steps.write(db, entry(tenantId));
    throw new Error('no after all');
  });
  await expect(failing).rejects.toThrow('no after all');
  expect(await stored(tenantId)).toEqual([]);
  await databases.tenant({ tenantId }, (db) => writer.steps.write(db, entry(tenantId)));
  expect(await stored(tenantId)).toHaveLength(1);
});

test('what no database can keep costs the entry a character, not itself or its neighbours', async () => {
  const tenantId = newId();
  const writer = createAuditWriter(databases, quiet);
  const cut = 'There is no lamp "😀'.slice(0, -1);
  await writer.steps.later(entry(tenantId, { result: 'failure', reason: { stage: 'run', code: 'lamp-not-found', text: `${cut}".` } }));
  await writer.steps.later(entry(tenantId, { comment: 'nul \0 here', targets: [{ type: 'lamp', id: '\ud800' }] }));
  await writer.steps.later(entry(tenantId, { comment: 'a literal \\u0000 is text' }));
  await writer.flush();
  const rows = await stored(tenantId);
  expect(rows.map(({ comment, reason }) => reason?.text ?? comment)).toEqual([
    'There is no lamp "\ufffd".',
    'nul \ufffd here',
    'a literal \\u0000 is text',
  ]);
});

test('a batch whose answer was lost is sent again and is there once; one that failed is not lost', async () => {
  const tenantId = newId();
  let fault: 'before' | 'after' | undefined = 'after';
  const errors: string[] = [];
  const shaky: Databases = {
    ...databases,
    async tenant(who, work) {
      const now = fault;
      fault = now === 'after' ? 'before' : undefined;
      if (now === 'before') throw new Error('lost before');
      const result = await databases.tenant(who, work);
      if (now === 'after') throw new Error('lost after');
      return result;
    },
  };
  const writer = createAuditWriter(shaky, ({ message }) => errors.push(message));
  for (let n = 0; n < 3; n++) await writer.steps.later(entry(tenantId));
  for (let n = 0; n < 3; n++) await writer.flush();
  expect(errors).toEqual(['lost after', 'lost before']);
  expect(await stored(tenantId)).toHaveLength(3);
});

test('with no room left for entries that cannot be written, the Gate is refused', async () => {
  const tenantId = newId();
  const dead: Databases = { ...databases, tenant: () => Promise.reject(new Error('disk full')) };
  const writer = createAuditWriter(dead, quiet);
  const many = async (): Promise<void> => {
    for (let n = 0; n < 10_002; n++) await writer.steps.later(entry(tenantId));
  };
  await expect(many()).rejects.toMatchObject({ slug: 'dependency-unavailable' });
});

test('denials alike are kept one by one up to twenty in a minute, and then counted', async () => {
  const tenantId = newId();
  const writer = createAuditWriter(databases, quiet);
  const denied = { result: 'denied' as const, reason: { stage: 'permission', code: 'permission-denied', text: 'no' } };
  for (let n = 0; n < 100; n++) await writer.steps.later(entry(tenantId, denied));
  await writer.steps.later(entry(tenantId, { ...denied, operation: 'lamps.light' }));
  await writer.flush();
  const rows = await stored(tenantId);
  expect(rows.filter(({ operation }) => operation === 'lamps.get').map(({ occurrences }) => occurrences)).toEqual([...Array.from({ length: 20 }, () => 1), 32, 64]);
  expect(rows.filter(({ operation }) => operation === 'lamps.light')).toHaveLength(1);
}); // prettier-ignore
