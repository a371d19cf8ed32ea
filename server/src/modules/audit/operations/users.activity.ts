import { z } from 'zod';
import type { Context } from '#kernel/context.ts';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, toPage } from '#kernel/page.ts';
import { LOCALES, sentenceOf } from '../activity/sentences.ts';
import { conditions, viewOf } from '../query.ts';
import type { AuditEntryView } from '../schemas.ts';
import { auditEntries } from '../tables.ts';
import { auditList } from './audit.list.ts';

const Item = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  text: z.string().meta({ help: 'A sentence in the language that was asked for' }),
  operation: z.string(),
  result: z.enum(['success', 'failure', 'denied', 'pending', 'error']),
  changeId: z.uuid().nullable(),
});

interface Wanted {
  userId: string;
  reads: boolean;
  cursor?: string | undefined;
  limit: number;
}
async function entriesOf(ctx: Context, { userId, reads, cursor, limit }: Wanted): Promise<{ items: AuditEntryView[]; nextCursor: string | null }> {
  // One's own without any right; of others whoever may read the audit list may be told.
  if (userId !== ctx.actor.id) await ctx.call(auditList, { actorId: userId, limit: 1 });
  const before = decodeCursor(cursor, 1)?.[0];
  const rows = await ctx.db
    .select()
    .from(auditEntries)
    .where(and(
      conditions(ctx.tenantId, { actorId: userId }),
      reads ? undefined : eq(auditEntries.kept, 'evidence'),
      before === undefined ? undefined : lt(auditEntries.id, String(before)),
    ))
    .orderBy(desc(auditEntries.id))
    .limit(limit + 1); // prettier-ignore
  return toPage(rows, limit, (row) => [row.id], viewOf);
}

export const usersActivity = defineOperation({
  name: 'users.activity',
  summary: 'Tell what somebody did in this tenant, day by day',
  description:
    'A sentence per entry of the trail, grouped by day in the zone that is named. One’s own (`me`) without any permission, that of others with audit:read.',
  permission: 'profile:read',
  access: 'self',
  risk: 'read',
  route: { method: 'GET', path: '/users/{userId}/activity' },
  input: z.object({
    userId: z.union([z.literal('me'), z.uuid()]).meta({ title: 'Person', help: '“me” or an id' }),
    locale: z.enum(LOCALES).default('en').meta({ title: 'Language' }),
    zone: z
      .string()
      .max(60)
      .refine((name) => name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name), 'A time zone such as Europe/Berlin')
      .default('UTC')
      .meta({ title: 'Time zone' }),
    reads: z.boolean().default(false).meta({ title: 'Also what was only looked at', help: 'Reads of nothing sensitive' }),
    ...pageInput,
  }),
  output: z.object({ days: z.array(z.object({ day: z.iso.date(), items: z.array(Item) })), nextCursor: z.string().nullable() }),
  targets: 'none',
  async run(ctx, { userId, locale, zone, reads, cursor, limit }) {
    const { items, nextCursor } = await entriesOf(ctx, { userId: userId === 'me' ? ctx.actor.id : userId, reads, cursor, limit });
    // The Swedish form of a date is that of ISO 8601.
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    const days = Map.groupBy(items, ({ at }) => day.format(new Date(at)));
    return {
      days: [...days].map(([name, entries]) => ({
        day: name,
        items: entries.map((entry) => ({ id: entry.id, at: entry.at, text: sentenceOf(entry, locale), operation: entry.operation, result: entry.result, changeId: entry.changeId })),
      })),
      nextCursor,
    }; // prettier-ignore
  },
});
