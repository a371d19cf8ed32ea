import type { Json } from '../../graph.ts';
import { refusalOf } from '../operation/outcome.ts';
import { listed } from '../operation/selector.ts';
import type { NodeRun } from '../declare.ts';
import { kindOf } from '../entity_query/kinds.ts';

export interface Entity {
  type: string;
  id: string;
  name: string;
  data: Json;
}
export interface Edge {
  from: string;
  to: string;
  relation: string;
}

/** What a relation leads to: things that were read, or the names of things that are still to be looked at. */
type Neighbour = Entity | { type: string; id: string };

export interface Relation {
  name: string;
  from: string;
  to: string;
  /** Operations beside those that open one thing of either kind. */
  lists: readonly string[];
  /** Along the arrow, and against it. */
  out: (walk: Walk, entity: Entity) => Promise<Neighbour[]>;
  in: (walk: Walk, entity: Entity) => Promise<Neighbour[]>;
}

/** Lists that are read, each once for the whole walk. */
export interface Walk {
  run: NodeRun;
  list: (operation: string, input: Readonly<Record<string, Json>>) => Promise<Json[]>;
  /** Something was cut off. */
  cut: () => void;
}

const MOST_LISTED = 500;
type Fields = Readonly<Record<string, Json>>;

export const keyOf = ({ type, id }: { type: string; id: string }): string => `${type}:${id}`;

export function entityOf(type: string, data: Json): Entity {
  const fields = data as Fields;
  return { type, id: String(fields['id']), name: String(fields[kindOf(type).name] ?? fields['id']), data };
}

export function createWalk(run: NodeRun): Walk & { isCut: () => boolean } {
  const known = new Map<string, Promise<Json[]>>();
  let isCut = false;
  return {
    run,
    isCut: () => isCut,
    cut: () => void (isCut = true),
    list(operation, input) {
      const key = `${operation} ${JSON.stringify(input)}`;
      let found = known.get(key);
      if (!found)
        known.set(key, (found = listed(run, operation, input, () => true, MOST_LISTED, key).then(({ items, more }) => ((isCut ||= more), items)))); // prettier-ignore
      return found;
    },
  };
}

/** One entity as the principal sees it: `hidden` when it is there and not theirs to see, undefined when it is gone. */
export async function look(run: NodeRun, type: string, id: string): Promise<Entity | 'hidden' | undefined> {
  const outcome = await run.call(kindOf(type).get, { id }, { tag: `get:${type}:${id}` });
  if (outcome.status === 'done') return entityOf(type, outcome.output);
  if (outcome.status !== 'refused') return undefined;
  if (outcome.problem.status === 403) return 'hidden';
  if (outcome.problem.status === 404) return undefined;
  throw refusalOf(outcome.problem);
}

const field = ({ data }: Entity, name: string): Json => (data as Fields)[name] ?? null;
const named = (type: string, id: Json): Neighbour[] => (typeof id === 'string' ? [{ type, id }] : []);
const ADDRESSES = ['publicIpv4', 'publicIpv6'] as const;
const POINTING: ReadonlySet<Json> = new Set(['A', 'AAAA']);

const zones = async (walk: Walk): Promise<Entity[]> => (await walk.list('dns.listZones', {})).map((zone) => entityOf('zone', zone));
const recordsOf = async (walk: Walk, zone: { id: string }, input: Fields = {}): Promise<Entity[]> =>
  (await walk.list('dns.listRecords', { id: zone.id, ...input })).map((record) => entityOf('record', record));

/** Records anywhere that point at one of the addresses. */
async function recordsAt(walk: Walk, addresses: readonly string[]): Promise<Entity[]> {
  const found: Entity[] = [];
  for (const zone of addresses.length > 0 ? await zones(walk) : [])
    for (const value of addresses)
      for (const record of await recordsOf(walk, zone, { value }))
        if (POINTING.has(field(record, 'type')) && field(record, 'value') === value) found.push(record);
  return found;
}

const addressesOf = (server: Entity): string[] => ADDRESSES.map((name) => field(server, name)).filter((value) => typeof value === 'string');

const ofConnection = (type: string, operation: string) => async (walk: Walk, { id }: Entity) =>
  (await walk.list(operation, { connectionId: id })).map((item) => entityOf(type, item)); // prettier-ignore

async function changesOf(walk: Walk, { id }: Entity): Promise<Entity[]> {
  return (await walk.list('changes.list', { targetId: id })).map((change) => entityOf('change', change));
}

/** Targets of a Change that are kinds of ours; the list of Changes does not name them, so it is opened. */
const TARGETS: Readonly<Record<string, string>> = { server: 'server', dnsZone: 'zone', cloudConnection: 'cloud' };
async function targetsOf(type: string, { run }: Walk, change: Entity): Promise<Neighbour[]> {
  const whole = 'targets' in (change.data as Fields) ? change : await look(run, 'change', change.id);
  if (whole === undefined || whole === 'hidden') return [];
  const targets = (whole.data as { targets: { type: string; id: string }[] }).targets;
  return targets.filter((target) => TARGETS[target.type] === type).map(({ id }) => ({ type, id }));
}

const touching = (to: string): Relation => ({
  name: 'touched',
  from: 'change',
  to,
  lists: ['changes.list'],
  out: (walk, change) => targetsOf(to, walk, change),
  in: changesOf,
});

interface Link {
  toType: string;
  toId: string;
}
/** What a memory is linked to; the list of memories does not say it, so it is opened. */
async function linkedTo(type: string, { run }: Walk, memory: Entity): Promise<Neighbour[]> {
  const whole = 'links' in (memory.data as Fields) ? memory : await look(run, 'memory', memory.id);
  if (whole === undefined || whole === 'hidden') return [];
  const { links } = whole.data as unknown as { links: Link[] };
  return links.filter(({ toType }) => toType === type).map(({ toId: id }) => ({ type, id }));
}

const remembered = (to: string): Relation => ({
  name: to === 'memory' ? 'linked' : 'about',
  from: 'memory',
  to,
  lists: ['memories.list'],
  out: (walk, memory) => linkedTo(to, walk, memory),
  in: async (walk, { id }) => (await walk.list('memories.list', { about: `${to}:${id}` })).map((one) => entityOf('memory', one)),
});

/** How the things that are there hang together. */
export const RELATIONS: readonly Relation[] = [
  { name: 'runs_in', from: 'server', to: 'cloud', lists: ['servers.list'], out: async (_walk, one) => named('cloud', field(one, 'connectionId')), in: ofConnection('server', 'servers.list') },
  { name: 'served_by', from: 'zone', to: 'cloud', lists: ['dns.listZones'], out: async (_walk, one) => named('cloud', field(one, 'connectionId')), in: ofConnection('zone', 'dns.listZones') },
  { name: 'holds', from: 'zone', to: 'record', lists: ['dns.listRecords'], out: (walk, one) => recordsOf(walk, one), in: async (_walk, one) => named('zone', field(one, 'zoneId')) },
  {
    name: 'points_to',
    from: 'record',
    to: 'server',
    lists: ['servers.list', 'dns.listZones', 'dns.listRecords'],
    async out(walk, record) {
      const value = field(record, 'value');
      if (!POINTING.has(field(record, 'type')) || typeof value !== 'string') return [];
      return (await walk.list('servers.list', { q: value })).map((server) => entityOf('server', server)).filter((server) => addressesOf(server).includes(value));
    },
    in: (walk, server) => recordsAt(walk, addressesOf(server)),
  },
  touching('server'),
  touching('zone'),
  touching('cloud'),
  {
    name: 'requested_by',
    from: 'change',
    to: 'member',
    lists: ['changes.list'],
    out: async (_walk, one) => named('member', (field(one, 'requester') as Fields | null)?.['id'] ?? null),
    in: async (walk, { id }) => (await walk.list('changes.list', { requesterId: id })).map((change) => entityOf('change', change)),
  },
  ...['server', 'cloud', 'zone', 'change', 'member', 'document', 'memory'].map(remembered),
]; // prettier-ignore

/**
 * Whether a hop takes a relation that leads from this kind, or to it. "Any" is all that hangs together as things of the platform; what
 * people and workflows remember of them is taken from memories, and where memories are asked for.
 */
export const takes = (
  { relation, types }: { relation: string; types: readonly string[] },
  one: Pick<Relation, 'name' | 'from'>,
  type: string,
): boolean => relation === one.name || (relation === 'any' && (one.from !== 'memory' || type === 'memory' || types.includes('memory')));

/** The Operations that a walk from a kind may call: hop by hop, by the relations that each allows. */
export function readsFrom(type: string, hops: readonly { relation: string; direction: 'out' | 'in' | 'both'; types: readonly string[] }[]): string[] {
  const called = new Set([kindOf(type).get]);
  let reached = new Set([type]);
  for (const { relation, direction, types } of hops) {
    const next = new Set<string>();
    for (const one of RELATIONS) {
      const { from, to, lists } = one;
      const goes = (kind: string): boolean => reached.has(kind) && takes({ relation, types }, one, kind);
      const ends = [...(direction !== 'in' && goes(from) ? [to] : []), ...(direction !== 'out' && goes(to) ? [from] : [])];
      for (const end of ends.filter((kind) => types.length === 0 || types.includes(kind))) {
        next.add(end);
        // A Change is opened to see its targets, whichever way.
        for (const name of [...lists, kindOf(from).get, kindOf(end).get]) called.add(name);
      }
    }
    reached = next;
  }
  return [...called];
} // prettier-ignore
