import { z } from 'zod';
import type { Context } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Graph, Json } from '../graph.ts';
import { editsBetween } from '../model/difference.ts';
import { requireRevision, saveDraft } from '../model/drafts.ts';
import { applyEdits, Edits, requireWhole, type Draft, type Edit } from '../model/edits.ts';
import { nameTaken } from '../model/making.ts';
import { settingsWith } from '../model/settings.ts';
import { authorOf, findWorkflow, labelsOf, requireOpen, targetOf } from '../model/store.ts';
import { workflowView } from '../model/view.ts';
import { Workflow, workflowFields, WorkflowId } from '../schemas.ts';
import { workflows, type WorkflowRow } from '../tables.ts';

const input = z.object({
  id: WorkflowId,
  name: workflowFields.name.optional(),
  slug: workflowFields.slug.optional(),
  description: workflowFields.description.nullable().optional(),
  icon: workflowFields.icon.nullable().optional(),
  tags: workflowFields.tags.optional(),
  folder: workflowFields.folder.nullable().optional(),
  serviceAccountId: z.uuid().nullable().optional().meta({ title: 'Service account', help: 'Whose rights it has when it runs as service; given when a version is published' }), // prettier-ignore
  settings: z.record(z.string(), Json).optional().meta({ title: 'Settings', help: 'Those that change; null takes one away', widget: 'json' }),
  draft: Graph.optional().meta({ title: 'Graph', help: 'In place of the whole draft', widget: 'json' }),
  ops: Edits.optional().meta({ title: 'Edits', help: 'All of them are made, or none', widget: 'json' }),
});
type Wish = Omit<z.output<typeof input>, 'id'>;

const isOfDraft = ({ settings, draft, ops }: Wish): boolean => settings !== undefined || draft !== undefined || ops !== undefined;

/** The environment that the workflow would be in; undefined when it stays. */
function environmentIn({ settings, ops = [] }: Pick<Wish, 'settings' | 'ops'>): string | null | undefined {
  const sets = [settings ?? {}, ...ops.flatMap((edit) => (edit.op === 'updateSettings' ? [edit.set] : []))];
  const last = sets.findLast((set) => 'environment' in set)?.['environment'];
  return last === undefined ? undefined : typeof last === 'string' ? last : null;
}

/** The draft as it is wanted, with the edits that lead there. */
function wanted(before: Draft, { draft, ops, settings }: Wish): { next: Draft; edits: Edit[] } {
  if (draft) requireWhole(draft);
  const start: Draft = { graph: draft ?? before.graph, settings: settings ? settingsWith(before.settings, settings) : before.settings };
  const next = applyEdits(start, ops ?? []);
  return { next, edits: ops && !draft && !settings ? ops : editsBetween(before, next) };
}

async function saveFields(ctx: Context, row: WorkflowRow, wish: Wish): Promise<WorkflowRow> {
  const { settings: _settings, draft: _draft, ops: _ops, ...fields } = wish;
  const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<WorkflowRow>;
  if (Object.keys(set).length === 0) return row;
  const labels = labelsOf(set.tags ?? row.tags, set.folder === undefined ? row.folder : set.folder);
  const [saved] = await ctx.db
    .update(workflows)
    .set({ ...set, labels, updatedBy: authorOf(ctx.actor), updatedAt: ctx.now() })
    .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, row.id)))
    .returning()
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? nameTaken(wish.slug ?? row.slug) : error;
    });
  ctx.emit('workflow.updated', { workflowId: row.id, name: saved!.name, revision: row.revision, fields: Object.keys(set), by: ctx.actor.id });
  return saved!;
}

export const workflowsUpdate = defineOperation({
  name: 'workflows.update',
  summary: 'Change the draft, the settings or the name of a workflow',
  description:
    'The graph is replaced by `draft` or edited by `ops`, of which all are made or none; both need `If-Match` with the revision that was read. What runs stays as it is until the next publish.',
  permission: 'workflows:update',
  risk: 'write',
  change: 'none',
  bodyLimit: 8 * 1_048_576,
  input,
  output: Workflow,
  async targets(ctx, { id, tags, folder, ...wish }) {
    const row = await findWorkflow(ctx, id);
    const environment = environmentIn(wish);
    const labels = labelsOf(tags ?? row.tags, folder === undefined ? row.folder : folder);
    const after = { ...row, labels, environment: environment === undefined ? row.environment : environment };
    // Both what it is and what it will be: nothing is moved out of, or into, what one does not reach.
    return tags === undefined && folder === undefined && environment === undefined ? [targetOf(row)] : [targetOf(row), targetOf(after)];
  },
  async run(ctx, { id, ...wish }) {
    const row = await findWorkflow(ctx, id, { lock: true });
    requireOpen(row);
    if (isOfDraft(wish) || ctx.ifMatch !== undefined) await requireRevision(ctx.db, row, ctx.ifMatch);
    const named = await saveFields(ctx, row, wish);
    if (!isOfDraft(wish)) return workflowView(ctx, named);
    const { next, edits } = wanted({ graph: row.draft, settings: row.settings }, wish);
    return workflowView(ctx, edits.length === 0 ? named : await saveDraft(ctx, named, next, edits));
  },
});
