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
export function isHeard(reach: Reach, { type, data }: Happened): boolean {
  const resource = type.split('.')[0]!;
  const labels = typeof data['labels'] === 'object' && data['labels'] !== null ? (data['labels'] as Record<string, string>) : {};
  const target = { type: resource, id: text(data[`${resource}Id`]) ?? text(data['id']) ?? '', environment: text(data['environment']), labels };
  return reach.some(({ scope }) => scopeCovers(scope, target));
}

/** Types of events about what the caller may read. */
export async function heardTypes(ctx: ReadContext): Promise<string[]> {
  const { catalogue, hearing } = ctx.provider(Surroundings);
  const hears = await hearing(ctx.db, ctx.actor);
  return catalogue().flatMap(({ type }) => (hears(type) ? [type] : []));
}

export const eventView = ({ id, type, time, changeId, data }: Happened & { id: string; time: Date; changeId: string | null }): z.input<typeof TenantEvent> => ({
  id,
  type,
  timestamp: time.toISOString(),
  changeId,
  data: data as z.input<typeof TenantEvent>['data'],
}); // prettier-ignore
