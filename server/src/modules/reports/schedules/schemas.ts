import { IANAZone } from 'luxon';
import { z } from 'zod';
import { KIND_KEYS } from '../kinds/index.ts';
import { Filters, FORMATS } from '../schemas.ts';
import type { RunRow, ScheduleRow } from '../tables.ts';
import { COVERS } from './cron.ts';

const Time = z.iso.datetime();

/** What is said of a schedule. */
export const ScheduleFields = {
  name: z.string().trim().min(1).max(100).meta({ title: 'Name', examples: ['Changes of the month'] }), // prettier-ignore
  kind: z.enum(KIND_KEYS).meta({ title: 'Kind', examples: ['production-changes'] }),
  format: z.enum(FORMATS).meta({ title: 'Format', examples: ['pdf'] }),
  filters: Filters.optional().meta({ title: 'Filters' }),
  covers: z.enum(COVERS).meta({ title: 'Covers', help: 'The whole day, week, month or quarter before the one in which it is made', examples: ['month'] }), // prettier-ignore
  cron: z.string().trim().min(9).max(100).meta({ title: 'When', help: 'Minute, hour, day of the month, month, day of the week; once an hour at most', examples: ['0 6 1 * *'] }), // prettier-ignore
  zone: z.string().max(60).refine((name) => IANAZone.isValidZone(name), 'A time zone such as Europe/Berlin').meta({ title: 'Time zone', examples: ['Europe/Berlin'] }), // prettier-ignore
  recipients: z.array(z.uuid()).max(50).meta({ title: 'Recipients', help: 'Members who may read reports of the whole tenant' }),
  enabled: z.boolean().meta({ title: 'On' }),
};

const Who = z.object({ id: z.string(), name: z.string() });
export const RunView = z.object({
  id: z.uuid(),
  dueAt: Time,
  state: z.enum(['running', 'done', 'failed']),
  reportId: z.uuid().nullable(),
  told: z.int().meta({ help: 'People who were told' }),
  problem: z.string().nullable(),
  endedAt: Time.nullable(),
});
export const ScheduleView = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.string(),
  format: z.enum(FORMATS),
  filters: Filters,
  covers: z.enum(COVERS),
  cron: z.string(),
  zone: z.string(),
  recipients: z.array(Who),
  enabled: z.boolean(),
  owner: Who.meta({ help: 'It is made with what they may do then' }),
  nextAt: Time.nullable(),
  last: RunView.nullable(),
  version: z.int(),
});

export const runView = (row: RunRow): z.input<typeof RunView> => ({
  id: row.id,
  dueAt: row.dueAt.toISOString(),
  state: row.state,
  reportId: row.reportId,
  told: row.told,
  problem: row.problem,
  endedAt: row.endedAt?.toISOString() ?? null,
});

export const scheduleView = (row: ScheduleRow, last: RunRow | undefined, people: ReadonlyMap<string, { name: string }>): z.input<typeof ScheduleView> => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  format: row.format,
  filters: row.filters,
  covers: row.covers,
  cron: row.cron,
  zone: row.zone,
  recipients: row.recipients.map((id) => ({ id, name: people.get(id)?.name ?? 'A former member' })),
  enabled: row.enabled,
  owner: { id: row.ownerId, name: row.ownerName },
  nextAt: row.enabled ? (row.nextAt?.toISOString() ?? null) : null,
  last: last ? runView(last) : null,
  version: row.version,
}); // prettier-ignore
