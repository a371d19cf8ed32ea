import type { ReadContext } from '#kernel/context.ts';
import { scopeCovers, type Reach } from '#kernel/scope.ts';
import type { z } from 'zod';
import { Surroundings } from './providers/port.ts';
import type { TenantEvent } from './schemas.ts';

interface Happened {
  type: string;
  data: Readonly<Record<string, unknown>>;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Whether a reach covers what an event is about, as far as its data says; of what does not say only the whole tenant hears. */
function isCovered(reach: Reach, { type, data }: Happened): boolean {
  const resource = type.split('.')[0]!;
  const labels = typeof data['labels'] === 'object' && data['labels'] !== null ? (data['labels'] as Record<string, string>) : {};
  const target = { type: resource, id: text(data[`${resource}Id`]) ?? text(data['id']) ?? '', environment: text(data['environment']), labels };
  return reach.some(({ scope }) => scopeCovers(scope, target));
}

interface Heard {
  /** Types of events about what the caller may read, somewhere. */
  types: string[];
  /** Within what the caller may poll, and may read. */
  isHeard: (event: Happened) => boolean;
}

/** What of the tenant's events the caller hears. */
export async function heardBy(ctx: ReadContext): Promise<Heard> {
  const { catalogue, hearing } = ctx.provider(Surroundings);
  const reachOf = await hearing(ctx.db, ctx.actor);
  const reaches = new Map(
    catalogue()
      .map(({ type }) => [type, reachOf(type)] as const)
      .filter(([, reach]) => reach.length > 0),
  );
  return { types: [...reaches.keys()], isHeard: (event) => isCovered(ctx.reach, event) && isCovered(reaches.get(event.type) ?? [], event) };
}

export const eventView = ({ id, type, time, changeId, data }: Happened & { id: string; time: Date; changeId: string | null }): z.input<typeof TenantEvent> => ({
  id,
  type,
  timestamp: time.toISOString(),
  changeId,
  data: data as z.input<typeof TenantEvent>['data'],
}); // prettier-ignore
