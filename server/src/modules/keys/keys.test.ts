import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabases, ROLES, urlFor, type Database, type Databases } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { openJobs, type Jobs } from '#kernel/jobs.ts';
import { localLive } from '#kernel/live.ts';
import { MasterKeyError, masterKeyId, masterKeysOf } from '#kernel/master-keys.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { createSealer } from '#kernel/seal.ts';
import { destinationOf, sealSecret as sealStream } from '#modules/audit/streams/store.ts';
import { sealedPlace as connectionPlace } from '#modules/clouds/connection-rows.ts';
import { archivePlace } from '#modules/exchange/backups/store.ts';
import { tokenPlace } from '#modules/exchange/controllers/talk.ts';
import { keyPlace } from '#modules/exchange/ssh/talk.ts';
import { fullInput } from '#modules/governance/runner/input.ts';
import { sealedPlace as providerPlace } from '#modules/identity/federation/directory.ts';
import { closed, opened } from '#modules/memory/write.ts';
import { openChannel, sealChannel } from '#modules/notifications/channels.ts';
import { valuePlace } from '#modules/secrets/vault.ts';
import { blobPlace, payloadPlace } from '#modules/workflows/engine/files.ts';
import { inputsPlace, outputsPlace, stepsPlace } from '#modules/workflows/engine/veil.ts';
import { openWebhook, sealHeaders, sealSecret } from '#modules/webhooks/sealing.ts';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { fillEveryTable } from '#test/fill.ts';
import { readModules } from '#test/modules.ts';
import { begin, reencrypt, resume, type KeysDeps } from './reencrypt.ts';
import { rewrapTenant } from './rewrap.ts';
import { nameOf, placesIn } from './stale.ts';
import { keysOf } from './status.ts';

const HOUR = 3_600_000;
let root: pg.Client;
let databases: Databases;
let jobs: Jobs;
let deps: KeysDeps;
let at = new Date();
const sealer = createSealer(testMasterKey());
const tenantId = newId();
const within = <T>(work: (db: Database) => Promise<T>, id = tenantId): Promise<T> => databases.tenant({ tenantId: id }, work);
const run = (id: string, of = tenantId) => reencrypt(deps, { data: { tenantId: of, reencryptionId: id }, signal: new AbortController().signal });
const last = async (of = tenantId) => (await keysOf(databases, of)).last!;
const first = async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R> => (await root.query<R>(text, values)).rows[0]!;

/** Of each column: something sealed as its module does it, and how the module opens it. */
const opens = new Map<string, (db: Database) => Promise<string>>();
const column = (name: string, open: (db: Database) => Promise<string>): void => void opens.set(name, open);

async function put(table: string, id: string, field: string, sealed: string | null): Promise<void> {
  await root.query('set session_replication_role = replica');
  await root.query(`update ${table} set ${field} = $1 where tenant_id = $2 and id = $3`, [sealed, tenantId, id]);
  await root.query('reset session_replication_role');
}
const value = async (table: string, field: string): Promise<string> => (await first<{ value: string }>(`select ${field} as value from ${table} where tenant_id = $1`, [tenantId])).value; // prettier-ignore
const idIn = async (table: string): Promise<string> => (await first<{ id: string }>(`select id from ${table} where tenant_id = $1`, [tenantId])).id;

/** Values of every module, in places of their own. */
async function sealEverywhere(): Promise<void> {
  const simple = async (table: string, field: string, place: (id: string) => Parameters<typeof sealer.open>[1]): Promise<void> => {
    const id = await idIn(table);
    await put(table, id, field, await within((db) => sealer.seal(db, place(id), `of ${table}`)));
    column(`${table}.${field}`, async (db) => sealer.open(db, place(id), await value(table, field)));
  };
  await simple('cloud_connections', 'credential', (id) => connectionPlace(tenantId, id));
  await simple('identity_providers', 'client_secret_sealed', (id) => providerPlace(tenantId, id));
  await simple('execution_blobs', 'sealed', (id) => blobPlace(tenantId, id));
  await simple('node_executions', 'sealed', (id) => payloadPlace(tenantId, id));
  await simple('node_executions', 'sealed_steps', (id) => stepsPlace(tenantId, id));
  await simple('workflow_executions', 'sealed_inputs', (id) => inputsPlace(tenantId, id));
  await simple('workflow_executions', 'sealed_outputs', (id) => outputsPlace(tenantId, id));
  await simple('secret_exports', 'sealed', (id) => ({ tenantId, table: 'secret_exports', row: id, field: 'sealed' }));

  await simple('exchange_controllers', 'token', (id) => tokenPlace({ tenantId, id }));
  await simple('exchange_controller_backups', 'archive', (id) => archivePlace({ tenantId, id }));
  await simple('exchange_route_server_access', 'private_key_sealed', (id) => keyPlace({ tenantId, id }));

  const stream = { tenantId, id: await idIn('audit_streams') };
  await put('audit_streams', stream.id, 'secret_sealed', await within((db) => sealStream(db, sealer, stream, 'of audit_streams')));
  column('audit_streams.secret_sealed', async (db) => {
    const { secret } = await destinationOf(sealer)(db, { ...stream, secretSealed: await value('audit_streams', 'secret_sealed') } as never);
    return secret!;
  });

  for (const table of ['memories', 'memory_versions'] as const) {
    const id = await idIn(table);
    const { sealed } = await within((db) =>
      closed(sealer, { db, tenantId }, table, id, true, { content: `of ${table}`, summary: null, metadata: {} }),
    );
    await put(table, id, 'sealed', sealed);
    const row = async () => ({ id, content: null, summary: null, metadata: {}, sealed: await value(table, 'sealed') });
    column(`${table}.sealed`, async (db) => (await opened(sealer, { db, tenantId }, table, await row())).content);
  }

  const change = await idIn('changes');
  const operation = { input: z.object({ password: z.string().meta({ secret: true }) }) } as unknown as AnyOperation;
  const kept = { tenantId, table: 'changes', row: change, field: 'sealed_secrets' };
  await put('changes', change, 'sealed_secrets', await within((db) => sealer.seal(db, kept, JSON.stringify({ '/password': 'of changes' }))));
  column('changes.sealed_secrets', async (db) => {
    const row = { tenantId, id: change, input: { password: '••••••' }, sealedSecrets: await value('changes', 'sealed_secrets') };
    return (await fullInput(db, sealer, operation, row as never))['password'] as string;
  });

  const channel = { tenantId, id: await idIn('notification_channels') };
  await put('notification_channels', channel.id, 'sealed', await within((db) => sealChannel(db, sealer, channel, { webhookUrl: 'of notification_channels' }))); // prettier-ignore
  column('notification_channels.sealed', async (db) => {
    const seen = await openChannel(db, sealer, { ...channel, sealed: await value('notification_channels', 'sealed') } as never);
    return 'webhookUrl' in seen ? seen.webhookUrl : '';
  });

  const secret = { tenantId, id: await idIn('secrets'), kind: 'secret' as const, name: 'DB_PASSWORD' };
  const version = await idIn('secret_versions');
  await root.query('set session_replication_role = replica');
  await root.query(`update secrets set kind = 'secret', name = 'DB_PASSWORD' where tenant_id = $1`, [tenantId]);
  await root.query('update secret_versions set secret_id = $2, number = 7 where tenant_id = $1', [tenantId, secret.id]);
  const place = valuePlace(secret as never, 7);
  await put('secret_versions', version, 'sealed', await within((db) => sealer.seal(db, place, 'of secret_versions')));
  column('secret_versions.sealed', async (db) => sealer.open(db, place, await value('secret_versions', 'sealed')));

  const webhook = { tenantId, id: await idIn('webhooks') };
  await put('webhooks', webhook.id, 'secret_sealed', await within((db) => sealSecret(db, sealer, webhook, 'of webhooks')));
  await put('webhooks', webhook.id, 'previous_sealed', await within((db) => sealSecret(db, sealer, webhook, 'of webhooks before')));
  await put('webhooks', webhook.id, 'headers_sealed', await within((db) => sealHeaders(db, sealer, webhook, { 'x-team': 'of headers' })));
  const openedHook = async (db: Database) => {
    const [secretSealed, previousSealed, headersSealed] = [await value('webhooks', 'secret_sealed'), await value('webhooks', 'previous_sealed'), await value('webhooks', 'headers_sealed')]; // prettier-ignore
    return openWebhook(db, sealer, { ...webhook, secretSealed, previousSealed, headersSealed, previousUntil: new Date(Date.now() + HOUR) } as never, new Date()); // prettier-ignore
  };
  column('webhooks.secret_sealed', async (db) => (await openedHook(db)).secrets[0]!);
  column('webhooks.previous_sealed', async (db) => (await openedHook(db)).secrets[1]!);
  column('webhooks.headers_sealed', async (db) => (await openedHook(db)).headers['x-team']!);
}

beforeAll(async () => {
  const url = await cloneDatabase();
  root = new pg.Client({ connectionString: url });
  await root.connect();
  await fillEveryTable(root, tenantId);
  await root.query('delete from data_keys; delete from reencryptions');
  databases = openDatabases({ url, masterKey: testMasterKey() });
  jobs = await openJobs({ url: urlFor(url, ROLES.platform, testMasterKey()), live: localLive(), onError: () => undefined, supervise: false });
  const places = placesIn(await readModules());
  deps = { databases, jobs, sealer, places, now: () => at };
}, 60_000);
afterAll(async () => {
  await jobs.close();
  await databases.close();
  await root.end();
});

describe('every module’s sealed values', () => {
  test('are declared, under the places that the module itself opens them at', async () => {
    await sealEverywhere();
    expect([...opens.keys()].sort()).toEqual(deps.places.map(nameOf).sort());
    const twice = { sealed: [{ table: 'changes', column: 'x', field: `'x'` }] };
    expect(() => placesIn([twice, twice])).toThrow('changes.x is declared twice');
    // A column that is called like a sealed one is declared, or is under a key of the installation's, which no tenant's is;
    // what a domain is proved with is told to everybody, in its DNS.
    const { rows } = await root.query<{
      name: string;
    }>(`select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and not a.attisdropped and a.atttypid = 'text'::regtype
        and (a.attname like '%sealed%' or a.attname in ('archive', 'credential', 'token'))`);
    const others = ['mail_outbox.sealed', 'tenant_domains.token'];
    expect(rows.map(({ name }) => name).filter((name) => !others.includes(name)).sort()).toEqual([...opens.keys()].sort()); // prettier-ignore
  });

  test('move to a new data key; then the old one is destroyed, and each still opens where it is', async () => {
    const expected = new Map<string, string>();
    for (const [name, open] of opens) expected.set(name, await within(open));
    const before = new Set<string>();
    for (const { table, column: field } of deps.places) before.add((await value(table, field)).split('.')[1]!);
    const begun = await begin(deps, tenantId);
    expect(begun).toMatchObject({ state: 'moving', total: opens.size });
    // Asked for again, the one under way goes on.
    expect((await begin(deps, tenantId)).id).toBe(begun.id);
    await run(begun.id);
    expect(await last()).toMatchObject({ state: 'settling', moved: opens.size, unreadable: 0 });
    for (const [name, open] of opens) {
      expect((await value(...(name.split('.') as [string, string]))).split('.')[1], name).toBe(begun.keyId);
      expect(await within(open), name).toBe(expected.get(name));
    }
    // Another process may hold the old key still.
    await run(begun.id);
    expect((await last()).state).toBe('settling');
    expect((await root.query('select 1 from data_keys where tenant_id = $1', [tenantId])).rowCount).toBe(1 + before.size);
    at = new Date(at.getTime() + HOUR);
    await run(begun.id);
    expect(await last()).toMatchObject({ state: 'done', destroyed: before.size });
    expect((await root.query<{ id: string }>('select id from data_keys where tenant_id = $1', [tenantId])).rows).toEqual([{ id: begun.keyId }]);
    for (const [name, open] of opens) expect(await within(open), name).toBe(expected.get(name));
    await run(begun.id); // a job that comes once more finds nothing to do
    expect((await last()).state).toBe('done');
  });

  test('one that does not open is counted, and its key is kept', async () => {
    const id = await idIn('cloud_connections');
    const sealed = await value('cloud_connections', 'credential');
    await put('cloud_connections', id, 'credential', `${sealed.slice(0, -4)}AAAA`);
    const begun = await begin(deps, tenantId);
    await run(begun.id);
    expect(await last()).toMatchObject({ state: 'settling', moved: opens.size - 1, unreadable: 1 });
    at = new Date(at.getTime() + 2 * HOUR);
    await run(begun.id);
    expect(await last()).toMatchObject({ state: 'done', unreadable: 1, destroyed: 0 });
    await put('cloud_connections', id, 'credential', null);
  });

  test('whose job the queue gave up get another', async () => {
    const begun = await begin(deps, tenantId);
    const waiting = async () =>
      (await root.query(`select 1 from pgboss.job where name = 'reencryption' and data->>'reencryptionId' = $1`, [begun.id])).rowCount;
    expect(await waiting()).toBe(1);
    at = new Date(Date.now() + HOUR);
    await resume(deps);
    expect(await waiting()).toBe(2);
  });
});

describe('a change of the master key', () => {
  test('platform 101: Given a KEK rotation, when done, then no value was re-encrypted and all open', async () => {
    const mine = newId();
    const after = randomBytes(32);
    const places = Array.from({ length: 50 }, () => ({ tenantId: mine, table: 'secret_versions', row: newId(), field: 'value:secret:1:X' }));
    const sealed = await within((db) => Promise.all(places.map((place) => sealer.seal(db, place, place.row))), mine);
    const keysBefore = (await root.query<{ id: string; wrapped: string }>('select id, wrapped from data_keys where tenant_id = $1', [mine])).rows;
    const valuesBefore = new Map<string, string>();
    for (const place of deps.places) valuesBefore.set(nameOf(place), await value(place.table, place.column));

    const rotated = masterKeysOf(after, [testMasterKey()]);
    for (const id of [mine, tenantId]) expect(await rewrapTenant(databases, rotated, id)).toBeGreaterThan(0);
    for (const id of [mine, tenantId]) expect(await rewrapTenant(databases, rotated, id)).toBe(0);

    // The rows of the keys are the same, but for what wraps them; the values are the very same bytes.
    const keysAfter = (
      await root.query<{ id: string; wrapped: string; wrapped_by: string }>('select id, wrapped, wrapped_by from data_keys where tenant_id = $1', [
        mine,
      ])
    ).rows;
    expect(keysAfter.map(({ id }) => id)).toEqual(keysBefore.map(({ id }) => id));
    expect(keysAfter.every(({ wrapped_by }) => wrapped_by === masterKeyId(after))).toBe(true);
    for (const place of deps.places) expect(await value(place.table, place.column), nameOf(place)).toBe(valuesBefore.get(nameOf(place)));
    // All open with the new key alone, and none with the old one.
    const fresh = createSealer(after);
    await within(async (db) => { for (const [n, place] of places.entries()) expect(await fresh.open(db, place, sealed[n]!)).toBe(place.row); }, mine); // prettier-ignore
    await expect(within((db) => createSealer(testMasterKey()).open(db, places[0]!, sealed[0]!), mine)).rejects.toMatchObject({
      reason: 'master-key-gone',
    });
    await expect(rewrapTenant(databases, masterKeysOf(randomBytes(32)), mine)).rejects.toThrow(MasterKeyError);
  });
});
