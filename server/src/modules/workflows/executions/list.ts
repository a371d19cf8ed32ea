import type { AnyOperation } from '#kernel/operation.ts';
import { executionsBlobsGet } from './operations/executions.blobs.get.ts';
import { executionsBulkCancel } from './operations/executions.bulk.cancel.ts';
import { executionsBulkPause } from './operations/executions.bulk.pause.ts';
import { executionsBulkResume } from './operations/executions.bulk.resume.ts';
import { executionsBulkRetry } from './operations/executions.bulk.retry.ts';
import { executionsCancel } from './operations/executions.cancel.ts';
import { executionsExport } from './operations/executions.export.ts';
import { executionsGet } from './operations/executions.get.ts';
import { executionsInput } from './operations/executions.input.ts';
import { executionsList } from './operations/executions.list.ts';
import { executionsLogs } from './operations/executions.logs.ts';
import { executionsMigrate } from './operations/executions.migrate.ts';
import { executionsNodesGet } from './operations/executions.nodes.get.ts';
import { executionsPause } from './operations/executions.pause.ts';
import { executionsPayloads } from './operations/executions.payloads.ts';
import { executionsResolve } from './operations/executions.resolve.ts';
import { executionsResume } from './operations/executions.resume.ts';
import { executionsRetry } from './operations/executions.retry.ts';
import { executionsRollback } from './operations/executions.rollback.ts';
import { executionsStreamTicket } from './operations/executions.streamTicket.ts';
import { plansExecute } from './operations/plans.execute.ts';
import { plansGet } from './operations/plans.get.ts';
import { workflowEngineGet } from './operations/workflowEngine.get.ts';
import { workflowsExecute } from './operations/workflows.execute.ts';
import { workflowsPlan } from './operations/workflows.plan.ts';
import { workflowsTestRun } from './operations/workflows.testRun.ts';
import { workflowsTestsRun } from './operations/workflows.tests.run.ts';

/** Running workflows, and what people do with executions. */
export const executionOperations: readonly AnyOperation[] = [
  workflowsExecute, workflowsPlan, workflowsTestRun, workflowsTestsRun, plansGet, plansExecute,
  executionsList, executionsGet, executionsPayloads, executionsNodesGet, executionsBlobsGet, executionsLogs, executionsExport, executionsStreamTicket,
  executionsCancel, executionsPause, executionsResume, executionsRetry, executionsMigrate, executionsRollback, executionsResolve, executionsInput,
  executionsBulkCancel, executionsBulkPause, executionsBulkResume, executionsBulkRetry,
  workflowEngineGet,
]; // prettier-ignore
