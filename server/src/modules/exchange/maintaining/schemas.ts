import { z } from 'zod';
import { MAINTENANCE_KINDS, MAINTENANCE_STATES, PHASES } from './rules.ts';

export const Maintenance = z
  .object({
    id: z.uuid(),
    fabricId: z.uuid(),
    fabric: z.string(),
    kind: z.enum(MAINTENANCE_KINDS),
    reason: z.string(),
    state: z.enum(MAINTENANCE_STATES),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    beganAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    silentAt: z.iso.datetime().nullable().meta({ help: 'When the last session between members has expired' }),
    servers: z
      .array(z.object({ id: z.uuid(), routeServer: z.string(), phase: z.enum(PHASES), warnedAt: z.iso.datetime().nullable(), stoppedAt: z.iso.datetime().nullable(), lost: z.array(z.string()).nullable().meta({ help: 'Of a reload: sessions that were up before, and were not back after it; null while that is not known, and where the server could not be asked' }) }))
      .meta({ help: 'Route servers that are drained, each as far as it has come, or reloaded' }),
    plannedBy: z.string(),
    changeId: z.uuid().nullable().meta({ help: 'The Change that it was agreed to by' }),
    beginChangeId: z.uuid().nullable().meta({ help: 'The Change that began it, or is to' }),
    problemCode: z.string().nullable(),
    detail: z.string().nullable().meta({ help: 'What keeps it from going on' }),
    version: z.int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ExchangeMaintenance' }); // prettier-ignore

/** What a member is told: as the notices say it, and nothing of Changes or of what is in the way. */
export const PortMaintenance = Maintenance.pick({ id: true, fabric: true, kind: true, reason: true, state: true, startsAt: true, endsAt: true, silentAt: true })
  .extend({ routeServers: z.array(z.string()).meta({ help: 'That are concerned; the others serve on' }) })
  .meta({ id: 'ExchangePortMaintenance' }); // prettier-ignore

export const maintenanceId = z.uuid().meta({ title: 'Maintenance' });
export const fields = {
  startsAt: z.iso.datetime().meta({ title: 'Begins' }),
  endsAt: z.iso.datetime().meta({ title: 'Ends', help: 'Everything is put back then, by itself' }),
  reason: z.string().trim().min(3).max(1_000).meta({ title: 'Reason', widget: 'textarea', help: 'Members are told' }),
};
