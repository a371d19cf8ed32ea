import { z } from 'zod';
import { and, count, eq, isNull, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { executions } from '../../engine/tables.ts';
import { Surroundings } from '../../surroundings.ts';

const Count = z.int();

export const workflowEngineGet = defineOperation({
  name: 'workflowEngine.get',
  summary: 'Show how the workflow engine keeps up',
  description: 'Executions of the tenant that have not ended: how many wait in the queue and for how long, how many are held by how many processes, and how many had to be taken over. Other tenants are not in it.',
  permission: 'workflowEngine:read',
  risk: 'read',
  route: { method: 'GET', path: '/admin/workflow-engine' },
  input: z.object({}),
  output: z.object({
    queued: z.array(z.object({ priority: z.string(), count: Count })),
    oldestQueuedSeconds: z.number().nullable(),
    running: Count,
    waiting: Count,
    paused: Count,
    workers: Count.meta({ help: 'Processes that hold executions of the tenant now' }),
    expiredLeases: Count.meta({ help: 'Held by a process that has not been heard of: another takes them over' }),
    lateTimers: Count.meta({ help: 'Due for more than ten seconds and not looked at yet' }),
    recoveries: Count.meta({ help: 'Times that executions which still go were taken over' }),
    limits: z.object({ running: Count, queued: Count, startsPerMinute: Count }),
  }),
  targets: 'none',
  async run({ db, tenantId, provider, now }) {
    const at = now().toISOString();
    const going = and(eq(executions.tenantId, tenantId), isNull(executions.endedAt));
    const queued = await db
      .select({ priority: executions.priority, count: count() })
      .from(executions)
      .where(and(going, eq(executions.status, 'queued')))
      .groupBy(executions.priority);
    const [found] = await db
      .select({
        oldestQueuedSeconds: sql<number | null>`extract(epoch from ${at}::timestamptz - min(${executions.createdAt}) filter (where ${executions.status} = 'queued'))::float8`,
        running: sql<number>`count(*) filter (where ${executions.status} = 'running')::int`,
        waiting: sql<number>`count(*) filter (where ${executions.status} = 'waiting')::int`,
        paused: sql<number>`count(*) filter (where ${executions.status} = 'paused')::int`,
        workers: sql<number>`count(distinct ${executions.leaseOwner}) filter (where ${executions.leaseUntil} > ${at}::timestamptz)::int`,
        expiredLeases: sql<number>`count(*) filter (where ${executions.status} = 'running' and ${executions.leaseUntil} <= ${at}::timestamptz)::int`,
        lateTimers: sql<number>`count(*) filter (where ${executions.status} in ('waiting', 'paused') and ${executions.wakeAt} < ${at}::timestamptz - interval '10 seconds')::int`,
        recoveries: sql<number>`coalesce(sum(${executions.recoveries}), 0)::int`,
      })
      .from(executions)
      .where(going);
    const { running, queued: most, startsPerMinute } = await provider(Surroundings).limits(db, tenantId);
    return { queued, ...found!, limits: { running, queued: most, startsPerMinute } };
  },
}); // prettier-ignore
