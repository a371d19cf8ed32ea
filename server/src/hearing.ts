import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Registry } from '#kernel/registry.ts';
import type { Reach } from '#kernel/scope.ts';
import { readableResources } from '#surfaces/stream.ts';
import type { People } from './core.ts';

/** An event is for those who read what it is about; where nothing reads that by itself, for those who read the audit trail. */
const WITHOUT_READER = 'audit';
/** What was refused stands in the trail, and is for its readers: not for who may only look up rights. */
const OF_THE_TRAIL: ReadonlySet<string> = readableResources(['access.denied']);

const none = (error: unknown): Reach => {
  if (error instanceof Problem) return [];
  throw error;
};

type Reading = Pick<Registry, 'operations'>;
const readsOf = ({ operations }: Reading): AnyOperation[] =>
  [...operations.values()].filter(({ risk, access }) => risk === 'read' && access === undefined);

/** How far an actor may read what events of one type are about. */
export function createReachOf(registry: Reading, { permit }: Pick<People, 'permit'>) {
  const readers = new Map<string, Map<string, AnyOperation>>();
  for (const operation of readsOf(registry)) {
    for (const resource of readableResources([operation.name])) readers.set(resource, (readers.get(resource) ?? new Map<string, AnyOperation>()).set(operation.permission, operation));
  }
  return async (db: Database, actor: Actor, type: string): Promise<Reach> => {
    const [resource = ''] = readableResources([type]);
    const reaches: Reach[] = [];
    for (const operation of ((OF_THE_TRAIL.has(resource) ? undefined : readers.get(resource)) ?? readers.get(WITHOUT_READER))?.values() ?? []) reaches.push(await permit(db, actor, operation).catch(none));
    return reaches.flat();
  };
} // prettier-ignore

/** What one may hear of by polling, and how far: the same as in a stream of events, but for what is a person's own. */
export const createHearing = (registry: Reading, { permit }: Pick<People, 'permit'>) => {
  const reading = readsOf(registry);
  const known = readableResources(reading.map(({ name }) => name));
  return async (db: Database, actor: Actor): Promise<(type: string) => Reach> => {
    const reaches = new Map<string, Reach>();
    for (const operation of reading) {
      const reach = await permit(db, actor, operation).catch(none);
      for (const resource of readableResources([operation.name])) reaches.set(resource, [...(reaches.get(resource) ?? []), ...reach]);
    }
    return (type) => {
      const [resource = ''] = readableResources([type]);
      return reaches.get(known.has(resource) && !OF_THE_TRAIL.has(resource) ? resource : WITHOUT_READER) ?? [];
    };
  };
};
