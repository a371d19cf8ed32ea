import type { Database } from '#kernel/database.ts';
import { placeOf, type Rec, type Walk } from './walk.ts';

const USED = {
  name: 'workflow_usage',
  text: `
with r as (select * from jsonb_to_recordset($3::jsonb) as r (id uuid, "calledBy" jsonb, tokens integer, cost bigint)),
n as (update node_executions n set called_by = coalesce(r."calledBy", n.called_by), tokens = coalesce(r.tokens, n.tokens), cost = coalesce(r.cost, n.cost)
  from r where n.tenant_id = $1 and n.execution_id = $2 and n.id = r.id)
update workflow_executions set tokens = $4, cost = $5, tool_calls = $6 where tenant_id = $1 and id = $2`,
};

/** It tells who called it, or what it cost. */
export const isCounted = ({ calledBy, tokens }: Rec): boolean => calledBy !== undefined || tokens !== undefined;

/** What models cost an execution so far, and how many tools were called: the last record of each place counts, since it goes on with those before. */
function usageOf({ former, found, called }: Pick<Walk, 'former' | 'found' | 'called'>): { tokens: number; cost: number; toolCalls: number } {
  const last = new Map<string, Rec>();
  for (const records of [former.values(), found.values(), called.values()]) for (const rec of records) if (isCounted(rec)) last.set(placeOf(rec.nodeId, rec.path), rec);
  const all = [...last.values()];
  return {
    tokens: all.reduce((sum, { tokens = 0 }) => sum + tokens, 0),
    cost: all.reduce((sum, { cost = 0 }) => sum + cost, 0),
    toolCalls: all.filter(({ calledBy }) => calledBy !== undefined).length,
  };
} // prettier-ignore

/** Calls of tools that the execution may still make; below nothing once one too many has begun. */
export function callsLeft(walk: Walk): number {
  const most = walk.program.settings.budgets?.toolCalls;
  return most === undefined ? Infinity : most - usageOf(walk).toolCalls;
}

/** Who called what, and what it cost, beside the records that are written in the same transaction. */
export async function writeUsage(db: Database, walk: Walk, written: ReadonlySet<Rec>): Promise<void> {
  const marked = [...written].filter(isCounted);
  if (marked.length === 0) return;
  for (const rec of marked) walk.called.set(placeOf(rec.nodeId, rec.path), rec);
  const { tokens, cost, toolCalls } = usageOf(walk);
  const rows = JSON.stringify(marked.map(({ id, calledBy, tokens: n, cost: paid }) => ({ id, calledBy, tokens: n, cost: paid })));
  await db.$client.query({ ...USED, values: [walk.row.tenantId, walk.row.id, rows, tokens, cost, toolCalls] });
}
