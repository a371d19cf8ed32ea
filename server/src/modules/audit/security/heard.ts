import type { DeliveredEvent } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { Evidence } from '../providers/port.ts';

type Fact = string | number | boolean | null;
const isFact = (value: unknown): value is Fact => value === null || ['string', 'number', 'boolean'].includes(typeof value);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** An announcement that a rule looks at; those that tell of an event raised here are heard and left alone. */
export async function heard(ctx: WorkContext, { id, type, tenantId, time, data }: DeliveredEvent): Promise<void> {
  if (data['securityEventId'] !== undefined) return;
  const facts = Object.fromEntries(Object.entries(data).filter((field): field is [string, Fact] => isFact(field[1])));
  await ctx.provider(Evidence).sighted(tenantId, type, {
    sourceId: id,
    at: time,
    actorId: textOf(data['userId']),
    actorName: null,
    ip: null,
    facts,
    times: 1,
  });
}
