import { and, asc, eq, gt, isNotNull } from 'drizzle-orm';
import { z } from 'zod';
import { events } from '#kernel/events.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { isHeard } from '../hearing.ts';
import { Surroundings } from '../providers/port.ts';
import { matchesPattern } from '../rules.ts';
import { TenantEvent } from '../schemas.ts';

const PLACE = /^\d{1,15}$/;
function placeOf(after: string): number {
  if (PLACE.test(after)) return Number(after);
  throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
}

export const eventsList = defineOperation({
  name: 'events.list',
  summary: 'Read the events of the tenant, from any place on',
  description:
    'What webhooks are told, for receivers that cannot be reached: oldest first, none left out. Keep `next` and ask for what is `after` it; an empty page means that there is nothing new. Events about what you may not read are left out.',
  permission: 'webhooks:read',
  risk: 'read',
  route: { method: 'GET', path: '/events' },
  input: z.object({
    after: z.string().max(32).optional().meta({ title: 'After', help: '`next` of the page before; from the beginning when left out' }),
    types: z.string().max(500).optional().meta({ title: 'Events', help: 'With commas: server.created, change.*', examples: ['server.*'] }),
    limit: pageInput.limit,
  }),
  output: z.object({ items: z.array(TenantEvent), next: z.string().meta({ help: 'Where to go on; it moves on although no event was for you' }) }),
  targets: 'filter',
  async run(ctx, { after = '0', types, limit }) {
    const from = placeOf(after);
    const patterns = types?.split(',').map((one) => one.trim()) ?? ['*'];
    const hears = await ctx.provider(Surroundings).hearing(ctx.actor);
    const rows = await ctx.db
      .select()
      .from(events)
      .where(and(eq(events.tenantId, ctx.tenantId), isNotNull(events.place), gt(events.place, from)))
      .orderBy(asc(events.place))
      .limit(limit);
    const items = rows.filter((row) => patterns.some((pattern) => matchesPattern(pattern, row.type)) && hears(row.type) && isHeard(ctx.reach, row));
    return {
      items: items.map(({ id, type, createdAt, place, changeId, data }) => ({
        id, type, changeId, timestamp: createdAt.toISOString(), sequence: place!, data: data as z.output<typeof TenantEvent>['data'],
      })),
      next: String(rows.at(-1)?.place ?? from),
    };
  },
}); // prettier-ignore
