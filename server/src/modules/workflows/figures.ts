import type { Databases } from '#kernel/database.ts';
import type { Reading } from '#kernel/metrics.ts';

const by = async (databases: Databases, text: string): Promise<ReadonlyMap<string, number>> =>
  databases.lookUp(async (db) => new Map((await db.$client.query<{ label: string; n: number }>(text)).rows.map(({ label, n }) => [label, n])));

/** Executions that wait for their turn. */
export const workflowQueue = (databases: Databases): Reading => ({
  name: 'workflow_queue_depth',
  help: 'Executions that wait for their turn, by priority',
  label: 'priority',
  read: () => by(databases, `select priority as label, count(*)::int as n from workflow_executions where status = 'queued' group by 1`),
});

/** Executions that a worker holds, and those whose worker has not been heard of in time. */
export const workflowLeases = (databases: Databases): Reading => ({
  name: 'workflow_leases',
  help: 'Executions that workers hold, by whether these have been heard of in time',
  label: 'state',
  read: () => by(databases, `select case when lease_until > now() then 'held' else 'expired' end as label, count(*)::int as n from workflow_executions where status = 'running' group by 1`), // prettier-ignore
});
