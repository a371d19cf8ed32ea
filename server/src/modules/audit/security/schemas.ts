import { z } from 'zod';
import { RULE_ACTIONS, RULE_SEVERITIES } from './rules.ts';
import { STATES, type SecurityEventRow } from './tables.ts';

export const SecurityEventView = z.object({
  id: z.uuid(),
  rule: z.string().meta({ help: 'Which rule raised it', examples: ['denied-burst'] }),
  severity: z.enum(RULE_SEVERITIES),
  state: z.enum(STATES),
  actor: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  ip: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  count: z.int().meta({ help: 'How often it was seen while open' }),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  action: z.enum(RULE_ACTIONS),
  note: z.string().nullable(),
  decidedBy: z.object({ id: z.string(), name: z.string(), at: z.iso.datetime() }).nullable(),
  version: z.int(),
});

const deciderOf = ({ decidedBy, decidedByName, decidedAt }: SecurityEventRow) =>
  decidedBy === null ? null : { id: decidedBy, name: decidedByName ?? decidedBy, at: (decidedAt ?? new Date(0)).toISOString() };

export const securityEventView = (row: SecurityEventRow): z.input<typeof SecurityEventView> => ({
  id: row.id,
  rule: row.rule,
  severity: row.severity,
  state: row.state,
  actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName },
  ip: row.ip,
  facts: row.facts,
  count: row.count,
  firstAt: row.firstAt.toISOString(),
  lastAt: row.lastAt.toISOString(),
  action: row.action,
  note: row.note,
  decidedBy: deciderOf(row),
  version: row.version,
});

export const RuleView = z.object({
  id: z.string().meta({ title: 'Rule', examples: ['denied-burst'] }),
  enabled: z.boolean(),
  count: z.int(),
  windowSeconds: z.int(),
  severity: z.enum(RULE_SEVERITIES),
  action: z.enum(RULE_ACTIONS),
  group: z.enum(['actor', 'ip', 'tenant']),
  changed: z.boolean().meta({ help: 'Differs from what is delivered' }),
});
