import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { eq } from '#kernel/drizzle.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import type { Module, TenantJob } from '#kernel/module.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import type { Outside } from './calls.ts';
import { findConnection, Sealing } from './connection-rows.ts';
import { clouds, cloudsCreate, serversCreate, serversGet, simulatorActor, simulatorClock, simulatorFaults } from './index.ts';
import { cloudProviders } from './providers/clouds.ts';
import { outgoingHosts } from './providers/outgoing.ts';
import { PACE } from './providers/pace.ts';
import { CloudProviders, SimulatorControl, type Pace } from './providers/port.ts';
import { simulatorControl } from './providers/simulated/control.ts';
import { databaseStore } from './providers/simulated/store.database.ts';
import { CloudReads, cloudReads } from './reads.ts';
import { outsideOf, tend } from './reconcile.ts';
import type { Server } from './schemas.ts';
import type { Edit, Fault } from './simulator.ts';
import { ConnectionValidators, OutgoingHosts } from './validation.ts';
import { simulatedClouds } from './tables.ts';
import type { CloudState } from './providers/simulated/state.ts';

/** Waits for what other processes and jobs bring about; long, since the machine may be busy. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 20 });

/** The same rules with pauses of milliseconds. */
export const QUICK: Pace = { ...PACE, timeoutMs: 2_000, baseMs: 5, capMs: 40, looksMs: [0, 5, 10, 20, 30, 40], pollMs: 10 };

/** Seconds of the simulated clouds pass in milliseconds. */
const FAST = { speed: 2_000, latencyMs: 0 };

const TSIG = 'c2VjcmV0LWtleS1vZi10aGUtdGVzdA==';

interface CloudWorldOptions {
  pace?: Pace;
  now?: () => Date;
  works?: boolean;
  databaseUrl?: string;
  /** Beside this one. */
  modules?: readonly Module[];
  /** Rules of the installation. */
  platformPolicies?: readonly { file: string; document: string }[];
  /** Those of another process on the same database. */
  tenants?: { a: string; b: string };
  /** Puts something between the module and its clouds. */
  between?: (real: CloudProviders) => CloudProviders;
}

export async function cloudWorld({ pace = QUICK, between = (real) => real, modules = [], ...options }: CloudWorldOptions = {}) {
  const world = await createWorld({
    modules: [clouds, ...modules],
    ...options,
    adapters: ({ databases, sealer, live, now }) => [
      provide(CloudProviders, between(cloudProviders({ store: databaseStore(databases), pace }))),
      provide(Sealing, sealer),
      provide(CloudReads, cloudReads({ databases, live, now })),
      provide(SimulatorControl, simulatorControl()),
      provide(OutgoingHosts, outgoingHosts({ allowPrivate: true })),
      provide(ConnectionValidators, {
        validate: async (kind, { config, credential }) => {
          if (kind === 'embedded-dns')
            return { ok: true, identity: 'embedded', checks: [{ name: 'server', ok: true, detail: 'it answers', remedy: null }], warnings: [] };
          const ok = credential?.['tsigSecret'] === TSIG;
          return {
            ok,
            identity: String(config['tsigName']),
            checks: [{ name: 'update', ok, detail: ok ? 'signed update accepted' : 'BADSIG', remedy: ok ? null : 'Check the key.' }],
            warnings: [],
          };
        },
      }),
    ],
  });
  return { ...world, ...actsOf(world) };
}
export type CloudWorld = Awaited<ReturnType<typeof cloudWorld>>;

function actsOf(world: World) {
  const connect = (person: Person, more: { name?: string; environment?: string | null; config?: object } = {}) =>
    world.done(
      cloudsCreate,
      {
        name: more.name ?? `sim-${randomBytes(3).toString('hex')}`,
        kind: 'simulated',
        environment: more.environment ?? 'dev',
        config: { ...FAST, ...more.config },
      },
      person,
    );
  const wish = (connectionId: string, name: string, more: object = {}) => ({
    connectionId,
    name,
    region: 'sim-eu-1',
    size: 'std-1',
    image: 'debian-13',
    ...more,
  });
  return {
    connect,
    wish,
    tsig: TSIG,
    /** A server that was made and is at rest. */
    async server(person: Person, connectionId: string, name: string, more: object = {}): Promise<Server> {
      const change = await world.settled(await world.accepted(serversCreate, wish(connectionId, name, more), person), person);
      if (change.state !== 'succeeded') throw new Error(`${change.number} ${change.state}: ${JSON.stringify(change.problem)}`);
      return (change.outcome as { servers: Server[] }).servers[0]!;
    },
    get: (person: Person, id: string): Promise<Server> => world.done(serversGet, { id }, person),
    misbehave: (person: Person, connectionId: string, faults: Partial<Fault>[]) => world.done(simulatorFaults, { connectionId, faults }, person),
    outsider: (person: Person, connectionId: string, edits: Partial<Edit>[]) => world.done(simulatorActor, { connectionId, edits }, person),
    clock: (person: Person, connectionId: string, set: { rate?: number; stepSeconds?: number }) =>
      world.done(simulatorClock, { connectionId, ...set }, person),
    /** What really is in a simulated cloud. */
    cloud: (connectionId: string): Promise<CloudState> =>
      world.databases.tenant({ tenantId: world.tenants.a }, async (db) => {
        const [row] = await db.select().from(simulatedClouds).where(eq(simulatedClouds.id, connectionId));
        return { control: row!.control, world: row!.world } as CloudState;
      }),
    pass: (connectionId: string, now: () => Date = () => new Date()) => pass(world, connectionId, now),
    outside: (signal: AbortSignal = AbortSignal.timeout(20_000)) => outsideIn(world, () => new Date(), signal),
    /** Closes it, and fails when background work had a fault. */
    async end(): Promise<void> {
      await world.close();
      if (world.faults.length > 0) throw new Error(world.faults.join('\n'));
    },
  };
}

/** What a background pass has in hand. */
function outsideIn({ adapters, databases, tenants: { a: tenantId } }: World, now: () => Date, signal: AbortSignal): Outside {
  const provider = providerOf(adapters);
  const tx: TenantJob['tx'] = (work) =>
    databases.tenant({ tenantId }, async (db) => {
      const emitted: Emitted[] = [];
      const emit = (type: string, data: Record<string, unknown>) => void emitted.push({ type, data });
      const result = await work({ tenantId, now, provider, emit, db, actor: null as never, changeId: null, once: (_key, load) => load() });
      await appendEvents(db, tenantId, emitted, null);
      return result;
    });
  return outsideOf({ tenantId, now, provider, tx }, signal);
}

/** One turn of the reconciler over one connection, as if it were due. */
async function pass(world: World, connectionId: string, now: () => Date): Promise<void> {
  const outside = outsideIn(world, now, AbortSignal.timeout(20_000));
  const row = await outside.tx((place) => findConnection(place, connectionId));
  await tend(outside, { ...row, lastSyncAt: null });
}
