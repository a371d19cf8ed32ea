import type { Plan } from '#kernel/plan.ts';
import type { TaintSource } from '../nodes/declare.ts';
import type { Json } from '../graph.ts';
import { MOST_ASKED, type AskedCall, type Decided } from './asked.ts';

/** In an order of their own: the database keeps fields in another one, and a plan that differs by it would count as another plan. */
const fieldsOf = (value: Json): { path: string; after: Json }[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, after]) => ({ path: `arguments.${path}`, after }))
    : [{ path: 'arguments', after: value }];

/** A form for arguments whose schema nobody keeps: the fields that are there, as they are. */
export const schemaOfGiven = (given: Json): Json => {
  const typeOf = (value: Json): Json => (value === null || typeof value === 'object' ? {} : { type: typeof value });
  const fields = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
  return { type: 'object', properties: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeOf(value)])) };
};

/** Which calls of a turn are asked about together: in mode `plan` all of them, as many as one request holds. */
export function grouped(calls: readonly number[], writeMode: string): number[][] {
  const most = writeMode === 'plan' ? MOST_ASKED : 1;
  return Array.from({ length: Math.ceil(calls.length / most) }, (_one, at) => calls.slice(at * most, (at + 1) * most));
}

/** What came from outside, in words. */
const taintText = (taint: readonly TaintSource[]): string => taint.map(({ nodeKey, kind }) => `${nodeKey} (${kind})`).join(', ');

/** Calls of an agent as a Change shows them, to be read by people. */
export const changesOf = (
  workflow: { id: string; name: string },
  calls: readonly AskedCall[],
  taint: readonly TaintSource[],
): NonNullable<Plan['changes']> =>
  calls.map(({ tool, operation, arguments: given, reason, plan, risk }) => ({
    action: 'none',
    type: 'workflow',
    id: workflow.id,
    name: workflow.name,
    fields: [
      { path: 'tool', after: operation ?? tool },
      ...fieldsOf(given),
      { path: 'risk', after: risk },
      ...(reason === '' ? [] : [{ path: 'why', after: reason }]),
      ...(plan === null ? [] : [{ path: 'plan', after: plan }]),
      ...(taint.length === 0 ? [] : [{ path: 'influenced by content from', after: taintText(taint) }]),
    ],
  }));

/** What whoever decided says of a call; one that they did not name is run as it was asked for. */
export const verdictOn = (decided: readonly Decided[], index: number): Decided => decided.find((one) => one.index === index) ?? { index, run: true };

/** Whether it is more than agreeing to all as it stands. */
export const isAltered = (decided: readonly Decided[]): boolean => decided.some(({ run, arguments: given }) => !run || given !== undefined);

/** Nothing of it is to be run. */
export const isRefused = (calls: readonly Pick<AskedCall, 'index'>[], decided: readonly Decided[]): boolean =>
  calls.every(({ index }) => !verdictOn(decided, index).run);

/** Why not, of all that is left out: the words of a rejection. */
export const refusalText = (decided: readonly Decided[]): string =>
  [...new Set(decided.flatMap(({ run, text }) => (run || text === undefined ? [] : [text])))].join('; ');
