import type { AnyOperation } from './operation.ts';

const DECISIONS: ReadonlySet<string> = new Set(['approvals:decide', 'approvals:delegate']);

/** By its name: also what others than Changes wait for, such as a port that a network asked for. */
const DECIDING = /\.(approve|reject)$/;

/** Does it decide on a Change or on what somebody asked for, or hand the decision to somebody else? */
export const isDecision = ({ name, permission, risk }: Pick<AnyOperation, 'name' | 'permission' | 'risk'>): boolean =>
  risk !== 'read' && (DECISIONS.has(permission) || DECIDING.test(name));

/** Whether programs that act for people are offered it at all. */
export const isTool = (operation: Pick<AnyOperation, 'hiddenFrom'>): boolean => !operation.hiddenFrom?.includes('mcp');

/** What people answer an execution with: an agent in one would answer itself. */
const ANSWERS: ReadonlySet<string> = new Set(['executions.input', 'executions.resolve', 'executions.resume']);

/** Whether an agent within a workflow may ever call it: what is no tool elsewhere is none here, and nobody decides on what they asked for themselves. */
export const isForAgents = (operation: AnyOperation): boolean =>
  isTool(operation) &&
  !isDecision(operation) &&
  !ANSWERS.has(operation.name) &&
  operation.access !== 'public' &&
  !operation.hiddenFrom?.includes('workflow');
