import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Policies } from './providers/port.ts';
import { calendarEntries, calendars, type CalendarRow, type EntryRow } from './tables.ts';

/** Entries of one calendar at most, those that are over included. */
export const CALENDARS = { perTenant: 50, entries: 1_000 } as const;

const zones = new Set(Intl.supportedValuesOf('timeZone'));
const Timezone = z
  .string()
  .refine((zone) => zone === 'UTC' || zones.has(zone), 'a zone such as Europe/Berlin')
  .meta({ title: 'Time zone', examples: ['Europe/Berlin'], widget: 'timezone' });

export const CalendarFields = {
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'lower case letters, digits and hyphens').meta({ title: 'Name', help: 'As rules name it', examples: ['year-end-freeze'] }),
  description: z.string().trim().max(500).meta({ title: 'Description' }),
  timezone: Timezone,
}; // prettier-ignore

const Time = z.iso.datetime({ offset: true });
export const EntryFields = {
  title: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .meta({ title: 'Title', examples: ['Year-end freeze'] }),
  note: z.string().trim().max(1_000).meta({ title: 'Note', widget: 'textarea' }),
  startsAt: Time.meta({ title: 'Begins' }),
  endsAt: Time.meta({ title: 'Ends', help: 'Not including this moment' }),
};

export const CalendarView = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  timezone: z.string(),
  version: z.int(),
  usedBy: z.array(z.string()).meta({ help: 'Rules in force that name it, as set/policy' }),
  isFrozen: z.boolean().meta({ help: 'An entry holds at this moment' }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export const EntryView = z.object({
  id: z.uuid(),
  calendarId: z.uuid(),
  calendar: z.string(),
  title: z.string(),
  note: z.string(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
});

export const CalendarDetail = CalendarView.extend({ entries: z.array(EntryView) });

export const entryView = (row: EntryRow, calendar: string): z.input<typeof EntryView> => ({
  id: row.id,
  calendarId: row.calendarId,
  calendar,
  title: row.title,
  note: row.note,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
});

/** Rules in force that name a calendar, by its name: in their windows or in an expression. */
export async function usesOf(ctx: ReadContext): Promise<(name: string) => string[]> {
  const { sets, platform } = await ctx.provider(Policies).bundle(ctx.db, ctx.tenantId);
  const policies = [...platform, ...sets].flatMap(({ name, set }) => set.policies.map((policy) => ({ rule: `${name}/${policy.id}`, policy })));
  return (calendar) =>
    policies
      .filter(({ policy }) => {
        const expressions = `${policy.when ?? ''} ${policy.unless ?? ''}`;
        return (policy.type === 'time-window' && policy.timeWindow.calendars.includes(calendar)) || expressions.includes(`inCalendar("${calendar}")`) || expressions.includes(`inCalendar('${calendar}')`); // prettier-ignore
      })
      .map(({ rule }) => rule);
}

export function calendarView(row: CalendarRow, uses: (name: string) => string[], isFrozen: boolean): z.input<typeof CalendarView> {
  const { id, name, description, timezone, version, createdAt, updatedAt } = row;
  return {
    id,
    name,
    description,
    timezone,
    version,
    usedBy: uses(name),
    isFrozen,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

const missing = (id: string): Problem => new Problem('calendar-not-found', `There is no calendar "${id.slice(0, 64)}" in this tenant.`);

export async function findCalendar(ctx: ReadContext, id: string, lock = false): Promise<CalendarRow> {
  if (!isUuid(id)) throw missing(id);
  const query = ctx.db.select().from(calendars).where(and(eq(calendars.tenantId, ctx.tenantId), eq(calendars.id, id))); // prettier-ignore
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw missing(id);
  return row;
}
export const calendarTarget = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => {
  const { name } = await findCalendar(ctx, id);
  return [{ type: 'calendar', id, name }];
};

export async function findEntry(ctx: ReadContext, id: string): Promise<{ row: EntryRow; calendar: CalendarRow }> {
  const absent = new Problem('calendar-not-found', `There is no calendar entry "${id.slice(0, 64)}" in this tenant.`);
  if (!isUuid(id)) throw absent;
  const [row] = await ctx.db.select().from(calendarEntries).where(and(eq(calendarEntries.tenantId, ctx.tenantId), eq(calendarEntries.id, id))); // prettier-ignore
  if (!row) throw absent;
  return { row, calendar: await findCalendar(ctx, row.calendarId) };
}
/** Rights and rules are decided on the calendar that an entry is in. */
export const entryTarget = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => {
  const { calendar } = await findEntry(ctx, id);
  return [{ type: 'calendar', id: calendar.id, name: calendar.name }];
};

export const entriesOf = (ctx: ReadContext, calendarId: string): Promise<EntryRow[]> =>
  ctx.db
    .select()
    .from(calendarEntries)
    .where(and(eq(calendarEntries.tenantId, ctx.tenantId), eq(calendarEntries.calendarId, calendarId)))
    .orderBy(asc(calendarEntries.startsAt), asc(calendarEntries.id))
    .limit(CALENDARS.entries);

/** Throws `validation-failed` unless the end comes after the beginning, within five years. */
export function requireSpan(startsAt: Date, endsAt: Date): void {
  const years = (endsAt.getTime() - startsAt.getTime()) / (365 * 86_400_000);
  if (years > 0 && years <= 5) return;
  throw new Problem('validation-failed', 'An entry ends after it begins, and lasts five years at most.', { errors: [{ pointer: '/endsAt', message: 'After the beginning' }] }); // prettier-ignore
}

/** Throws `version-conflict`. */
export function requireSeenCalendar(ctx: ReadContext, { name, version }: CalendarRow): void {
  const seen = (ctx as Partial<Context>).ifMatch?.replaceAll(/^W\/|"/g, '');
  if (seen !== undefined && seen !== '*' && seen !== String(version))
    throw new Problem('version-conflict', `"${name}" is at version ${version} and you have seen ${seen}. Read it again and repeat your edit.`, {
      version,
    });
}

/** Runs a write that may meet another calendar of the same name. */
export const namedCalendar = <T>(name: string, write: Promise<T>): Promise<T> =>
  write.catch((error: unknown) => {
    throw isUniqueViolation(error) ? new Problem('name-taken', `There is a calendar "${name}" already. Choose another name.`) : error;
  });

/** Every process reads the calendars again. */
export function changedCalendar(ctx: Context, { id, name }: Pick<CalendarRow, 'id' | 'name'>, what: string): void {
  ctx.provider(Policies).changing(ctx.tenantId);
  ctx.emit('calendar.changed', { calendarId: id, name, what, by: ctx.actor.id });
}
