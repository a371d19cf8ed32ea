import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { metrics } from '../metrics.ts';
import { scopesOf } from '../visible.ts';

const DAY = 86_400_000;
const Count = z.int();
const Day = z.iso.date();

const Metrics = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  queue: z.object({
    pending: Count,
    breaching: Count.meta({ help: 'Not decided within the time that rules ask for' }),
    oldestAt: z.iso.datetime().nullable(),
  }),
  changes: z.object({
    total: Count,
    days: z.array(z.object({ day: Day, outcome: z.enum(['succeeded', 'failed', 'refused', 'open']), count: Count })),
  }),
  violations: z.object({
    total: Count,
    days: z.array(z.object({ day: Day, count: Count })),
    heat: z.array(z.object({ operation: z.string(), environment: z.string().nullable(), count: Count })),
  }),
  users: z.array(z.object({ id: z.string(), name: z.string(), changes: Count, violations: Count })),
  approvals: z.object({
    approved: Count,
    rejected: Count,
    expired: Count,
    median: Count.nullable().meta({ help: 'Seconds until a request was decided' }),
    p90: Count.nullable(),
    classes: z.array(z.object({ upTo: Count.nullable(), count: Count })),
  }),
  emergencies: z.object({ total: Count, unreviewed: Count }),
  roles: z.array(z.object({ key: z.string(), name: z.string(), people: Count })).nullable(),
  drift: Count.nullable().meta({ help: 'Open findings; null where your Scope is not everything' }),
});

export const complianceMetrics = defineOperation({
  name: 'compliance.metrics',
  summary: 'Show how the tenant is governed',
  description: 'Approvals that wait, Changes, refused calls, who makes most of them and how long approvals take, within your Scope. Days are in UTC.',
  permission: 'reports:read',
  risk: 'read',
  route: { method: 'GET', path: '/compliance/metrics' },
  input: z.object({
    days: z.coerce.number().int().min(1).max(400).default(30).meta({ title: 'Days', help: 'Until now' }),
  }),
  output: Metrics,
  targets: 'filter',
  async run(ctx, { days }) {
    const now = ctx.now();
    const [from, to] = [new Date(now.getTime() - days * DAY), new Date(now.getTime() + 1)];
    const found = await metrics(ctx.db, { tenantId: ctx.tenantId, from, to, now, reach: scopesOf(ctx.reach) });
    return { from: from.toISOString(), to: to.toISOString(), ...found };
  },
});
