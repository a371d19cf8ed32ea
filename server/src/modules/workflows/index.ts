import { defineModule } from '#kernel/module.ts';
import { withdrawApprovals } from './approvals/withdraw.ts';
import { surroundingOperations } from './egress/list.ts';
import { events } from './events.ts';
import { chatOperations } from './chat/list.ts';
import { pruneSessions } from './chat/sessions.ts';
import { executionOperations } from './executions/list.ts';
import { executionsRollback } from './executions/operations/executions.rollback.ts';
import { pruneExecutions } from './executions/retention.ts';
import { pruneGenerations } from './generation/generations.ts';
import { generationOperations } from './generation/list.ts';
import './generation/problems.ts';
import { metricOperations } from './metrics/list.ts';
import { pruneMetrics } from './metrics/store.ts';
import { purgeDeleted } from './model/purge.ts';
import { nodeTypeOperations } from './node-types/list.ts';
import { modelOperations } from './operations/list.ts';
import './problems.ts';
import { triggerOperations } from './triggers/list.ts';
import { sweepMarks } from './triggers/marks.ts';
import './triggers/problems.ts';

export { executionsRollback };

/** Graphs of what should happen, drawn or written, published as versions, and run durably through the same Gate as everything else. */
export const workflows = defineModule({
  name: 'workflows',
  after: ['governance'],
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    ...modelOperations,
    ...executionOperations,
    ...chatOperations,
    ...surroundingOperations,
    ...metricOperations,
    ...triggerOperations,
    ...nodeTypeOperations,
    ...generationOperations,
  ],
  events,
  on: { 'execution.cancelled': withdrawApprovals, 'execution.failed': withdrawApprovals, 'execution.timed_out': withdrawApprovals },
  sealed: [
    { table: 'execution_blobs', column: 'sealed', field: "'content'" },
    { table: 'node_executions', column: 'sealed', field: "'payload'" },
    { table: 'node_executions', column: 'sealed_steps', field: "'steps'" },
    { table: 'workflow_executions', column: 'sealed_inputs', field: "'inputs'" },
    { table: 'workflow_executions', column: 'sealed_outputs', field: "'outputs'" },
  ],
  schedules: [
    { name: 'workflows-purge', cron: '23 3 * * *', perTenant: purgeDeleted },
    { name: 'executions-prune', cron: '11 2 * * *', outside: (job) => pruneExecutions(job) },
    { name: 'chat-sessions-prune', cron: '47 3 * * *', perTenant: pruneSessions },
    { name: 'workflow-metrics-prune', cron: '53 3 * * *', outside: (job) => pruneMetrics(job) },
    { name: 'generations-prune', cron: '37 3 * * *', perTenant: pruneGenerations },
    { name: 'workflow-marks-sweep', cron: '41 * * * *', perTenant: sweepMarks },
  ],
});
