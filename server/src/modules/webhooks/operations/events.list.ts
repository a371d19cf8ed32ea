import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isLogPosition, LOG_START, readLog } from '#kernel/event-log.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { eventView, heardBy } from '../hearing.ts';
import { Surroundings } from '../providers/port.ts';
import { matchesPattern } from '../rules.ts';
import { TenantEvent } from '../schemas.ts';

/** One that fits no event would be noticed by silence only. */
function patternsIn(ctx: ReadContext, wanted: string): string[] {
  const patterns = wanted.split(',').map((one) => one.trim());
  const known = ctx.provider(Surroundings).catalogue();
  if (patterns.every((pattern) => known.some(({ type }) => matchesPattern(pattern, type)))) return patterns;
  throw new Problem('validation-failed', 'A pattern in “types” fits no event. See webhooks.eventTypes.', {
    errors: [{ pointer: '/types', message: 'Names no event' }],
  });
}

export const eventsList = defineOperation({
  name: 'events.list',
  summary: 'Read the events of the tenant, from any place on',
  description:
    'What webhooks are told, for receivers that cannot be reached: none left out and none twice, in the order in which they were committed. Keep `next` and ask for what is `after` it; `more` says that there is some already. Events about what you may not read are left out.',
  permission: 'webhooks:read',
  risk: 'read',
  route: { method: 'GET', path: '/events' },
  input: z.object({
    after: z.string().max(8_000).optional().meta({ title: 'After', help: '`next` of the page before, or `now`; from the beginning when left out' }),
    types: z
      .string()
      .max(500)
      .optional()
      .meta({ title: 'Events', help: 'With commas: server.created, change.*', examples: ['server.*'] }),
    limit: pageInput.limit,
  }),
  output: z.object({
    items: z.array(TenantEvent),
    next: z.string().meta({ help: 'Where to go on; it moves on although no event was for you' }),
    more: z.boolean(),
  }),
  targets: 'filter',
  async run(ctx, { after = LOG_START, types: wanted = '*', limit }) {
    if (after !== 'now' && !isLogPosition(after)) throw new Problem('cursor-invalid', 'The place is not one that this list gave out. Start again without it.'); // prettier-ignore
    const patterns = patternsIn(ctx, wanted);
    const heard = await heardBy(ctx);
    const types = heard.types.filter((type) => patterns.some((pattern) => matchesPattern(pattern, type)));
    const { events, position, more } = await readLog(ctx.db, ctx.tenantId, after === 'now' ? null : after, { limit, types });
    return { items: events.filter(heard.isHeard).map(eventView), next: position, more };
  },
});
