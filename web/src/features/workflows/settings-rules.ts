import type { Graph } from '#features/workflow-graph/types.ts';
import { dollarText, millionthsOf } from '#lib/dollars.ts';
import type { Budgets, Workflow, WorkflowSettings } from './types.ts';

export interface Draft {
  name: string;
  description: string;
  folder: string;
  tags: string[];
  /** Whose rights it has when nobody starts it in person. */
  serviceAccountId: string | null;
  settings: WorkflowSettings;
}
export const draftOf = ({ name, description, folder, tags, serviceAccountId, settings }: Workflow): Draft => ({
  name,
  description: description ?? '',
  folder: folder ?? '',
  tags,
  serviceAccountId,
  settings,
});

/** Triggers that nobody stands behind in person: they need an account of a service (workflows.md 4.3). */
const NEEDS_SERVICE: ReadonlySet<string> = new Set(['schedule', 'event', 'webhook']);

/** What is fixed, by field, as the name of the reason. */
export function fixedBy(graph: Pick<Graph, 'nodes'>, settings: WorkflowSettings): { runAs?: 'trigger'; durability?: 'effects' } {
  const modes = graph.nodes.filter(({ type }) => type === 'trigger').map(({ config }) => String(config['mode'] ?? 'manual'));
  const effects = graph.nodes.some(({ type }) => ['operation', 'approval', 'delay', 'wait_event', 'sub_workflow', 'email', 'notify', 'emit_event'].includes(type));
  return {
    ...(modes.some((mode) => NEEDS_SERVICE.has(mode)) && settings.runAs === 'service' ? { runAs: 'trigger' as const } : {}),
    ...(effects && settings.durability === 'full' ? { durability: 'effects' as const } : {}),
  };
} // prettier-ignore

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What to send: only what was changed; texts that were emptied are sent as null. */
export function patchOf(before: Draft, after: Draft): Record<string, unknown> | null {
  const set = Object.fromEntries(
    Object.entries(after.settings).filter(([name, value]) => !same(value, before.settings[name as keyof WorkflowSettings])),
  );
  const gone = Object.keys(before.settings).filter((name) => !(name in after.settings));
  const patch: Record<string, unknown> = {};
  if (after.name.trim() !== before.name) patch['name'] = after.name.trim();
  if (after.description.trim() !== before.description) patch['description'] = after.description.trim() || null;
  if (after.folder.trim() !== before.folder) patch['folder'] = after.folder.trim() || null;
  if (after.serviceAccountId !== before.serviceAccountId) patch['serviceAccountId'] = after.serviceAccountId;
  if (!same(after.tags, before.tags)) patch['tags'] = after.tags;
  if (Object.keys(set).length + gone.length > 0) {
    const ops = { ...set, ...Object.fromEntries(gone.map((name) => [name, null])) };
    patch['ops'] = [{ op: 'updateSettings', set: ops }];
  }
  return Object.keys(patch).length > 0 ? patch : null;
}

/** A whole number within its bounds, or null. */
export function within(text: string, least: number, most: number): number | null {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most ? value : null;
}

export type BudgetName = keyof Budgets;
/** Least and most of each, as the server has them (graph.ts). */
const BOUNDS: Record<BudgetName, readonly [number, number]> = { tokens: [100, 100_000_000], cost: [1, 10_000_000_000], toolCalls: [0, 100_000] };

export const budgetText = (name: BudgetName, value: number | undefined): string =>
  name === 'cost' ? dollarText(value) : value === undefined ? '' : String(value);

/** What is typed as the server takes it; undefined for none, null where it is no amount within the bounds. */
function amountOf(name: BudgetName, typed: string): number | null | undefined {
  const [least, most] = BOUNDS[name];
  if (typed.trim() === '') return undefined;
  if (name !== 'cost') return within(typed, least, most);
  const millionths = millionthsOf(typed);
  return typeof millionths === 'number' && millionths >= least && millionths <= most ? millionths : null;
}
export const isBudget = (name: BudgetName, typed: string): boolean => amountOf(name, typed) !== null;

/** The budgets with one of them as it is typed: null where that is no amount, undefined where none is left. */
export function budgetsWith(before: Budgets | undefined, name: BudgetName, typed: string): Budgets | null | undefined {
  const amount = amountOf(name, typed);
  if (amount === null) return null;
  const { [name]: _old, ...rest } = before ?? {};
  const budgets = amount === undefined ? rest : { ...rest, [name]: amount };
  return Object.keys(budgets).length > 0 ? budgets : undefined;
}
