import type { AuditEntry } from '#kernel/gate-steps.ts';
import { reasonOf } from '#kernel/gate-trace.ts';
import { newId } from '#kernel/ids.ts';
import type { Problem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { Machinery, Operations } from '../providers/port.ts';
import type { ChangeRow } from '../tables.ts';

/** Where the Gate refused to resume a Change, with the decision it left. */
const decidedBy = (problem: Problem | undefined): (Pick<AuditEntry, 'decisionId' | 'rules'> & { stage: string }) | undefined =>
  (problem as { decided?: { stage: string; decisionId: string; rules: readonly string[] } } | undefined)?.decided;

/** The entry that a Change leaves when its job ends, beside the one of the call that asked for it. */
export const auditOf = (
  row: ChangeRow,
  operation: { name: string; permission: string },
  result: AuditEntry['result'],
  at: Date,
  problem?: Problem,
): AuditEntry => ({
  decisionId: decidedBy(problem)?.decisionId ?? newId(),
  requestId: row.requestId,
  actor: row.requester,
  surface: 'job',
  operation: operation.name,
  permission: operation.permission,
  risk: row.risk,
  sensitive: true,
  result,
  reason: problem ? reasonOf(problem, decidedBy(problem)?.stage ?? 'run') : null,
  targets: row.targets,
  grantId: null,
  rules: decidedBy(problem)?.rules ?? row.requirements.map(({ rule }) => rule),
  inputHash: row.inputHash,
  changeId: row.id,
  comment: row.comment,
  at,
  durationMs: row.startedAt ? at.getTime() - row.startedAt.getTime() : 0,
  timings: {},
});

/** The same where no worker has it in hand: the queue or the clock ends the Change, as failed. */
export async function auditEnd({ db, now, provider }: Pick<WorkContext, 'db' | 'now' | 'provider'>, row: ChangeRow, problem: Problem): Promise<void> {
  const operation = provider(Operations).get(row.operation) ?? { name: row.operation, permission: 'changes:read' };
  await provider(Machinery).audit.write(db, auditOf(row, operation, 'failure', now(), problem));
}
