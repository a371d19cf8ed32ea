import type { Database } from '#kernel/database.ts';
import type { PolicyFacts } from '#kernel/gate-steps.ts';
import { Problem } from '#kernel/problem.ts';
import { createBundle, type Bundle } from './bundle.ts';
import type { Policies } from './providers/port.ts';
import { surround } from './surround.ts';

/** When something that was agreed to once for all holds: for calls of one operation, where an expression is true, in a window. */
export interface Condition {
  operation: string;
  /** CEL over what rules look at; null for any call. */
  when: string | null;
  window: { timezone: string; windows: readonly { days: readonly string[]; from: string; to: string }[] } | null;
}

/** The same as a set of rules, so that it is read, typed, bounded and judged as rules are. JSON is YAML. */
function documentOf({ operation, when, window }: Condition): string {
  const common = { match: { operations: [operation] }, phase: 'plan', onError: 'deny' };
  const fits = when === null ? [] : [{ id: 'fits', type: 'allow-only', ...common, when }];
  const open = window === null ? [] : [{ id: 'window', type: 'time-window', ...common, timeWindow: { mode: 'allow-only', ...window } }];
  const spec = { enforcement: 'enforce', requireTests: false, policies: [...fits, ...open] };
  return JSON.stringify({ apiVersion: 'switchyard/v1', kind: 'PolicySet', metadata: { name: 'condition' }, spec }, null, 1);
}

const isEmpty = ({ when, window }: Condition): boolean => when === null && window === null;

/** Conditions of what is agreed to once for all, by the engine of the rules. */
export const createConditions = (policies: Policies) => ({
  /** What is wrong with one, if anything is. */
  fault(condition: Condition): { in: 'when' | 'window'; message: string } | undefined {
    if (isEmpty(condition)) return undefined;
    try {
      policies.read(documentOf(condition), '1');
      return undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const [first] = (error.extras['faults'] ?? []) as { pointer: string; message: string }[];
      const inWindow = condition.when === null || first?.pointer.includes('timeWindow') === true;
      return { in: inWindow ? 'window' : 'when', message: first?.message ?? error.message };
    }
  },
  /** Whether it holds for a call. What cannot be told does not hold. */
  async fits(db: Database, asked: PolicyFacts, condition: Condition): Promise<boolean> {
    if (isEmpty(condition)) return true;
    const inForce = await policies.bundle(db, asked.actor.tenantId);
    const set = { id: null, name: 'condition', version: '1', ...policies.read(documentOf(condition), '1') };
    const none = { platform: [], trials: [], broken: [], exemptions: [] };
    const bundle: Bundle = createBundle({ ...none, sets: [set], calendars: inForce.calendars });
    const { facts } = await surround(db, asked, bundle, policies.surroundings);
    const { denied, errors } = await policies.evaluate(bundle, facts, 'plan');
    return denied === undefined && errors.length === 0;
  },
});
