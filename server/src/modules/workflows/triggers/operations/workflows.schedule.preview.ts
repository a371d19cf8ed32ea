import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { triggersIn } from '../../model/uses.ts';
import { findWorkflow, workflowTarget } from '../../model/store.ts';
import { Surroundings } from '../../surroundings.ts';
import { WorkflowId } from '../../schemas.ts';
import { workflowTriggers, type WorkflowRow } from '../../tables.ts';
import { ScheduleTrigger } from '../config.ts';
import { timetableOf } from '../schedule/make.ts';
import { dueTimes } from '../schedule/rules.ts';
import { isZone } from '../schedule/zones.ts';

const SHOWN = 10;

/** Rows of triggers that are there already: intervals count from when theirs was made. */
const knownOf = async ({ db, tenantId }: ReadContext, workflowId: string) => {
  const mine = and(eq(workflowTriggers.tenantId, tenantId), eq(workflowTriggers.workflowId, workflowId));
  const rows = await db.select().from(workflowTriggers).where(mine).orderBy(asc(workflowTriggers.id));
  return new Map(rows.map((row) => [row.nodeId, row]));
};

/** Schedules of the draft: what is being drawn is what one wants to see. */
async function duesOf(ctx: ReadContext, row: WorkflowRow, nodeId: string | undefined) {
  const zone = await ctx.provider(Surroundings).timezone(ctx.db, ctx.tenantId);
  const known = await knownOf(ctx, row.id);
  const scheduled = triggersIn(row.draft).filter(({ node, mode }) => mode === 'schedule' && (nodeId === undefined || node.id === nodeId));
  const now = ctx.now();
  return scheduled.flatMap(({ node }) => {
    const config = ScheduleTrigger.safeParse(node.config);
    if (!config.success || !isZone(config.data.timezone ?? zone)) throw notSchedule(node.name);
    const timetable = timetableOf(config.data, zone, known.get(node.id)?.createdAt ?? now);
    try {
      return dueTimes(timetable, now, SHOWN).map((at) => ({ at: at.toISOString(), nodeId: node.id, triggerId: known.get(node.id)?.id ?? null, timezone: timetable.zone }));
    } catch {
      throw notSchedule(node.name);
    }
  });
} // prettier-ignore

const notSchedule = (name: string): Problem => new Problem('node-config-invalid', `The schedule of "${name}" cannot be read, or never comes.`);

export const workflowsSchedulePreview = defineOperation({
  name: 'workflows.schedule.preview',
  summary: 'Show when a workflow is due next',
  description: 'The next ten due times of the schedules in the draft, in their zones. Days on which clocks change are minded.',
  permission: 'workflows:read',
  risk: 'read',
  route: { method: 'GET', path: '/workflows/{id}/schedule/preview' },
  input: z.object({
    id: WorkflowId,
    nodeId: z.uuid().optional().meta({ title: 'Trigger', help: 'Node of one schedule; all of them when left out' }),
  }),
  output: z.object({ items: z.array(z.object({ at: z.iso.datetime(), nodeId: z.uuid(), triggerId: z.uuid().nullable(), timezone: z.string() })) }),
  targets: workflowTarget,
  async run(ctx, { id, nodeId }) {
    const row = await ctx.once(`workflow ${id}`, () => findWorkflow(ctx, id));
    const items = (await duesOf(ctx, row, nodeId)).sort((one, other) => (one.at < other.at ? -1 : 1));
    return { items: items.slice(0, SHOWN) };
  },
});
