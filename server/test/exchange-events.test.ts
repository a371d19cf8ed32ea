import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { provide } from '#kernel/port.ts';
import { exchange } from '#modules/exchange/index.ts';
import { SshLines } from '#modules/exchange/providers/ssh/port.ts';
import { secrets } from '#modules/secrets/index.ts';
import { webhooks, webhooksCreate } from '#modules/webhooks/index.ts';
import { createCourier } from '#modules/webhooks/providers/http.ts';
import { Courier } from '#modules/webhooks/providers/port.ts';
import { keepClock, systemContexts } from '../src/clockwork.ts';
import { exchangeConnectionsCreate } from '../src/modules/exchange/operations/exchange.connections.create.ts';
import { exchangeFabricsCreate } from '../src/modules/exchange/operations/exchange.fabrics.create.ts';
import { exchangeParticipantsCreate } from '../src/modules/exchange/operations/exchange.participants.create.ts';
import { exchangeRouteServersCreate } from '../src/modules/exchange/operations/exchange.routeServers.create.ts';
import { exchangeRouteServersConnect } from '../src/modules/exchange/ssh/operations/exchange.routeServers.connect.ts';
import { secretAdapters } from '../src/secrets.ts';
import { cloneDatabase } from './clone.ts';
import { createFlows } from './flows.ts';
import { startReceiver, verifiedBy } from './webhooks/receivers.ts';
import { eventually } from './workflow-world.ts';

/** As BIRD 2.0.12 says it in the lab, of one session. */
const told = (name: string): string => readFileSync(new URL(`../src/modules/exchange/looking/fixtures/${name}.txt`, import.meta.url), 'utf8');
const GOLDEN = 'sy_as20001_3f2a9c';
const [, SESSION = ''] = /^(sy_as20001_[^]*?)^sy_as20002/m.exec(told('protocols')) ?? [];
const HELLO = JSON.stringify({ version: 1, bird: '2.0.12', generation: 1, current: 1, pending: false, undoIn: null, writable: true, freeKb: 4_000_000, files: {} }); // prettier-ignore
const HOST_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';

let own = GOLDEN;
let isUp = true;
const statusText = (): string => {
  const now = isUp ? SESSION : SESSION.replace('up     ', 'start  ').replace('Established', 'Active     ');
  return `== configure\nDaemon is up\n== protocols\n${now.replaceAll(GOLDEN, own)}`;
};
/** A route server that has one session, and refuses four routes of it. */
const lines: SshLines = {
  timing: { armSeconds: 1, healthMs: 1, probeMs: 1, quietMs: 1, drainMs: 1, backMs: 1 },
  newKeyPair: async (comment) => ({ privateKey: 'PRIVATE KEY OF A ROUTE SERVER', publicKey: `ssh-ed25519 AAAA ${comment}` }),
  open: async () => ({
    close: () => undefined,
    async run(command, { onOut }) {
      if (!command.startsWith('show')) return { code: 0, stdout: command === 'hello' ? HELLO : statusText(), stderr: '' };
      onOut?.(told('refused').replaceAll(GOLDEN, own));
      return { code: 0, stdout: '', stderr: '' };
    },
  }),
};

const databaseUrl = await cloneDatabase();
const courier = createCourier({ allowPrivateTargets: true, now: () => new Date() });
const flows = await createFlows({
  modules: [exchange, secrets, webhooks],
  databaseUrl,
  adapters: (parts, people) => [...secretAdapters(parts, people, databaseUrl), provide(Courier, courier), provide(SshLines, lines)],
});
const receiver = await startReceiver();
afterAll(async () => {
  await receiver.close();
  await flows.close();
  courier.close();
});

interface Told {
  type: string;
  data: Record<string, unknown>;
}
/** What there is to hear, in the order of the alphabet. */
const EVENTS = [
  'exchange.port.health_changed down',
  'exchange.port.health_changed up',
  'exchange.prefix.refused 1',
  'exchange.prefix.refused 13',
  'exchange.prefix.refused 3',
  'exchange.prefix.refused 5',
  'exchange.session.down',
  'exchange.session.up',
];

/** What the clock does for route servers each minute, as the product has it do. */
async function clockOf(now: () => Date): Promise<() => Promise<void>> {
  const runs = new Map<string, () => Promise<void>>();
  const jobs = { schedule: async (name: string, _cron: string, run: () => Promise<void>) => void runs.set(name, run) };
  const parts = { ...flows, now, jobs } as never;
  await keepClock(exchange, parts, { tenantIds: async () => [flows.tenantId] } as never, systemContexts(parts, flows.adapters));
  return runs.get('exchange-route-servers')!;
}

test('sessions that come and go, the health of a port and refused prefixes reach a webhook, and start a workflow', async () => {
  const ana = flows.as({ name: 'ana' });
  await flows.done(exchangeFabricsCreate, { slug: 'fra', name: 'Frankfurt', rsAsn: 64_500, ipv6Prefix: '2001:db8:100::/64' }, ana);
  await flows.done(exchangeParticipantsCreate, { asn: 20_001, name: 'Network 20001' }, ana);
  const { tag, id: connectionId } = await flows.done(exchangeConnectionsCreate, { fabricId: 'fra', participantId: '20001' }, ana);
  const server = await flows.done(exchangeRouteServersCreate, { fabricId: 'fra', handle: 'rs1', name: 'rs1', addressV6: '2001:db8:100::1', routerId: '192.0.2.1' }, ana); // prettier-ignore
  await flows.done(exchangeRouteServersConnect, { id: 'rs1', host: 'rs.example.net', port: 22, user: 'switchyard', hostKey: HOST_KEY }, ana);
  await flows.databases.tenant({ tenantId: flows.tenantId }, (db) =>
    db.execute(sql`insert into exchange_rs_generations (tenant_id, id, route_server_id, number, sha256, wish, files, sessions, state, cause, impact, confirmed_at)
      values (${flows.tenantId}, gen_random_uuid(), ${server.id}, 1, 'x', 'x', '[]', 0, 'confirmed', 'manual', '{}', now())`),
  );
  own = `sy_as20001_${tag}`;

  const types = ['exchange.session.*', 'exchange.port.health_changed', 'exchange.prefix.refused'];
  const hook = await flows.done(webhooksCreate, { name: 'noc', url: receiver.url, events: types, challenge: false }, ana);
  const account = flows.account(flows.as({ name: 'robot' }));
  const nodes = { set: ['transform', { mode: 'expression', expression: 'trigger.event' }] as const };
  const { triggerId } = await flows.launch({ mode: 'event', types }, nodes, 'start -> set', { account });

  // It is first seen as it is, and told of once it has been so for half a minute; then the same for the way down.
  let ahead = 0;
  const clock = await clockOf(() => new Date(Date.now() + ahead));
  for (const up of [true, false]) {
    isUp = up;
    await clock();
    ahead += 60_000;
    await clock();
  }

  const nameOf = ({ type, data }: Told): string => [type, data['to'] ?? data['code']].filter((part) => part !== undefined).join(' ');
  const heard = () => receiver.heard.map((one) => verifiedBy(hook.secret, one) as Told & { tenantId: string });
  await eventually(() => heard().map(nameOf).toSorted()).toEqual(EVENTS);
  expect(heard().filter(({ tenantId, data }) => tenantId !== flows.tenantId || data['connectionId'] !== connectionId)).toEqual([]);
  expect(heard().find(({ type }) => type === 'exchange.session.down')!.data).toMatchObject({
    asn: 20_001,
    fabric: 'fra',
    routeServer: 'rs1',
    protocol: own,
  });
  expect(heard().find(({ data }) => data['code'] === 13)!.data).toMatchObject({
    asn: 20_001,
    title: 'RPKI Invalid',
    prefix: '2400:300::/32',
    routes: 1,
  });

  // One execution for each, and it has what the webhook was told.
  const started = () => flows.rows<{ id: string }>('select id from workflow_executions where trigger_id = $1', [triggerId]);
  await eventually(async () => (await started()).length).toBe(EVENTS.length);
  const outputs = await Promise.all((await started()).map(async ({ id }) => (await flows.ended(id)).outputs as unknown as Told));
  expect(outputs.map(nameOf).toSorted()).toEqual(EVENTS);
  const byName = (all: readonly Told[]) => Object.fromEntries(all.map((one) => [nameOf(one), one.data]));
  expect(byName(outputs)).toEqual(byName(heard()));
  expect(flows.faults).toEqual([]);
});
