import { Problem } from '#kernel/problem.ts';
import type { WorkflowRow, WorkflowStatus } from '../tables.ts';

/** Throws when the workflow is in none of these states: `workflow-archived`, `workflow-not-published` or `workflow-unchanged`. */
export function requireStatus({ name, status, activeVersion }: WorkflowRow, states: readonly WorkflowStatus[]): void {
  if (states.includes(status)) return;
  if (status === 'archived') throw new Problem('workflow-archived', `"${name}" is archived. Activate it first.`);
  if (activeVersion === null) throw new Problem('workflow-not-published', `"${name}" was never published, so nothing starts it.`);
  throw new Problem('workflow-unchanged', `"${name}" is ${status} already.`);
}
