import type { WorkflowSettings } from '../graph.ts';
import type { ExecutionState } from './rules.ts';

const DAY = 86_400_000;
/** Executions that one transaction takes. */
export const BATCH = 1_000;

type Retention = WorkflowSettings['retention'];
const GOOD: readonly ExecutionState[] = ['completed'];
const wentWell = (status: ExecutionState): boolean => GOOD.includes(status);

/** Days that an execution is kept: as its workflow says, and no longer than the plan lets it. */
const keptDays = (status: ExecutionState, { successDays, failedDays }: Retention, most: number): number =>
  Math.min(wentWell(status) ? successDays : failedDays, most);

/** Until when the whole of an execution, and its payloads, are kept, counted from its end. */
export const kept = (
  { status, endedAt }: { status: ExecutionState; endedAt: Date },
  retention: Retention,
  most: { days: number; payloadDays: number },
): { until: Date; payloadsUntil: Date } => ({
  until: new Date(endedAt.getTime() + keptDays(status, retention, most.days) * DAY),
  payloadsUntil: new Date(endedAt.getTime() + Math.min(retention.payloadDays, most.payloadDays) * DAY),
});
