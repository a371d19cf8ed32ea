import { z } from 'zod';
import type { Module } from '#kernel/module.ts';
import { exchangeDriftIgnore } from './operations/exchange.drift.ignore.ts';
import { exchangeDriftList } from './operations/exchange.drift.list.ts';
import { exchangeDriftRepair } from './operations/exchange.drift.repair.ts';
import './problems.ts';
import { CLASSES, SEVERITIES } from './schemas.ts';

export const operations = [exchangeDriftList, exchangeDriftRepair, exchangeDriftIgnore];

const data = z.object({
  id: z.uuid(),
  class: z.enum(CLASSES),
  severity: z.enum(SEVERITIES),
  detail: z.string(),
  summary: z.string(),
  fabricId: z.uuid().nullable(),
  routeServerId: z.uuid().nullable(),
  controllerId: z.uuid().nullable(),
  requestId: z.uuid().nullable(),
});
export const events: NonNullable<Module['events']> = {
  'exchange.finding.opened': { summary: 'Something on a route server or at a controller is not as it should be', data },
  'exchange.finding.repaired': { summary: 'What was found on a route server or at a controller was put right', data },
  'exchange.finding.ignored': { summary: 'Somebody said to leave alone what was found', data },
  'exchange.finding.gone': { summary: 'What was found on a route server or at a controller is not there any more', data },
};
