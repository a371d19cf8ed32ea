import { z } from 'zod';
import type { Context } from '#kernel/context.ts';
import { and, desc, inArray } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { executions, type ExecutionRow } from '../engine/tables.ts';
import { workflows } from '../tables.ts';
import { wantedBy } from './filter.ts';
import { ofWorkflow, scopedColumns } from './find.ts';
import type { ExecutionState } from './rules.ts';
import { executionFilter } from './schemas.ts';

/** Executions that one call may act on (workflows.md 9.7). */
const MOST = 1_000;

const input = z.object({
  ids: z.array(z.uuid()).min(1).max(MOST).optional().meta({ title: 'Executions' }),
  filter: z.object(executionFilter).optional().meta({ title: 'Filter', help: 'In place of ids; the newest 1000 that match' }),
  preview: z.boolean().default(false).meta({ title: 'Preview', help: 'Says what would be done, and does nothing' }),
  reason: z.string().max(500).default('').meta({ title: 'Reason' }),
});

const Outcome = z.object({ id: z.uuid(), outcome: z.string(), detail: z.string().nullable() });
const output = z.object({
  preview: z.boolean(),
  matched: z.int(),
  done: z.int(),
  effects: z.int().meta({ help: 'Runs of nodes with an effect that are, or would be, had again' }),
  items: z.array(Outcome),
});

interface Act {
  verb: 'cancel' | 'pause' | 'resume' | 'retry';
  summary: string;
  description?: string;
  permission: 'executions:cancel' | 'executions:retry';
  states: readonly ExecutionState[];
  /** Does it to one, or says why not; with `preview` only looks. Answers how many effects it means. */
  act: (ctx: Context, row: ExecutionRow, how: { preview: boolean; reason: string }) => Promise<{ done: boolean; effects?: number; detail?: string }>;
}

type Wish = z.output<typeof input>;

function chosen(ctx: Context, { ids, filter }: Wish, states: readonly ExecutionState[]) {
  if ((ids === undefined) === (filter === undefined)) throw new Problem('validation-failed', 'Name either executions or a filter.', { errors: [{ pointer: '/ids', message: 'Either this or filter' }] }); // prettier-ignore
  return ctx.db
    .select({ execution: executions })
    .from(executions)
    .innerJoin(workflows, ofWorkflow)
    .where(and(wantedBy(ctx, filter ?? {}), ids && inArray(executions.id, ids), inArray(executions.status, [...states]), withinReach(ctx.reach, scopedColumns)))
    .orderBy(desc(executions.id))
    .limit(MOST);
} // prettier-ignore

/** An act on many executions at once; what one refuses does not keep the others from it. */
export const bulkOperation = ({ verb, summary, description, permission, states, act }: Act) =>
  defineOperation({
    name: `executions.bulk.${verb}`,
    summary,
    ...(description ? { description } : {}),
    permission,
    risk: 'write',
    change: 'none',
    route: { method: 'POST', path: `/executions/bulk/${verb}` },
    input,
    output,
    targets: 'filter',
    async run(ctx, wish) {
      const rows = await chosen(ctx, wish, states);
      const items: z.input<typeof Outcome>[] = [];
      const counts = { done: 0, effects: 0 };
      for (const { execution } of rows) {
        try {
          const { done, effects = 0, detail = null } = await act(ctx, execution, wish);
          counts.done += done ? 1 : 0;
          counts.effects += effects;
          items.push({ id: execution.id, outcome: done ? (wish.preview ? 'would' : 'done') : 'skipped', detail });
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          items.push({ id: execution.id, outcome: error.slug, detail: error.message });
        }
      }
      return { preview: wish.preview, matched: rows.length, ...counts, items };
    },
  });
