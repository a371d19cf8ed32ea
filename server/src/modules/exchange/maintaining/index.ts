import { z } from 'zod';
import type { Module } from '#kernel/module.ts';
import { watchMaintenance } from './clock.ts';
import { exchangeMaintenanceBegin } from './operations/exchange.maintenance.begin.ts';
import { exchangeMaintenanceCancel } from './operations/exchange.maintenance.cancel.ts';
import { exchangeMaintenanceCreate } from './operations/exchange.maintenance.create.ts';
import { exchangeMaintenanceGet } from './operations/exchange.maintenance.get.ts';
import { exchangeMaintenanceList } from './operations/exchange.maintenance.list.ts';
import { exchangeMaintenanceUpdate } from './operations/exchange.maintenance.update.ts';
import { exchangePortsMaintenance } from './operations/exchange.ports.maintenance.ts';
import './problems.ts';
import { MAINTENANCE_KINDS, MAINTENANCE_STATES } from './rules.ts';

export { exchangeMaintenanceBegin };
export const operations = [
  exchangeMaintenanceList,
  exchangeMaintenanceGet,
  exchangeMaintenanceCreate,
  exchangeMaintenanceUpdate,
  exchangeMaintenanceCancel,
  exchangeMaintenanceBegin,
  exchangePortsMaintenance,
];

const data = z.object({
  id: z.uuid(),
  fabricId: z.uuid(),
  fabric: z.string(),
  kind: z.enum(MAINTENANCE_KINDS),
  state: z.enum(MAINTENANCE_STATES),
  version: z.int(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  reason: z.string(),
  summary: z.string(),
  recipients: z.array(z.uuid()),
});
export const events: NonNullable<Module['events']> = {
  'exchange.maintenance.planned': { summary: 'Maintenance of the exchange was planned', data },
  'exchange.maintenance.changed': { summary: 'The times of a maintenance, or its reason, were changed', data },
  'exchange.maintenance.reminded': { summary: 'A maintenance begins within a day', data },
  'exchange.maintenance.begun': { summary: 'A maintenance has begun', data },
  'exchange.maintenance.drained': { summary: 'The route servers of a maintenance have no sessions left', data },
  'exchange.maintenance.sessions_lost': {
    summary: 'Route servers were reloaded, and sessions that were up before are not back, or a server could not be asked',
    data: data.extend({
      sessions: z.array(z.object({ routeServer: z.string(), protocol: z.string() })),
      unknown: z.array(z.string()).meta({ help: 'Route servers that could not be asked' }),
    }),
  },
  'exchange.maintenance.ended': { summary: 'A maintenance is over, and what was out of service is back', data },
  'exchange.maintenance.cancelled': { summary: 'A maintenance was called off, and what was out of service is back', data },
  'exchange.maintenance.failed': { summary: 'A maintenance did not take place', data },
};

export const schedules: NonNullable<Module['schedules']> = [{ name: 'exchange-maintenance', cron: '* * * * *', outside: watchMaintenance }];
