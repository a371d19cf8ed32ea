import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { permitted } from '#kernel/gate-check.ts';
import type { Registry } from '#kernel/registry.ts';
import { readableResources } from '#surfaces/stream.ts';
import type { People } from './core.ts';

/** An event is for those who read what it is about; where nothing reads that by itself, for those who read the audit trail. */
const WITHOUT_READER = 'audit';

/** What one may hear of by polling: the same as in a stream of events, but for what is a person's own. */
export const createHearing = ({ operations }: Registry, { permit }: Pick<People, 'permit'>) => {
  const reading = [...operations.values()].filter(({ risk, access }) => risk === 'read' && access === undefined);
  const known = readableResources(reading.map(({ name }) => name));
  return async (db: Database, actor: Actor): Promise<(type: string) => boolean> => {
    const names: string[] = [];
    for (const operation of reading) if (await permitted({ permit }, db, actor, operation)) names.push(operation.name);
    const readable = readableResources(names);
    return (type) => {
      const [resource = ''] = readableResources([type]);
      return readable.has(known.has(resource) ? resource : WITHOUT_READER);
    };
  };
};
