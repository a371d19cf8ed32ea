import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { FORMATS, readIn, type ReadIn } from '../files/reading.ts';
import { editsBetween } from '../model/difference.ts';
import { requireRevision, requireSize, saveDraft } from '../model/drafts.ts';
import { makeWorkflow } from '../model/making.ts';
import { requireOver } from '../model/reach.ts';
import { findWorkflow, labelsOf, requireOpen, requireRoom, targetOf } from '../model/store.ts';
import { workflowView } from '../model/view.ts';
import { Finding, Requirements, Workflow, workflowFields, WorkflowId } from '../schemas.ts';
import type { WorkflowRow } from '../tables.ts';

const Line = z.object({
  node: z.string(),
  kind: z.string(),
  key: z.string(),
  outcome: z.enum(['converted', 'approximated', 'notConverted']),
  notes: z.array(z.string()),
});

const input = z.object({
  content: z.string().min(1).max(4 * 1_048_576).meta({ title: 'File', help: 'YAML or JSON of a workflow, or an export of n8n or Node-RED', widget: 'textarea', examples: ['{"switchyard":"workflow/1","name":"Sample","nodes":[{"key":"start","type":"trigger","name":"Start"}]}'] }),
  id: WorkflowId.optional().meta({ title: 'Into', help: 'The workflow whose draft is replaced; a new one when left out' }),
  name: workflowFields.name.optional(),
}); // prettier-ignore
type Wish = z.output<typeof input>;

const intoOf = (ctx: ReadContext, { id }: Wish, lock = false): Promise<WorkflowRow | undefined> =>
  id === undefined ? Promise.resolve(undefined) : findWorkflow(ctx, id, { lock });

const told = ({ format, report, missing, validation }: ReadIn) => ({
  format,
  report,
  missing,
  findings: [...validation.errors, ...validation.warnings] as z.input<typeof Finding>[],
});

/** A draft that there is needs the permission to edit it, which who may create need not have. */
const requireUpdate = (ctx: ReadContext, row: WorkflowRow, { settings }: ReadIn): Promise<void> =>
  requireOver(ctx, 'workflows.import', 'workflows:update', [targetOf(row), targetOf({ ...row, environment: settings.environment ?? null })]);

/** Into a draft that there is: the same edits as by hand, so that others can rebase. */
async function replace(ctx: Context, row: WorkflowRow, read: ReadIn): Promise<WorkflowRow> {
  const { graph, settings } = read;
  requireOpen(row);
  await requireUpdate(ctx, row, read);
  if (ctx.ifMatch !== undefined) await requireRevision(ctx.db, row, ctx.ifMatch);
  const next = { graph, settings };
  const edits = editsBetween({ graph: row.draft, settings: row.settings }, next);
  return edits.length === 0 ? row : saveDraft(ctx, row, next, edits);
}

export const workflowsImport = defineOperation({
  name: 'workflows.import',
  summary: 'Read a workflow from a file',
  description:
    'Of the form that `workflows.export` writes, or an export of n8n or Node-RED; of those the answer says for each node whether it was converted, approximated, or became a note. A dry run tells the same and makes nothing.',
  permission: 'workflows:create',
  risk: 'write',
  makes: true,
  bodyLimit: 6 * 1_048_576,
  route: { method: 'POST', path: '/workflows/import' },
  location: ({ workflow }) => `/workflows/${workflow.id}`,
  input,
  output: z.object({ workflow: Workflow, format: z.enum(FORMATS), report: z.array(Line), missing: Requirements, findings: z.array(Finding) }),
  async targets(ctx, wish) {
    const row = await intoOf(ctx, wish);
    const { about, settings } = await ctx.once('file', () => readIn(ctx, wish.content, row));
    const environment = settings.environment ?? null;
    const after = { id: row?.id ?? 'new', name: wish.name ?? row?.name ?? about.name, environment, labels: row?.labels ?? labelsOf(about.tags, about.folder) };
    return row ? [targetOf(row), targetOf(after)] : [targetOf(after)];
  },
  async plan(ctx, wish) {
    const row = await intoOf(ctx, wish);
    const read = await ctx.once('file', () => readIn(ctx, wish.content, row));
    if (row) {
      requireOpen(row);
      await requireUpdate(ctx, row, read);
    } else await requireRoom(ctx);
    await requireSize(ctx, read.graph);
    const name = wish.name ?? row?.name ?? read.about.name;
    const left = read.report.filter(({ outcome }) => outcome === 'notConverted').length;
    return {
      summary: row ? `Replace the draft of workflow ${name}` : `Create workflow ${name} from a file`,
      changes: [{ action: row ? 'update' : 'create', type: 'workflow', ...(row ? { id: row.id } : {}), name, fields: [{ path: 'nodes', before: row?.draft.nodes.length ?? null, after: read.graph.nodes.length }] }],
      warnings: [...(left > 0 ? [`${left} nodes became notes.`] : []), ...read.validation.errors.map(({ nodeKey, message }) => (nodeKey ? `${nodeKey}: ${message}` : message))].slice(0, 50),
      reversible: row ? `Restore revision ${row.revision} by a version, or by hand.` : 'Delete the workflow.',
      facts: JSON.parse(JSON.stringify({ ...told(read), valid: read.validation.valid })) as Record<string, never>,
    };
  },
  async run(ctx, wish) {
    const row = await intoOf(ctx, wish, true);
    const read = await readIn(ctx, wish.content, row);
    const saved = row ? await replace(ctx, row, read) : await makeWorkflow(ctx, { ...read.about, name: wish.name ?? read.about.name, graph: read.graph, settings: read.settings, from: 'file' });
    return { workflow: await workflowView(ctx, saved), ...told(read) };
  },
}); // prettier-ignore
