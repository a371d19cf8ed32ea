import { z } from 'zod';

export const RESULTS = ['success', 'failure', 'denied', 'pending', 'error'] as const;

export const AuditEntryView = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string(), email: z.string().nullable() }),
  roles: z.array(z.string()).meta({ help: 'Keys of the roles that the actor held at the time' }),
  surface: z.string(),
  operation: z.string(),
  risk: z.enum(['read', 'write', 'high']),
  severity: z.enum(['info', 'notice', 'warning', 'critical']),
  permission: z.string(),
  result: z.enum(RESULTS),
  reason: z
    .object({
      stage: z.string(),
      code: z.string(),
      text: z.string(),
      policyId: z.string().optional().meta({ help: 'The rule that refused, as set/rule' }),
    })
    .nullable(),
  targets: z.array(z.object({ type: z.string(), id: z.string(), name: z.string().optional(), environment: z.string().nullish() })),
  changeId: z.uuid().nullable(),
  approvalId: z.string().nullable(),
  approverIds: z.array(z.string()),
  jobId: z.string().nullable(),
  rules: z.array(z.string()).meta({ help: 'Rules that were applied, with the version of their policy' }),
  decisionId: z.uuid(),
  requestId: z.string(),
  ip: z.string().nullable(),
  comment: z.string().nullable(),
  durationMs: z.number(),
  occurrences: z.int(),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;

export const SEVERITIES = ['info', 'notice', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];
const moment = z.iso.datetime({ offset: true }).optional();

/** The filters that the list and the exports share; `start`, `end`, `actor`, `resource` and `eventType` are the names of the contract. */
export const auditFilters = {
  actorId: z.string().max(64).optional().meta({ title: 'Actor' }),
  actor: z.string().min(2).max(254).optional().meta({ title: 'Who', help: 'Id, email address, or part of the name' }),
  eventType: z
    .string()
    .max(100)
    .regex(/^[A-Za-z][\w.]*\*?$/, 'An operation, or the beginning of some such as auth.*')
    .optional()
    .meta({ title: 'Kind of event', examples: ['auth.*'] }),
  severity: z.enum(SEVERITIES).optional().meta({ title: 'Severity' }),
  resource: z.string().max(128).optional().meta({ title: 'Resource', help: 'Id or type of what was acted on' }),
  environment: z.string().max(50).optional().meta({ title: 'Environment' }),
  ip: z.union([z.ipv4(), z.ipv6()]).optional().meta({ title: 'IP address' }),
  approvalId: z.string().max(64).optional().meta({ title: 'Approval' }),
  requestId: z.string().max(128).optional().meta({ title: 'Request', help: 'Correlation id' }),
  text: z.string().min(2).max(200).optional().meta({ title: 'Words of the reason', help: 'Full text: every word must occur' }),
  start: moment.meta({ title: 'From' }),
  end: moment.meta({ title: 'Until' }),
  operation: z
    .string()
    .max(100)
    .optional()
    .meta({ title: 'Operation', examples: ['servers.create'] }),
  result: z.enum(RESULTS).optional().meta({ title: 'Result' }),
  risk: z.enum(['read', 'write', 'high']).optional().meta({ title: 'Risk' }),
  targetId: z.string().max(128).optional().meta({ title: 'Target', help: 'Id of the resource' }),
  changeId: z.uuid().optional().meta({ title: 'Change' }),
  from: z.iso.datetime({ offset: true }).optional().meta({ title: 'From' }),
  to: z.iso.datetime({ offset: true }).optional().meta({ title: 'Until', help: 'Not including this moment' }),
  q: z.string().min(2).max(100).optional().meta({ title: 'Text', help: 'In the reason, the comment or the actor’s name' }),
};
