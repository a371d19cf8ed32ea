import type { JsonSchema } from '#lib/schema.ts';
import type { Json, Risk } from '#lib/types.ts';
import { checkForm, prune } from '#ui/operation-form/index.ts';

/** One call that an agent wants to make. */
export interface AskedCall {
  index: number;
  tool: string;
  operation: string | null;
  arguments: Json;
  /** Given by the model. */
  reason: string;
  risk: Risk;
  plan: Json;
  schema: JsonSchema;
}
/** Answer of `agentRequests.get`. */
export interface AgentRequest {
  changeId: string;
  executionId: string;
  agent: string;
  step: number;
  /** Of the Change behind it. */
  state: string;
  calls: AskedCall[];
  taint: { nodeKey: string; kind: string }[];
}

/** What whoever decides makes of one call, as it stands in the form. */
export interface Wish {
  run: boolean;
  arguments: Record<string, unknown>;
  /** Why not, for the model. */
  text: string;
}
interface Decided {
  index: number;
  run: boolean;
  arguments?: Record<string, unknown>;
  text?: string;
}

const bag = (value: Json): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {});
export const freshWish = (call: AskedCall): Wish => ({ run: true, arguments: bag(call.arguments), text: '' });

const clean = (call: AskedCall, value: Record<string, unknown>): Record<string, unknown> =>
  prune(value, call.schema, call.schema) as Record<string, unknown>;
const isChanged = (call: AskedCall, wish: Wish): boolean =>
  JSON.stringify(clean(call, wish.arguments)) !== JSON.stringify(clean(call, bag(call.arguments)));

/** What is sent: calls that are taken as they stand say no more than that. `faults` are by the place of the call. */
export function decidedOf(
  calls: readonly AskedCall[],
  wishes: readonly Wish[],
): { calls: Decided[]; faults: Record<number, Record<string, string>> } {
  const faults: Record<number, Record<string, string>> = {};
  const decided = calls.map((call, at): Decided => {
    const wish = wishes[at]!;
    if (!wish.run) return { index: call.index, run: false, ...(wish.text.trim() ? { text: wish.text.trim() } : {}) };
    if (!isChanged(call, wish)) return { index: call.index, run: true };
    const given = clean(call, wish.arguments);
    const found = checkForm(given, call.schema, call.schema);
    if (Object.keys(found).length > 0) faults[at] = found;
    return { index: call.index, run: true, arguments: given };
  });
  return { calls: decided, faults };
}

/** Whether all of it is let, some of it or with changes, or none. */
export function kindOfDecision(calls: readonly AskedCall[], wishes: readonly Wish[]): 'approve' | 'alter' | 'reject' {
  if (wishes.every(({ run }) => !run)) return 'reject';
  return wishes.every((wish, at) => wish.run && !isChanged(calls[at]!, wish)) ? 'approve' : 'alter';
}
