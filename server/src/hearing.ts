import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import type { Registry } from '#kernel/registry.ts';
import type { Reach } from '#kernel/scope.ts';
import { readableResources } from '#surfaces/stream.ts';
import type { People } from './core.ts';

/** An event is for those who read what it is about; where nothing reads that by itself, for those who read the audit trail. */
const WITHOUT_READER = 'audit';

/** What one may hear of by polling, and how far: the same as in a stream of events, but for what is a person's own. */
export const createHearing = ({ operations }: Registry, { permit }: Pick<People, 'permit'>) => {
  const reading = [...operations.values()].filter(({ risk, access }) => risk === 'read' && access === undefined);
  const known = readableResources(reading.map(({ name }) => name));
  return async (db: Database, actor: Actor): Promise<(type: string) => Reach> => {
    const reaches = new Map<string, Reach>();
    for (const operation of reading) {
      const reach = await permit(db, actor, operation).catch((error: unknown): Reach => {
        if (error instanceof Problem) return [];
        throw error;
      });
      for (const resource of readableResources([operation.name])) reaches.set(resource, [...(reaches.get(resource) ?? []), ...reach]);
    }
    return (type) => {
      const [resource = ''] = readableResources([type]);
      return reaches.get(known.has(resource) ? resource : WITHOUT_READER) ?? [];
    };
  };
};
