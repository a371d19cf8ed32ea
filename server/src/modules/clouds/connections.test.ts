import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eq, sql } from '#kernel/drizzle.ts';
import { providerOf } from '#kernel/port.ts';
import type { Person } from '#test/world.ts';
import { changesGet } from '#modules/governance/index.ts';
import {
  cloudsCatalog, cloudsCreate, cloudsDelete, cloudsGet, cloudsList, cloudsPause, cloudsResume, cloudsRevalidate, cloudsRotate, cloudsSync, cloudsUpdate,
  cloudsValidate, serversCreate, serversList, serversStop,
} from './index.ts'; // prettier-ignore
import { asSystem } from './credentials.ts';
import { openConnection } from './providers/open.ts';
import { outgoingHosts } from './providers/outgoing.ts';
import { connections } from './tables.ts';
import { cloudWorld, type CloudWorld, eventually } from './testing.ts';

let world: CloudWorld;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  world = await cloudWorld();
  ann = world.as({ name: 'ann' });
  bob = world.as({ name: 'bob' });
});
afterAll(() => world.end());

const dns = (more: object = {}) => ({
  name: 'ns1',
  kind: 'rfc2136',
  config: { server: '127.0.0.1', port: 5300, tsigName: 'key.' },
  credential: { tsigSecret: world.tsig },
  ...more,
});
const stored = () => world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.select().from(connections));

describe('trying a connection out', () => {
  test('infrastructure 1: Given a valid simulated credential, when validated, then ok is true, checks are listed, and nothing is stored', async () => {
    const before = (await stored()).length;
    const found = await world.done(cloudsValidate, { kind: 'simulated', config: { seed: 'try' } }, ann);
    expect(found).toMatchObject({
      ok: true,
      identity: 'sim-try',
      checks: [{ name: 'identity', ok: true }, { name: 'catalog' }, { name: 'servers' }],
    });
    expect(await stored()).toHaveLength(before);
  });

  test('a wrong key is said to be wrong, with what to do, and appears nowhere in the answer', async () => {
    const wrong = 'd3JvbmctdGhhdC1uby1vbmUta25vd3M=';
    const found = await world.done(cloudsValidate, { kind: 'rfc2136', config: dns().config, credential: { tsigSecret: wrong } }, ann);
    expect(found).toMatchObject({ ok: false, checks: [{ name: 'update', ok: false, remedy: 'Check the key.' }] });
    expect(JSON.stringify(found)).not.toContain(wrong);
  });

  test('infrastructure 13: Given the 11th validate call of one hour by one user, then 429', async () => {
    const carol = world.as({ name: 'carol' });
    for (let i = 0; i < 10; i += 1) await world.done(cloudsValidate, { kind: 'simulated' }, carol);
    expect(await world.refused(cloudsValidate, { kind: 'simulated' }, carol)).toMatchObject({ slug: 'rate-limited', kind: { status: 429 } });
    await world.done(cloudsValidate, { kind: 'simulated' }, world.as());
  });

  test('a metadata address is never called', async () => {
    const found = await world.done(
      cloudsValidate,
      { kind: 'rfc2136', credential: dns().credential, config: { server: '169.254.169.254', tsigName: 'key.' } },
      world.as(),
    );
    expect(found).toMatchObject({ ok: false, checks: [{ name: 'host', ok: false }] });
  });

  test.each([
    [{ kind: 'simulated', config: { speed: -1 } }, '/config/speed'],
    [{ kind: 'simulated', config: { nonsense: true } }, '/config/nonsense'],
    [{ kind: 'rfc2136', config: { server: 'ns1.example', tsigName: 'k' } }, '/credential/tsigSecret'],
    [{ kind: 'rfc2136', config: { server: 'http://x', tsigName: 'k' }, credential: { tsigSecret: 'YWJj' } }, '/config/server'],
    [{ kind: 'rfc2136', config: { server: 'ns1.example', port: 0, tsigName: 'k' } }, '/config/port'],
    [{ kind: 'rfc2136', config: {}, credential: { tsigSecret: '%%%' } }, '/credential/tsigSecret'],
    [{ kind: 'hetzner' }, '/kind'],
  ])('%j is refused with a pointer to %s', async (input, pointer) => {
    const problem = await world.refused(cloudsValidate, input, world.as());
    expect(problem.extras.errors?.map((error) => error.pointer)).toContain(pointer);
  });
});

describe('storing a connection', () => {
  test('infrastructure 4: Given a create with an invalid credential, when sent, then 422 `credential-invalid` and no row exists', async () => {
    const problem = await world.refused(cloudsCreate, dns({ credential: { tsigSecret: 'd3Jvbmc=' } }), ann);
    expect(problem).toMatchObject({ slug: 'credential-invalid', kind: { status: 422 }, extras: { checks: [{ name: 'update', ok: false }] } });
    expect((await stored()).filter(({ name }) => name === 'ns1')).toEqual([]);
  });

  test('infrastructure 5: Given a stored connection, when any API answer, event, job payload or the database is searched, then the secret is not in plain text', async () => {
    const passed = await world.call(cloudsCreate, dns({ name: 'ns5' }), ann);
    if (passed.status !== 'done') throw new Error('not done');
    expect(passed.output).toMatchObject({ kind: 'rfc2136', credential: { hint: '…dA==' } });
    const shown = [
      passed,
      await world.done(cloudsGet, { id: passed.output.id }, ann),
      await world.done(cloudsList, {}, ann),
      await world.done(changesGet, { id: passed.changeId! }, ann),
    ];
    expect(JSON.stringify(shown)).not.toContain(world.tsig);
    await world.audit.flush();
    const everything = await world.databases.tenant({ tenantId: world.tenants.a }, async (db) => {
      const { rows } = await db.execute<{ name: string }>(
        sql`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' and has_table_privilege(c.oid, 'select')`,
      );
      const texts = [];
      for (const { name } of rows) texts.push(JSON.stringify((await db.execute(sql`select t.*::text from ${sql.identifier(name)} t`)).rows));
      return texts.join('\n');
    });
    expect(everything).toContain('ns5');
    expect(everything).not.toContain(world.tsig);
  });

  test('a credential row copied to another tenant id in the database does not open there', async () => {
    const { id } = await world.done(cloudsCreate, dns({ name: 'ns6' }), ann);
    const deps = { databases: world.databases, provider: providerOf(world.adapters), hosts: outgoingHosts({ allowPrivate: true }) };
    const opener = asSystem('test', null);
    expect(await openConnection(deps, world.tenants.a, id, opener)).toEqual({
      kind: 'rfc2136',
      config: { server: '127.0.0.1', address: '127.0.0.1', port: 5300, tsigName: 'key.', tsigAlgorithm: 'hmac-sha256' },
      credential: { tsigSecret: world.tsig },
    });
    const [row] = (await stored()).filter((each) => each.id === id);
    await world.databases.tenant({ tenantId: world.tenants.b }, (db) => db.insert(connections).values({ ...row!, tenantId: world.tenants.b }));
    await expect(openConnection(deps, world.tenants.b, id, opener)).rejects.toMatchObject({ slug: 'credential-unreadable' });
    await expect(openConnection({ ...deps, hosts: outgoingHosts({ allowPrivate: false }) }, world.tenants.a, id, opener)).rejects.toMatchObject({
      slug: 'host-not-allowed',
    });
    // That it does not open is logged as a fault, as it should be.
    expect(world.faults.splice(0).join('')).toContain('a sealed value does not open');
  });

  test('infrastructure 7: Given a rotation to a key of another account, then 409 `provider-identity-mismatch` and the old key stays in use', async () => {
    const { id } = await world.done(cloudsCreate, dns({ name: 'ns7' }), ann);
    await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
      db.update(connections).set({ identity: 'another.' }).where(eq(connections.id, id)),
    );
    expect((await world.refused(cloudsRotate, { id, credential: { tsigSecret: world.tsig } }, ann)).slug).toBe('provider-identity-mismatch');
    await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
      db.update(connections).set({ identity: 'key.' }).where(eq(connections.id, id)),
    );
    expect((await world.refused(cloudsRotate, { id, credential: { tsigSecret: 'd3Jvbmc=' } }, ann)).slug).toBe('credential-invalid');
    expect(await world.done(cloudsRotate, { id, credential: { tsigSecret: world.tsig } }, ann)).toMatchObject({ version: 2 });
  });

  test('names are unique within the tenant, and free in another', async () => {
    await world.connect(ann, { name: 'same' });
    expect((await world.refused(cloudsCreate, { name: 'same', kind: 'simulated' }, ann)).slug).toBe('name-conflict');
    await world.done(cloudsCreate, { name: 'same', kind: 'simulated' }, world.as({ tenant: 'b' }));
  });

  test('what it sells is known from the first moment', async () => {
    const { id } = await world.connect(ann);
    const { regions, sizes, images } = await world.done(cloudsCatalog, { id }, ann);
    expect([regions.length, sizes.length, images.length]).toEqual([3, 8, 9]);
    expect(sizes.map(({ monthly }) => monthly.amount).toSorted((a, b) => a - b)).toEqual([400, 600, 800, 1_200, 1_600, 4_800, 11_000, 24_000]);
  });

  test('without clouds:read a connection cannot be shown, and another tenant’s does not exist', async () => {
    const { id } = await world.connect(ann);
    expect((await world.refused(cloudsGet, { id }, world.as({ permissions: ['servers:read'] }))).slug).toBe('permission-denied');
    expect(await world.refused(cloudsGet, { id }, world.as({ tenant: 'b' }))).toMatchObject({ slug: 'cloud-not-found', kind: { status: 404 } });
  });
});

describe('changing and leaving a connection', () => {
  test('its name, environment and interval are changed, with If-Match if wanted', async () => {
    const { id, version } = await world.connect(ann, { name: 'old-name' });
    expect((await world.refused(cloudsUpdate, { id, name: 'x' }, ann, { ifMatch: '99' })).slug).toBe('version-conflict');
    expect(await world.done(cloudsUpdate, { id, name: 'new-name', syncMinutes: 10 }, ann, { ifMatch: String(version) })).toMatchObject({
      name: 'new-name',
      syncMinutes: 10,
      version: 2,
    });
  });

  test('infrastructure 10: Given a connection with 3 managed servers, when deleted without `forget`, then 409 `resource-in-use` with the three names', async () => {
    const { id } = await world.connect(ann);
    for (const name of ['a-1', 'a-2', 'a-3']) await world.server(ann, id, name);
    expect(await world.refused(cloudsDelete, { id }, ann)).toMatchObject({
      slug: 'resource-in-use',
      kind: { status: 409 },
      extras: { dependants: ['a-1', 'a-2', 'a-3'] },
    });
  });

  test('infrastructure 11: Given `mode=forget`, when deleted, then the servers still run at the provider and are no longer listed here', async () => {
    const { id } = await world.connect(ann, { name: 'to-forget' });
    for (const name of ['b-1', 'b-2']) await world.server(ann, id, name);
    const change = await world.accepted(cloudsDelete, { id, mode: 'forget' }, ann);
    expect(change.state).toBe('awaiting_approval');
    await world.approve(change, bob);
    expect(await world.settled(change, ann)).toMatchObject({ state: 'succeeded', outcome: { forgotten: ['b-1', 'b-2'] } });
    expect((await world.done(serversList, { q: 'b-1' }, ann)).items).toEqual([]);
    expect((await world.cloud(id)).world.servers.map(({ name, status }) => `${name} ${status}`)).toEqual(['b-1 running', 'b-2 running']);
  });

  test('no call is made while it is paused, and pausing waits for running Changes', async () => {
    const { id } = await world.connect(ann, { config: { speed: 0 } });
    const creating = await world.accepted(serversCreate, world.wish(id, 'c-1'), ann);
    expect((await world.refused(cloudsPause, { id }, ann)).slug).toBe('operation-in-progress');
    await eventually(async () => (await world.cloud(id)).world.servers.length).toBe(1);
    await world.clock(ann, id, { stepSeconds: 60 });
    await world.settled(creating, ann);
    expect((await world.done(cloudsPause, { id }, ann)).status).toBe('paused');
    const calls = (await world.cloud(id)).control.calls['all'];
    expect((await world.refused(serversCreate, world.wish(id, 'c-2'), ann)).slug).toBe('connection-paused');
    const [server] = (await world.done(serversList, { connectionId: id }, ann)).items;
    const stop = await world.settled(await world.accepted(serversStop, { id: server!.id }, ann), ann);
    expect(stop.problem).toMatchObject({ type: expect.stringMatching(/connection-paused$/) });
    expect((await world.cloud(id)).control.calls['all']).toBe(calls);
    expect((await world.done(cloudsResume, { id }, ann)).status).toBe('active');
  });
});

describe('what the provider thinks of the credential', () => {
  test('infrastructure 9: Given the provider refuses the credential twice, when 30 s have passed, then the connection is `auth_failed` and no further call but the probe is made', async () => {
    const { id } = await world.connect(ann);
    await world.pass(id);
    await world.misbehave(ann, id, [{ kind: 'revoked-credential' }]);
    const at = (seconds: number) => () => new Date(Date.now() + seconds * 1_000);
    const status = async () => (await world.done(cloudsGet, { id }, ann)).status;
    await world.pass(id, at(0));
    expect(await status()).toBe('active');
    await world.pass(id, at(31));
    expect(await status()).toBe('auth_failed');
    await world.pass(id, at(60));
    const calls = (await world.cloud(id)).control.calls['all'];
    await world.pass(id, at(120));
    expect((await world.cloud(id)).control.calls['all']).toBe(calls);
    expect((await world.refused(serversCreate, world.wish(id, 'x'), ann)).slug).toBe('provider-auth-failed');
    await world.misbehave(ann, id, []);
    await world.pass(id, at(60 + 16 * 60));
    expect(await status()).toBe('active');
  });

  test('it is checked again on demand', async () => {
    const { id } = await world.connect(ann);
    await world.misbehave(ann, id, [{ kind: 'revoked-credential' }]);
    expect(await world.done(cloudsRevalidate, { id }, world.as())).toMatchObject({ ok: false });
    expect((await world.done(cloudsGet, { id }, ann)).status).toBe('auth_failed');
    await world.misbehave(ann, id, []);
    expect(await world.done(cloudsRevalidate, { id }, world.as())).toMatchObject({ ok: true });
    expect((await world.done(cloudsGet, { id }, ann)).status).toBe('active');
  });

  test('kinds without servers have nothing to compare', async () => {
    const { id } = await world.done(cloudsCreate, { name: 'embedded', kind: 'embedded-dns' }, ann);
    expect((await world.refused(cloudsSync, { id }, ann)).slug).toBe('capability-unsupported');
    expect(await world.done(cloudsGet, { id }, ann)).toMatchObject({ capabilities: null, credential: null });
  });
});
