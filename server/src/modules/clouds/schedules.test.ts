import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { and, eq, isNull } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Operation } from '#kernel/operation.ts';
import type { Person } from '#test/world.ts';
import {
  driftList,
  serversCreate,
  serversDelete,
  serversPoweroff,
  serversProtect,
  serversResize,
  serversStart,
  serversStop,
  serversUpdate,
} from './index.ts';
import { shown } from './providers/simulated/servers.ts';
import { FAULT_KINDS, type Fault } from './simulator.ts';
import { servers } from './tables.ts';
import { cloudWorld, QUICK, type CloudWorld, eventually } from './testing.ts';

/** A hundred times more with `SCHEDULES=1000`, which takes half an hour. */
const RUNS = Number(process.env['SCHEDULES'] ?? 12);

let world: CloudWorld;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  world = await cloudWorld({ pace: { ...QUICK, timeoutMs: 150, stuckSeconds: 1, attempts: 4, circuit: { failures: 5, openMs: 30, openCapMs: 60 } } });
  ann = world.as({ name: 'ann' });
  bob = world.as({ name: 'bob' });
});
afterAll(() => world.end());

const fault = fc.record<Fault>({
  operation: fc.constantFrom('*', 'create', 'delete', 'power', 'resize', 'get', 'find', 'poll', 'latest', 'update', 'protect'),
  kind: fc.constantFrom(...FAULT_KINDS.filter((kind) => kind !== 'revoked-credential' && kind !== 'hang')),
  probability: fc.constantFrom(0.2, 0.5, 1),
  nth: fc.constant(undefined),
  count: fc.integer({ min: 1, max: 4 }),
});
const step = fc.record({
  act: fc.constantFrom('create', 'create', 'pattern', 'delete', 'stop', 'start', 'poweroff', 'resize', 'update', 'protect'),
  pick: fc.nat(5),
  faults: fc.array(fault, { maxLength: 2 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const wishes = (connectionId: string, { act, pick }: Step, ids: readonly string[]): [Operation, object] => {
  const id = ids[pick % Math.max(1, ids.length)] ?? '01990000-0000-7000-8000-000000000000';
  const table: Record<string, [Operation, object]> = {
    create: [serversCreate, world.wish(connectionId, `web-${pick}`)],
    pattern: [serversCreate, { ...world.wish(connectionId, ''), name: undefined, namePattern: `n${pick}-{n}`, count: 3 }],
    delete: [serversDelete, { id }],
    stop: [serversStop, { id, graceSeconds: 0, force: true }],
    start: [serversStart, { id }],
    poweroff: [serversPoweroff, { id }],
    resize: [serversResize, { id, size: ['std-1', 'std-2', 'std-4'][pick % 3], growDisk: pick > 3 }],
    update: [serversUpdate, { id, labels: { n: String(pick) } }],
    protect: [serversProtect, { id, delete: pick === 0 }],
  };
  return table[act]!;
};

const rowsOf = (connectionId: string) =>
  world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.select().from(servers).where(and(eq(servers.connectionId, connectionId), isNull(servers.deletedAt)))); // prettier-ignore

async function play(connectionId: string, script: readonly Step[]): Promise<void> {
  const open: { id: string }[] = [];
  for (const each of script) {
    await world.misbehave(ann, connectionId, each.faults);
    const [operation, input] = wishes(connectionId, each, (await rowsOf(connectionId)).map(({ id }) => id)); // prettier-ignore
    try {
      const change = await world.accepted(operation, input, ann);
      if (change.state === 'awaiting_approval') await world.approve(change, bob);
      open.push(change);
      // Every other Change runs beside the next.
      if (each.pick % 2 === 0) await world.settled(change, ann, { timeoutMs: 60_000 });
    } catch (error) {
      if (!(error instanceof Problem)) throw error; // refused is an answer
    }
  }
  await world.misbehave(ann, connectionId, []);
  for (const change of open) await world.settled(change, ann, { timeoutMs: 60_000 });
}

async function rest(connectionId: string): Promise<void> {
  await eventually(async () => (await rowsOf(connectionId)).filter(({ changeId }) => changeId !== null)).toEqual([]);
  // Actions that a fault made stick are ended by the provider's own staff.
  await world.clock(ann, connectionId, { stepSeconds: 3_600 });
  await new Promise((resolve) => setTimeout(resolve, 100)); // the circuit's pause
  for (const seconds of [70, 140, 210]) await world.pass(connectionId, () => new Date(Date.now() + seconds * 1_000));
}

test(
  'infrastructure 147: Given random fault schedules over create/resize/delete, then at rest every external object has exactly one Resource or a finding, and no quota is leaked',
  { timeout: 3_600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (script) => {
        const { id } = await world.connect(ann);
        await play(id, script);
        await rest(id);
        const rows = await rowsOf(id);
        const found = (await world.done(driftList, { connectionId: id, limit: 200 }, ann)).items;
        const strangers = found.filter(({ kind }) => kind === 'unmanaged' || kind === 'orphan' || kind === 'duplicate');
        const there = await world.cloud(id).then(
          ({ world: cloud }) => cloud.servers,
          () => [],
        );
        for (const server of there) {
          const claims =
            rows.filter(({ externalId }) => externalId === server.id).length + strangers.filter(({ externalId }) => externalId === server.id).length;
          expect([server.name, claims]).toEqual([server.name, 1]);
        }
        for (const row of rows) {
          // One whose action is stuck stays in motion there, and is shown so here.
          const server = there.find(({ id: external }) => external === row.externalId);
          expect([row.name, row.status]).toEqual([row.name, server ? shown(server).status : 'missing']);
          expect([row.name, row.reservedVcpus]).toEqual([row.name, row.vcpus]);
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
);
