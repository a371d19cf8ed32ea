import type { Context, ReadContext } from '#kernel/context.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Graph } from '../graph.ts';
import { requireRevision, saveDraft } from './drafts.ts';
import { applyEdits, type Draft, type Edit } from './edits.ts';
import { workflowOf } from './indexing.ts';
import { findWorkflow, requireOpen, targetOf } from './store.ts';

const NAMES = { node: 'node', connection: 'connection' } as const;

/** The workflow in whose draft the node or connection lies. Throws `node-not-found` or `connection-not-found`. */
export async function ofDraft(ctx: ReadContext, what: keyof typeof NAMES, id: string): Promise<{ workflowId: string; target: Target }> {
  const workflowId = await workflowOf(ctx.db, ctx.tenantId, what, id);
  const gone = new Problem(`${what}-not-found`, `No draft of this tenant has a ${NAMES[what]} ${id}.`);
  if (workflowId === undefined) throw gone;
  const row = await findWorkflow(ctx, workflowId).catch(() => undefined);
  if (!row) throw gone;
  return { workflowId, target: targetOf(row) };
}

interface Wanted<A> {
  edits: readonly Edit[];
  /** What is told of it besides the revision. */
  answer: A | ((graph: Graph) => A);
}

/** One small edit of a draft, the same as by `ops`; a revision is asked for only when the caller names one. */
export async function editDraft<A extends object>(
  ctx: Context,
  id: string,
  want: (draft: Draft) => Wanted<A>,
): Promise<A & { workflowId: string; revision: number; version: number }> {
  const row = await findWorkflow(ctx, id, { lock: true });
  requireOpen(row);
  if (ctx.ifMatch !== undefined) await requireRevision(ctx.db, row, ctx.ifMatch);
  const before = { graph: row.draft, settings: row.settings };
  const { edits, answer } = want(before);
  const next = applyEdits(before, edits);
  const { revision } = edits.length === 0 ? row : await saveDraft(ctx, row, next, edits);
  const told = typeof answer === 'function' ? answer(next.graph) : answer;
  return { ...told, workflowId: id, revision, version: revision };
}
