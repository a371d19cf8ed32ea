import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { provide, providerOf } from '#kernel/port.ts';
import { createSealer } from '#kernel/seal.ts';
import { authMe } from '#modules/identity/operations/auth.me.ts';
import { testMasterKey } from '#test/clone.ts';
import { createCompany, type Company } from '#test/company.ts';
import { startSyslog, type SyslogReceiver } from '#test/audit/syslog.ts';
import { startWorker } from '#test/audit/worker.ts';
import { createAuthority } from '#test/webhooks/certificates.ts';
import { answering, startReceiver, verifiedBy } from '#test/webhooks/receivers.ts';
import {
  auditList,
  auditStreamsCreate,
  auditStreamsDelete,
  auditStreamsGet,
  auditStreamsList,
  auditStreamsRotateSecret,
  auditStreamsTest,
  auditStreamsUpdate,
} from '../index.ts';
import { Evidence } from '../providers/port.ts';
import { createCourier } from '#modules/webhooks/providers/http.ts';
import { createCarrier } from './carrier.ts';
import { Streaming } from './port.ts';
import { destinationOf } from './store.ts';
import { runStreams } from './worker.ts';

let company: Company;
let tenantId: string;
let look: (host: string) => Promise<{ address: string; family: number }[]>;
let stop: (() => Promise<void>) | undefined;
const open: { close: () => Promise<unknown> }[] = [];
const kept = <T extends { close: () => Promise<unknown> }>(one: T): T => (open.push(one), one);
const authority = createAuthority();

beforeAll(async () => {
  look = async () => [{ address: '127.0.0.1', family: 4 }];
  const now = (): Date => new Date();
  const courier = createCourier({ allowPrivateTargets: true, now });
  const carrier = createCarrier({ allowPrivateTargets: true, host: 'sy.example', now, post: () => courier.send, urlFault: courier.urlFault, look: (host) => look(host), takeMs: 1_000 });
  const sealer = createSealer(testMasterKey());
  company = await createCompany({
    adapters: [provide(Streaming, { carrier, sealer, destination: destinationOf(sealer), wake: () => company.live.publish('audit:streams') })],
  });
  tenantId = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  start();
}); // prettier-ignore
afterAll(async () => {
  await stop?.();
  await company.close();
  authority.remove();
});
afterEach(async () => {
  await company.databases.tenant({ tenantId }, (db) => db.$client.query('delete from audit_streams where tenant_id = $1', [tenantId]));
  for (const one of open.splice(0)) await one.close();
});

function start(): void {
  const { databases, live, adapters } = company;
  const faults = (error: Error): void => void company.log.push(String(error));
  stop = runStreams({ databases, live, now: () => new Date(), onError: faults, streaming: () => providerOf(adapters)(Streaming), openTenants: async () => [tenantId] });
} // prettier-ignore
const soon = <T>(see: () => Promise<T> | T) => expect.poll(see, { timeout: 60_000, interval: 20 });
const olivia = () => company.key('olivia');
/** Something happens, and is in the chain. */
async function happen(times = 1): Promise<void> {
  for (let n = 0; n < times; n++) await company.done(auditList, { limit: 1 }, olivia());
  await company.audit.flush();
  await providerOf(company.adapters)(Evidence).seal();
  company.live.publish('audit:sealed');
}
let names = 0;
const create = async (wish: object) => {
  const made = await company.done(auditStreamsCreate, { name: `stream ${(names += 1)}`, kind: 'syslog', ...wish }, olivia());
  return made;
};
const get = (id: string) => company.done(auditStreamsGet, { id }, olivia());
const caughtUp = (id: string) => soon(async () => get(id).then(({ cursor, head }) => head - cursor)).toBe(0);
const inOrder = (seqs: readonly number[]): boolean => seqs.every((seq, n) => n === 0 || seq === seqs[n - 1]! + 1);

test('every entry reaches a syslog receiver over TLS, in the order of the chain, and what comes later follows', async () => {
  const there = kept(await startSyslog({ tls: authority.issue('siem.example') }));
  await happen(3);
  const made = await create({ address: `tls://siem.example:${there.port}`, ca: authority.ca, from: 'beginning' });
  expect(made).toMatchObject({ state: 'active', secret: null, cursor: 0 });
  await caughtUp(made.id);
  await happen(2);
  await caughtUp(made.id);
  const seqs = there.seqs();
  expect(seqs[0]).toBe(1);
  expect(inOrder(seqs)).toBe(true);
  const last = there.heard.at(-1)!;
  expect(last).toMatchObject({ host: 'sy.example', app: 'switchyard', msgId: 'audit.list', data: { tenant: tenantId, result: 'success' } });
  const [entry] = await company.sql<{ id: string; actor_id: string }>('select id, actor_id from audit_entries where id = $1', [last.data['id']]);
  expect(JSON.parse(last.body)).toMatchObject({ id: entry!.id, actorId: entry!.actor_id, operation: 'audit.list' });
  expect(await get(made.id)).toMatchObject({ sent: seqs.length, gone: 0, failures: 0, state: 'active' });
});

test('a receiver whose certificate is for another name, by somebody else, or over gets nothing, and the reason is there to see', async () => {
  for (const pair of [authority.issue('other.example'), authority.own('siem.example'), authority.issue('siem.example', 0)]) {
    const there = kept(await startSyslog({ tls: pair }));
    const { id } = await create({ address: `tls://siem.example:${there.port}`, ca: authority.ca });
    await happen();
    await soon(async () => (await get(id)).failures).toBeGreaterThan(0);
    expect((await get(id)).error).toMatch(
      /no connection \((ERR_TLS_CERT_ALTNAME_INVALID|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_HAS_EXPIRED|UNABLE_TO_VERIFY_LEAF_SIGNATURE)\)/,
    );
    expect(there.heard).toEqual([]);
  }
});

test('a webhook gets signed messages in order; entries of a message that it refused come again, and nothing is left out', async () => {
  let answers = [500, 204, 429];
  const there = kept(await startReceiver((response, heard, number) => answering(answers.shift() ?? 204)(response, heard, number)));
  const made = await create({ kind: 'webhook', address: there.url });
  expect(made.secret).toMatch(/^whsec_/);
  await happen(2);
  for (let n = 0; n < 3; n++) {
    await soon(async () => (await get(made.id)).failures + (await get(made.id)).sent).toBeGreaterThan(0);
    await company.sql('update audit_streams set next_at = now() where id = $1', [made.id]);
    await happen();
  }
  await company.sql('update audit_streams set next_at = now() where id = $1', [made.id]);
  company.live.publish('audit:streams');
  await caughtUp(made.id);
  answers = [];
  const messages = there.heard.map((heard) => verifiedBy(made.secret!, heard) as { type: string; tenantId: string; data: { entries: { seq: number }[] } });
  expect(new Set(messages.map(({ type, tenantId: of }) => `${type} ${of}`))).toEqual(new Set([`audit.entries ${tenantId}`]));
  const seqs = [...new Set(messages.flatMap(({ data }) => data.entries.map(({ seq }) => seq)))];
  expect(inOrder(seqs)).toBe(true);
  expect(seqs.length).toBe((await get(made.id)).sent);
  expect(there.heard[0]!.id).toMatch(new RegExp(`^aud_${made.id}_\\d+_\\d+$`));
  // Sealed at rest, and in nothing that anybody reads.
  const [row] = await company.sql<{ secret_sealed: string }>('select secret_sealed from audit_streams where id = $1', [made.id]);
  expect(row!.secret_sealed).toMatch(/^v1\./);
  const { rows } = await company.databases.tenant({ tenantId }, (db) => db.$client.query<{ text: string }>(`select coalesce((select string_agg(e::text, '') from events e), '') || coalesce((select string_agg(c::text, '') from changes c), '') || coalesce((select string_agg(a::text, '') from audit_entries a), '') as text`)); // prettier-ignore
  for (const text of [rows[0]!.text, company.log.join(''), JSON.stringify(await get(made.id))]) expect(text).not.toContain(made.secret!.slice(6));
}); // prettier-ignore

test('after three failures in a row it is failing and says so once; when it arrives again it says that, too', async () => {
  let isUp = false;
  const there = kept(await startReceiver((...all) => answering(isUp ? 204 : 503, { 'retry-after': '40' })(...all)));
  const { id } = await create({ kind: 'webhook', address: there.url });
  await happen();
  for (const failures of [1, 2, 3]) {
    await soon(async () => (await get(id)).failures).toBe(failures);
    const { nextAt, failedAt } = await get(id);
    // The receiver asked for 40 s, which is more than we would have waited.
    expect(Date.parse(nextAt!) - Date.parse(failedAt!)).toBe(40_000);
    if (failures < 3) await company.sql('update audit_streams set next_at = now() where id = $1', [id]);
    company.live.publish('audit:streams');
  }
  expect(await get(id)).toMatchObject({ state: 'failing', error: 'the receiver answered 503' });
  isUp = true;
  await company.sql('update audit_streams set next_at = now() where id = $1', [id]);
  company.live.publish('audit:streams');
  await caughtUp(id);
  expect(await get(id)).toMatchObject({ state: 'active', failures: 0, error: null, nextAt: null });
  const told = await company.sql<{ type: string }>(`select type from events where tenant_id = $1 and type ~ '^audit.stream_(failing|recovered)' and data ->> 'streamId' = $2 order by type`, [tenantId, id]); // prettier-ignore
  expect(told.map(({ type }) => type)).toEqual(['audit.stream_failing', 'audit.stream_recovered']);
});

test('a receiver that cuts the connection, or never closes it, has not got it: everything comes again', async () => {
  let ways: ('reset' | 'silent' | 'close')[] = ['reset', 'silent', 'close'];
  const there: SyslogReceiver = kept(await startSyslog({ closing: (socket) => ({ reset: () => socket.resetAndDestroy(), silent: () => undefined, close: () => socket.end() })[ways.shift() ?? 'close']() })); // prettier-ignore
  const { id } = await create({ address: `tcp://siem.example:${there.port}` });
  await happen();
  for (const failures of [1, 2]) {
    await soon(async () => (await get(id)).failures).toBe(failures);
    await company.sql('update audit_streams set next_at = now() where id = $1', [id]);
    company.live.publish('audit:streams');
  }
  await caughtUp(id);
  ways = [];
  const seqs = there.seqs();
  expect(seqs.filter((seq) => seq === seqs[0])).toHaveLength(3);
  expect(inOrder([...new Set(seqs)])).toBe(true);
});

test('paused it keeps its place and goes on from there; set back it sends again; evidence alone leaves the rest out', async () => {
  const there = kept(await startSyslog());
  const { id } = await create({ address: `tcp://siem.example:${there.port}`, entries: 'evidence' });
  await company.done(auditStreamsUpdate, { id, state: 'paused' }, olivia());
  await company.done(authMe, {}, olivia());
  await happen(2);
  expect(there.heard).toEqual([]);
  await company.done(auditStreamsUpdate, { id, state: 'active' }, olivia());
  await caughtUp(id);
  const first = there.seqs();
  expect(there.heard.map(({ msgId }) => msgId)).not.toContain('auth.me');
  expect(await company.slugOf(auditStreamsUpdate, { id, cursor: (await get(id)).head + 1_000 }, olivia())).toBe('validation-failed');
  const before = (await get(id)).cursor - 1;
  await company.done(auditStreamsUpdate, { id, cursor: Math.min(before, first[0]! - 1) }, olivia());
  await soon(() => there.seqs().filter((seq) => seq === first[0]).length).toBe(2);
  await caughtUp(id);
});

test('what somebody sets while a batch is on its way stays as they set it', async () => {
  const there = kept(await startSyslog({ closing: () => undefined }));
  const { id } = await create({ address: `tcp://siem.example:${there.port}` });
  await happen();
  await soon(() => there.heard.length).toBeGreaterThan(0);
  await company.done(auditStreamsUpdate, { id, state: 'paused' }, olivia());
  await soon(async () => (await company.sql<{ holder: string | null }>('select holder from audit_streams where id = $1', [id]))[0]!.holder).toBe(
    null,
  );
  expect(await get(id)).toMatchObject({ state: 'paused', failures: 0, error: null, sent: 0 });
});

test('a stream whose secret cannot be opened waits as after any failure, and nothing is sent unsigned', async () => {
  const there = kept(await startReceiver());
  const { id } = await create({ kind: 'webhook', address: there.url });
  await company.sql(`update audit_streams set secret_sealed = 'v1.broken' where id = $1`, [id]);
  await happen();
  await soon(async () => (await get(id)).failures).toBe(1);
  const { error, nextAt, failedAt } = await get(id);
  expect(error).toMatch(/could not be read here/);
  expect(Date.parse(nextAt!) - Date.parse(failedAt!)).toBe(5_000);
  expect(there.heard).toEqual([]);
});

test('a name that leads into our own network is refused at the moment of sending, whatever it led to before', async () => {
  const there = kept(await startSyslog());
  const { id } = await create({ address: `tcp://rebound.example:${there.port}` });
  const before = look;
  look = async () => [{ address: '169.254.169.254', family: 4 }];
  try {
    await happen();
    await soon(async () => (await get(id)).error).toMatch(/must not be called: it is the metadata address/);
    expect(await company.done(auditStreamsTest, { id }, olivia())).toMatchObject({ ok: false, error: expect.stringContaining('metadata') });
  } finally {
    look = before;
  }
  expect(await company.done(auditStreamsTest, { id }, olivia())).toMatchObject({ ok: true, error: null });
  expect(there.heard).toMatchObject([{ msgId: 'audit.streams.test' }]);
});

test('only who may send the trail elsewhere makes, changes, tests and deletes streams; nobody sees those of another tenant', async () => {
  const there = kept(await startSyslog());
  const address = `tcp://siem.example:${there.port}`;
  const { id, name } = await create({ address });
  for (const who of ['dana', 'vera'])
    for (const [operation, input] of [[auditStreamsCreate, { name: 'x', kind: 'syslog', address }], [auditStreamsUpdate, { id, state: 'paused' }], [auditStreamsDelete, { id }], [auditStreamsTest, { id }]] as const)
      expect(await company.slugOf(operation, input, company.key(who))).toBe('permission-denied');
  expect(await company.slugOf(auditStreamsCreate, { name, kind: 'syslog', address }, olivia())).toBe('audit-stream-name-taken');
  expect(await company.slugOf(auditStreamsCreate, { name: 'y', kind: 'syslog', address: 'tcp://x.example:5432' }, olivia())).toBe('validation-failed');
  expect(await company.slugOf(auditStreamsCreate, { name: 'y', kind: 'syslog', address, ca: '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----' }, olivia())).toBe('validation-failed');
  expect(await company.slugOf(auditStreamsUpdate, { id, state: 'paused' }, olivia(), { envelope: { ifMatch: '"99"' } })).toBe('version-conflict');
  const other = crypto.randomUUID();
  const row = [other, crypto.randomUUID()];
  await company.databases.tenant({ tenantId: other }, (db) => db.$client.query(`insert into audit_streams (tenant_id, id, name, kind, address, entries, state, cursor, created_by, created_by_name)
    values ($1, $2, 'foreign', 'syslog', 'tls://x.example', 'all', 'paused', 0, 'x', 'x')`, row));
  expect(await company.slugOf(auditStreamsGet, { id: row[1] }, olivia())).toBe('audit-stream-not-found');
  expect((await company.done(auditStreamsList, {}, olivia())).items.map((one) => one.name)).not.toContain('foreign');
  expect(await company.slugOf(auditStreamsRotateSecret, { id }, olivia())).toBe('validation-failed');
}); // prettier-ignore

test('a worker that is killed after the receiver had everything and before it noted that leaves nothing out: it comes again from another', { timeout: 120_000 }, async () => {
  await stop?.();
  let isHeld = true;
  const there = kept(await startSyslog({ closing: (socket) => (isHeld ? undefined : void socket.end()) }));
  const { id } = await create({ address: `tcp://127.0.0.1:${there.port}` });
  const first = await startWorker({ databaseUrl: company.databaseUrl, masterKey: Buffer.from(testMasterKey()).toString('base64'), tenants: [tenantId] });
  await happen(3);
  await soon(() => there.heard.length).toBeGreaterThan(2);
  const before = (await get(id)).cursor;
  first.kill('SIGKILL');
  await once(first, 'exit');
  isHeld = false;
  expect((await get(id)).cursor).toBe(before);
  await company.sql('update audit_streams set held_until = now() where id = $1', [id]);
  start();
  await happen(2);
  await caughtUp(id);
  const seqs = there.seqs();
  expect(new Set(seqs).size).toBeLessThan(seqs.length);
  expect(inOrder([...new Set(seqs)])).toBe(true);
  expect(seqs[0]).toBe(before + 1);
}); // prettier-ignore

test('a stream is deleted once somebody else has agreed; a new secret signs from the next message on', async () => {
  const there = kept(await startReceiver());
  const made = await create({ kind: 'webhook', address: there.url });
  const { secret } = await company.done(auditStreamsRotateSecret, { id: made.id }, olivia());
  expect(await company.done(auditStreamsTest, { id: made.id }, olivia())).toMatchObject({ ok: true });
  const [heard] = there.heard;
  expect(verifiedBy(secret!, heard!)).toMatchObject({ type: 'audit.test' });
  expect(() => verifiedBy(made.secret!, heard!)).toThrow();
  await company.work();
  const change = await company.carriedOut(await company.call(auditStreamsDelete, { id: made.id }, olivia()), company.key('adam'));
  expect(change.state).toBe('succeeded');
  expect(await company.slugOf(auditStreamsGet, { id: made.id }, olivia())).toBe('audit-stream-not-found');
});
