import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { approvalsApprove } from '#modules/governance/index.ts';
import { Json } from '../graph.ts';
import { answerOf, keepAnswer, requireAlone } from './answers.ts';
import { formFaults } from './form.ts';
import { AskedByNode } from './workflows.ask.ts';

/** What whoever agreed put into the form, as it is kept with the wait. */
const Kept = z.object({ values: z.record(z.string(), Json), by: z.object({ id: z.string(), name: z.string() }) });

/** A request for approval with a form, as those who decide read it. */
export const ApprovalForm = z
  .object({
    changeId: z.uuid(),
    executionId: z.uuid(),
    nodeId: z.uuid(),
    path: z.string().meta({ help: 'Place in nested loops: empty, 3, 3.0' }),
    title: z.string(),
    body: z.string().nullable(),
    state: z.string().meta({ help: 'Of the Change: awaiting_approval as long as it can be decided on' }),
    form: Json.meta({ help: 'JSON Schema' }),
    values: Json.meta({ help: 'What stands in it: what the node asked with, or what whoever agreed made of it' }),
  })
  .meta({ id: 'ApprovalForm' });
export type ApprovalForm = z.input<typeof ApprovalForm>;

type At = Pick<ReadContext, 'db' | 'tenantId'>;

const notFound = (): Problem =>
  new Problem('not-found', 'This execution asks for no such approval with a form. Read what it waits for (executions.get).');

/** Throws `not-found`. */
async function askedBy({ db, tenantId }: At, executionId: string, changeId: string): Promise<{ state: string; input: AskedByNode }> {
  const { rows } = await db.execute<{ state: string; input: unknown }>(
    sql`select state, input from changes where tenant_id = ${tenantId} and id = ${changeId} and operation = 'workflows.ask' and via ->> 'executionId' = ${executionId}`,
  );
  const [row] = rows;
  const input = row && AskedByNode.parse(row.input);
  if (!input?.form) throw notFound();
  return { state: row!.state, input };
} // prettier-ignore

/** What stands in the form, or what whoever agreed put into it. */
async function valuesNow(at: At, executionId: string, changeId: string, input: AskedByNode): Promise<Record<string, Json>> {
  const kept = await answerOf(at, executionId, changeId);
  return kept === undefined ? (input.values ?? {}) : Kept.parse(kept).values;
}

/** What was agreed to, for the node to hand on. */
export async function agreedForm(at: At, executionId: string, changeId: string): Promise<Record<string, Json>> {
  const { input } = await askedBy(at, executionId, changeId);
  return valuesNow(at, executionId, changeId, input);
}

export async function formView(ctx: ReadContext, executionId: string, changeId: string): Promise<ApprovalForm> {
  const { state, input } = await askedBy(ctx, executionId, changeId);
  const { nodeId, path, title, body = null, form = {} } = input;
  return { changeId, executionId, nodeId, path, title, body, state, form, values: await valuesNow(ctx, executionId, changeId, input) };
}

interface Said {
  values: Record<string, Json>;
  comment?: string | undefined;
  planHash?: string | undefined;
}

/** Agrees with what is in the form now: through the approval behind it, with all that it checks, in one transaction. */
export async function agreeWith(ctx: Context, executionId: string, changeId: string, { values, comment, planHash }: Said): Promise<void> {
  const { input } = await askedBy(ctx, executionId, changeId);
  const errors = formFaults(input.form!, values).map(({ pointer, message }) => ({ pointer: `/values${pointer}`, message }));
  if (errors.length > 0) throw new Problem('validation-failed', 'What you answer does not fit the form.', { errors });
  const { id, name } = ctx.actor;
  await keepAnswer(ctx, executionId, changeId, { values, by: { id, name } });
  await ctx.call(approvalsApprove, { id: changeId, ...(comment === undefined ? {} : { comment }), ...(planHash === undefined ? {} : { planHash }) });
  await requireAlone(ctx, changeId);
}
