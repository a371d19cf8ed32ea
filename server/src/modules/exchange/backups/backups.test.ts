import { mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { outboundRequest } from '#kernel/outbound-http.ts';
import { provide } from '#kernel/port.ts';
import { changesRollback } from '#modules/governance/index.ts';
import { secrets, secretsCreate } from '#modules/secrets/index.ts';
import { cloneDatabase } from '#test/clone.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { startZerotierController, type ZerotierFake } from '#test/zerotier.ts';
import { secretAdapters } from '../../../secrets.ts';
import { exchangeControllersCreate } from '../controllers/operations/exchange.controllers.create.ts';
import { exchangeControllersGet } from '../controllers/operations/exchange.controllers.get.ts';
import { exchangeControllersPreflight } from '../controllers/operations/exchange.controllers.preflight.ts';
import { exchangeControllersUpdate } from '../controllers/operations/exchange.controllers.update.ts';
import { exchangeMembersAuthorize } from '../controllers/operations/exchange.members.authorize.ts';
import { exchangeNetworksBind } from '../controllers/operations/exchange.networks.bind.ts';
import { TokenSealing } from '../controllers/talk.ts';
import { exchange } from '../index.ts';
import { exchangeConnectionsCreate } from '../operations/exchange.connections.create.ts';
import { exchangeFabricsCreate } from '../operations/exchange.fabrics.create.ts';
import { exchangeParticipantsCreate } from '../operations/exchange.participants.create.ts';
import { controllers as zerotierControllers } from '../providers/zerotier/controllers.ts';
import { stateFolders } from '../providers/zerotier/folder.ts';
import { Controllers } from '../providers/zerotier/port.ts';
import { exchangeBackupsCreate } from './operations/exchange.backups.create.ts';
import { exchangeBackupsDrill } from './operations/exchange.backups.drill.ts';
import { exchangeBackupsGet } from './operations/exchange.backups.get.ts';
import { exchangeBackupsList } from './operations/exchange.backups.list.ts';
import { exchangeBackupsRestore } from './operations/exchange.backups.restore.ts';
import { StateFolders } from './port.ts';
import { hold } from './restore.ts';
import { backUpControllers, drillBackups } from './schedule.ts';

const CONTROLLER = '8056c2e21c';
const TOKEN = 'controller-token-of-the-laboratory';
const NETWORK = `${CONTROLLER}00a001`;
const [NODE, LATER] = ['a1b2c3d4e5', 'bbbbbbbbbb'];
let world: World;
let zerotier: ZerotierFake;
let stateDir = '';
let [ana, otto, gustav]: Person[] = [];
let connections: string[] = [];
/** What happens at the controller while it is down, and right after it was started. */
let onStop = async (): Promise<void> => undefined;
let onStart = (): void => undefined;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'zerotier-'));
  zerotier = await startZerotierController({ nodeId: CONTROLLER, token: TOKEN, stateDir });
  const databaseUrl = await cloneDatabase();
  const folders = stateFolders({ ownUrl: zerotier.url, folder: stateDir, stop: 'true', start: 'true', pause: async () => undefined });
  const stop = () => zerotier.stop().then(onStop);
  const start = () => zerotier.start().then(onStart);
  world = await createWorld({
    modules: [exchange, secrets],
    databaseUrl,
    adapters: (parts, people) => [
      ...secretAdapters(parts, people, databaseUrl),
      provide(TokenSealing, parts.sealer),
      provide(StateFolders, { of: (url) => { const folder = folders.of(url); return folder && { ...folder, stop, start }; } }),
      provide(Controllers, zerotierControllers({ kind: 'self_hosted_controller', ownUrl: zerotier.url, pause: async () => undefined, send: () => (request) => outboundRequest(request, { exceptions: [], allowPrivateTargets: true }) })),
    ],
  }); // prettier-ignore
  [ana, otto, gustav] = [world.as({ name: 'ana' }), world.as({ name: 'otto' }), world.as({ name: 'gustav', tenant: 'b' })];
  await world.done(secretsCreate, { name: 'ZT_TOKEN', value: TOKEN }, ana);
  await world.done(exchangeControllersCreate, { name: 'main', token: 'secret://ZT_TOKEN' }, ana);
  await world.done(exchangeControllersCreate, { name: 'far', baseUrl: 'https://zt.example.net', token: 'secret://ZT_TOKEN' }, ana);
  await world.done(exchangeFabricsCreate, { slug: 'fra', name: 'Frankfurt', rsAsn: 64_500, ipv6Prefix: '2001:db8:100::/64' }, ana);
  await world.done(exchangeParticipantsCreate, { asn: 64_512, name: 'Example' }, ana);
  expect(await slugOf(exchangeBackupsCreate, { controllerId: 'main' })).toBe('backup-unavailable');
  await carriedOut(exchangeControllersPreflight, { id: 'main' });
  await carriedOut(exchangeNetworksBind, { fabricId: 'fra', controllerId: 'main', network: '00a001' });
  for (let count = 0; count < 2; count += 1)
    connections.push((await world.done(exchangeConnectionsCreate, { fabricId: 'fra', participantId: '64512' }, ana)).id);
  await carriedOut(exchangeMembersAuthorize, { connectionId: connections[0], nodeId: NODE });
});
afterAll(async () => {
  await world?.close();
  await zerotier?.close();
  await rm(stateDir, { recursive: true, force: true });
});

/** A high risk is agreed to by somebody else. */
const carriedOut = (operation: Parameters<World['carriedOut']>[0], input: object) => world.carriedOut(operation, input, ana!, otto!);
const slugOf = async (operation: Parameters<World['refused']>[0], input: object, who = ana!) => (await world.refused(operation, input, who)).slug;
const shown = () => world.done(exchangeControllersGet, { id: 'main' }, ana!);
const listed = async () => (await world.done(exchangeBackupsList, { controllerId: 'main' }, ana!)).items;
const backUp = async (): Promise<string> => {
  const { state, outcome } = await carriedOut(exchangeBackupsCreate, { controllerId: 'main' });
  expect(state).toBe('succeeded');
  return (outcome as { id: string }).id;
};
const restore = (id: string) => carriedOut(exchangeBackupsRestore, { id, nodeId: CONTROLLER });
const drilled = async (id: string) => (await world.done(exchangeBackupsDrill, { id }, ana!)).drill;
const inTenant = <T>(work: (ctx: never) => Promise<T>): Promise<T> => {
  const tenantId = world.tenants.a;
  return world.databases.tenant({ tenantId, operation: 'test' }, (db) =>
    work({ db, tenantId, now: () => new Date(), emit: () => undefined, provider: (port: { port: string }) => world.adapters.get(port.port), changeId: null } as never),
  );
}; // prettier-ignore
const byClock = (act: typeof backUpControllers): Promise<void> =>
  act({
    tenantId: world.tenants.a,
    now: () => new Date(),
    tx: inTenant,
    provider: (port: { port: string }) => world.adapters.get(port.port),
  } as never);
const inDatabase = (query: ReturnType<typeof sql>) =>
  world.databases.tenant({ tenantId: world.tenants.a, operation: 'test' }, async (db) => (await db.execute(query)).rows);
const alter = (id: string, archive: string) =>
  world.databases.tenant({ tenantId: world.tenants.a, operation: 'test' }, async (db) => {
    const before = await db.execute(sql`select archive from exchange_controller_backups where id = ${id}`);
    await db.execute(sql`update exchange_controller_backups set archive = ${archive} where id = ${id}`);
    return before.rows[0]!['archive'] as string;
  });
const said = async (type: string) =>
  (await world.databases.lookUp((db) => db.execute(sql`select data from events where type = ${type} order by seq`))).rows.map(
    ({ data }) => data as Record<string, unknown>,
  );

describe('backups', () => {
  test('hold networks, members and identity, sealed, and nobody is shown what is in them', async () => {
    const id = await backUp();
    const row = await world.done(exchangeBackupsGet, { id }, ana!);
    expect(row).toMatchObject({ controller: 'main', cause: 'manual', status: 'complete', nodeId: CONTROLLER, networks: 1, members: 1, files: 5 });
    const secret = await readFile(join(stateDir, 'identity.secret'), 'utf8');
    const kept = await inDatabase(sql`select * from exchange_controller_backups where id = ${id}`);
    expect(kept[0]!['archive']).toMatch(/^v1\./);
    const everything = JSON.stringify([row, kept, await listed(), world.faults]);
    for (const text of [secret, TOKEN, Buffer.from(secret).toString('base64')]) expect(everything).not.toContain(text);
  });

  test('are of one tenant, of controllers whose files are within reach, and taken by who may', async () => {
    const { id } = (await listed())[0]!;
    expect((await world.done(exchangeBackupsList, {}, gustav!)).items).toEqual([]);
    expect(await slugOf(exchangeBackupsGet, { id }, gustav)).toBe('backup-not-found');
    expect(await slugOf(exchangeBackupsRestore, { id, nodeId: CONTROLLER }, gustav)).toBe('backup-not-found');
    expect(await slugOf(exchangeBackupsCreate, { controllerId: 'far' })).toBe('backup-unavailable');
    const reader = world.as({ permissions: ['exchange:read'] });
    expect(await slugOf(exchangeBackupsDrill, { id }, reader)).toBe('permission-denied');
    const operator = world.as({ permissions: ['exchange:read', 'exchange:manage'] });
    expect(await slugOf(exchangeBackupsRestore, { id, nodeId: CONTROLLER }, operator)).toBe('permission-denied');
  });

  test('without a file that must be in it there is none, and why is written down', async () => {
    const before = (await listed()).length;
    await rename(join(stateDir, 'identity.secret'), join(stateDir, 'elsewhere'));
    expect(await carriedOut(exchangeBackupsCreate, { controllerId: 'main' })).toMatchObject({ state: 'failed', problem: { type: expect.stringContaining('backup-failed') } }); // prettier-ignore
    await byClock(backUpControllers);
    expect((await listed()).slice(0, 2)).toMatchObject([
      { status: 'failed', cause: 'schedule', problemCode: 'backup-failed', detail: expect.stringContaining('identity.secret is missing'), bytes: 0 },
      { status: 'failed', cause: 'manual' },
    ]);
    await symlink('/etc/hostname', join(stateDir, 'controller.d', 'hostname.json'));
    await rename(join(stateDir, 'elsewhere'), join(stateDir, 'identity.secret'));
    await byClock(backUpControllers);
    expect((await listed())[0]).toMatchObject({ status: 'failed', detail: expect.stringContaining('neither a file nor a folder') });
    await rm(join(stateDir, 'controller.d', 'hostname.json'));
    await byClock(backUpControllers);
    expect((await listed())[0]).toMatchObject({ status: 'complete', cause: 'schedule' });
    expect((await listed()).length).toBe(before + 4);
  });

  test('a drill says whether one could be restored, and touches nothing; the second that fails is critical', async () => {
    const { id } = (await listed())[0]!;
    const before = zerotier.asked.length;
    await byClock(drillBackups);
    expect(await world.done(exchangeBackupsGet, { id }, ana!)).toMatchObject({ drill: 'passed', drillDetail: null });
    const kept = await alter(id, 'v1.00000000-0000-7000-8000-000000000000.AAAA');
    expect([await drilled(id), await drilled(id)]).toEqual(['failed', 'failed']);
    await alter(id, kept);
    expect(await drilled(id)).toBe('passed');
    const severities = (await said('exchange.backup.drilled')).filter(({ backupId }) => backupId === id).map(({ severity }) => severity);
    expect(severities).toEqual(['warning', 'critical', 'info']);
    expect(zerotier.asked.length).toBe(before);
  });
});

describe('restores', () => {
  const nodes = () => [NODE, LATER].filter((node) => zerotier.member(NETWORK, node)?.['authorized'] === true);
  let id = '';

  test('exchange 44: backup → delete a network → restore: networks and members equal, provisioning blocked meanwhile; a corrupted archive is refused before anything is touched', async () => {
    id = await backUp();
    const [network, member] = [zerotier.network(NETWORK), zerotier.member(NETWORK, NODE)];
    zerotier.byHand(`/controller/network/${NETWORK}`, {}, 'DELETE');
    expect(await slugOf(exchangeBackupsRestore, { id, nodeId: 'ffffffffff' })).toBe('restore-unconfirmed');
    const kept = await alter(id, 'v1.00000000-0000-7000-8000-000000000000.AAAA');
    const [asked, files] = [zerotier.asked.length, await readdir(stateDir)];
    expect(await slugOf(exchangeBackupsRestore, { id, nodeId: CONTROLLER })).toBe('backup-corrupt');
    expect([zerotier.asked.length, await readdir(stateDir)]).toEqual([asked, files]);
    await alter(id, kept);
    const meanwhile: unknown[] = [];
    const controller = await shown();
    onStop = async () => {
      meanwhile.push((await shown()).state, await slugOf(exchangeMembersAuthorize, { connectionId: connections[0], nodeId: NODE }));
      meanwhile.push(await inTenant((ctx) => hold(ctx, controller.id, controller.id)).catch((error: { slug: string }) => error.slug));
    };
    expect(await restore(id)).toMatchObject({ state: 'succeeded', outcome: { state: 'ready', findings: [] } });
    onStop = async () => undefined;
    expect(meanwhile).toEqual(['restoring', 'controller-blocked', 'restore-running']);
    expect([zerotier.network(NETWORK), zerotier.member(NETWORK, NODE)]).toEqual([network, member]);
    expect((await carriedOut(exchangeMembersAuthorize, { connectionId: connections[0], nodeId: NODE })).state).toBe('succeeded');
  });

  test('exchange 45: restore whose preflight fails: previous state is back and running', async () => {
    await carriedOut(exchangeMembersAuthorize, { connectionId: connections[1], nodeId: LATER });
    let starts = 0;
    onStart = () => void (zerotier.own.lets = ++starts > 1);
    const change = await restore(id);
    onStart = () => undefined;
    expect(change).toMatchObject({ state: 'rolled_back', problem: { type: expect.stringContaining('restore-failed'), detail: expect.stringContaining('controller-auth-failed') } }); // prettier-ignore
    expect([starts, zerotier.own.lets, nodes()]).toEqual([2, true, [NODE, LATER]]);
    expect(await shown()).toMatchObject({ state: 'ready', blockedCode: null });
    expect((await carriedOut(exchangeMembersAuthorize, { connectionId: connections[1], nodeId: LATER })).state).toBe('succeeded');
    expect((await readdir(stateDir)).filter((name) => name.startsWith('.restore'))).toEqual([]);
  });

  test('members that it lacks are findings, and one that succeeded can be taken back', async () => {
    const change = await restore(id);
    expect(change).toMatchObject({ state: 'succeeded', outcome: { findings: [{ class: 'member_missing', nodeId: LATER }] } });
    expect(nodes()).toEqual([NODE]);
    const undone = await world.carriedOut(changesRollback, { id: change.id }, ana!, otto!);
    expect(undone.state).toBe('succeeded');
    expect(nodes()).toEqual([NODE, LATER]);
    expect(await shown()).toMatchObject({ state: 'ready', findings: [] });
  });

  test('the content of all but the newest is let go of, and cannot be restored', async () => {
    const newest = await backUp();
    expect(await world.done(exchangeControllersUpdate, { id: 'main', backupKeep: 1 }, ana!)).toMatchObject({ backupKeep: 1 });
    expect((await listed()).filter(({ status }) => status === 'complete').map((one) => one.id)).toEqual([newest]);
    expect(await world.done(exchangeBackupsGet, { id }, ana!)).toMatchObject({ status: 'pruned' });
    expect(await slugOf(exchangeBackupsRestore, { id, nodeId: CONTROLLER })).toBe('backup-corrupt');
    const next = await backUp();
    expect((await listed()).filter(({ status }) => status === 'complete').map((one) => one.id)).toEqual([next]);
    const rows = await inDatabase(sql`select count(*)::int as total from exchange_controller_backups where archive is not null`);
    expect(rows).toEqual([{ total: 1 }]);
  }); // prettier-ignore
});
