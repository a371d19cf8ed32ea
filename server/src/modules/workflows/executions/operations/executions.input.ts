import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { giveInput } from '../../engine/control.ts';
import { Json } from '../../graph.ts';
import { requireFitting } from '../../triggers/inputs.ts';
import { afterAct, byOf, nudged } from '../acts.ts';
import { findRecord, nobodyAsks, waitOf } from '../answering.ts';
import { covers } from '../detail.ts';
import { executionTargets, findExecution, isMine } from '../find.ts';
import { Execution, ExecutionId } from '../schemas.ts';

export const executionsInput = defineOperation({
  name: 'executions.input',
  summary: 'Answer what an execution waits for',
  description: 'Fills in the form of a node that waits for a person, by those it asks; where it asks nobody by name, by whoever started the execution or holds workflows:execute. The first answer counts.',
  permission: 'executions:read',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/executions/{id}/nodes/{recordId}/input' },
  input: z.object({ id: ExecutionId, recordId: z.uuid().meta({ title: 'Record' }), value: Json.meta({ title: 'Answer' }) }),
  output: Execution,
  targets: executionTargets,
  async run(ctx, { id, recordId, value }) {
    const record = await findRecord(ctx, id, recordId);
    const wait = await waitOf(ctx, record, 'input');
    if (!wait) throw nobodyAsks(`${record.nodeKey} waits for no answer.`);
    const { execution } = await findExecution(ctx, id);
    const asked = wait.assignees ?? [];
    const may = asked.length > 0 ? asked.includes(ctx.actor.id) : isMine(execution, ctx) || (await covers(ctx, id, 'workflows:execute', 'write'));
    if (!may) throw new Problem('permission-denied', 'Somebody else is asked for this answer.');
    requireFitting(wait.form, value);
    if (!(await giveInput(ctx.db, id, wait.id, value, byOf(ctx)))) throw nobodyAsks(`${record.nodeKey} has its answer.`);
    nudged(ctx, id);
    return afterAct(ctx, id);
  },
}); // prettier-ignore
