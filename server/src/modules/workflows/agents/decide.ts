import type { Context } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { approvalsApprove, approvalsReject } from '#modules/governance/index.ts';
import { keepAnswer, requireAlone } from '../approvals/answers.ts';
import { operationFactsOf } from '../model/operation-facts.ts';
import { Surroundings } from '../surroundings.ts';
import { misfits } from '../validation/fit.ts';
import type { Json } from '../graph.ts';
import type { AskedCall, Decided } from './asked.ts';
import { isHidden, replacedIn } from './hiding.ts';
import { isAltered, isRefused, refusalText } from './request-rules.ts';
import { askedBy } from './requests.ts';

interface Said {
  calls: readonly Decided[];
  comment?: string | undefined;
  planHash?: string | undefined;
}

/** Other arguments are checked as those of the model are: whoever decides is told at once what does not fit. */
function requireFittingArguments(ctx: Context, calls: readonly AskedCall[], decided: readonly Decided[]): void {
  const facts = operationFactsOf(ctx.provider(Surroundings).operations);
  const errors = decided.flatMap(({ index, arguments: given }, at) => {
    const call = calls.find((one) => one.index === index);
    if (!call) return [{ pointer: `/calls/${at}/index`, message: 'It asks for no such call' }];
    if (given === undefined) return [];
    const replaced = replacedIn(call.arguments, decided[at]!).map((pointer) => ({
      pointer: `/calls/${at}/arguments${pointer}`,
      message: 'It is hidden: have it run as asked, or leave the call out',
    }));
    const known = call.operation === null ? undefined : facts.get(call.operation)?.input;
    return [
      ...replaced,
      ...misfits(call.schema ?? (known as unknown as Json | undefined) ?? { type: 'object' }, given)
        .filter(({ pointer }) => !isHidden(call.arguments, pointer))
        .map(({ pointer, message }) => ({ pointer: `/calls/${at}/arguments${pointer}`, message })),
    ];
  });
  if (errors.length > 0) throw new Problem('validation-failed', 'What you answer does not fit what the agent asks for.', { errors });
}

/** Other arguments are a wish of whoever decides: what they may not do themselves they do not do by the rights of an agent either. */
async function requireAllowed({ db, actor, provider }: Context, calls: readonly AskedCall[], decided: readonly Decided[]): Promise<void> {
  const { operations, permit } = provider(Surroundings);
  for (const { index, run, arguments: given } of decided) {
    const call = calls.find((one) => one.index === index);
    if (!run || given === undefined || !call) continue;
    for (const name of call.operation === null ? call.needs : [call.operation]) {
      const operation = operations.get(name);
      if (!operation) throw new Problem('permission-denied', `There is no Operation "${name}" any more, so nobody may change what ${call.tool} is called with.`);
      await permit(db, actor, operation);
    }
  }
} // prettier-ignore

/** One person's answer to a request: through the approval behind it, with all that it checks, in one transaction. */
export async function decideRequest(ctx: Context, executionId: string, changeId: string, { calls, comment, planHash }: Said): Promise<void> {
  const { input } = await askedBy(ctx, executionId, changeId);
  requireFittingArguments(ctx, input.calls, calls);
  await requireAllowed(ctx, input.calls, calls);
  const seen = planHash === undefined ? {} : { planHash };
  if (isRefused(input.calls, calls)) {
    const why = comment ?? refusalText(calls);
    await ctx.call(approvalsReject, { id: changeId, comment: why, ...seen });
    return;
  }
  const isOther = isAltered(calls);
  if (isOther) await keepAnswer(ctx, executionId, changeId, { calls: [...calls], by: { id: ctx.actor.id, name: ctx.actor.name } } as unknown as Json);
  await ctx.call(approvalsApprove, { id: changeId, ...(comment === undefined ? {} : { comment }), ...seen });
  if (isOther) await requireAlone(ctx, changeId);
} // prettier-ignore
