import type { ReadContext } from '#kernel/context.ts';
import { sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { answerOf } from '../approvals/answers.ts';
import type { Json } from '../graph.ts';
import { operationFactsOf } from '../model/operation-facts.ts';
import { Surroundings } from '../surroundings.ts';
import { Answer, type AgentRequest, type AskedCall } from './asked.ts';
import { schemaOfGiven } from './request-rules.ts';
import { AgentAsk } from './operations/agentRequests.ask.ts';

export const ASK = 'agentRequests.ask';

interface Asked {
  state: string;
  requesterId: string;
  input: AgentAsk;
}

const notFound = (): Problem => new Problem('not-found', 'This execution has no such request of an agent. Read what it waits for (executions.get).');

/** What an agent of this execution asked for. Throws `not-found`. */
export async function askedBy({ db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>, executionId: string, changeId: string): Promise<Asked> {
  const { rows } = await db.execute<{ state: string; requester_id: string; input: unknown }>(
    sql`select state, requester_id, input from changes where tenant_id = ${tenantId} and id = ${changeId} and operation = ${ASK} and via ->> 'executionId' = ${executionId}`,
  );
  const [row] = rows;
  if (!row) throw notFound();
  return { state: row.state, requesterId: row.requester_id, input: AgentAsk.parse(row.input) };
}

/** What those who decided made of it; undefined when they took it as it stood. */
export async function answerTo(ctx: Pick<ReadContext, 'db' | 'tenantId'>, executionId: string, changeId: string): Promise<Answer | undefined> {
  const answer = await answerOf(ctx, executionId, changeId);
  return answer === undefined ? undefined : Answer.parse(answer);
}

/** A request as those who decide on it read it. */
export async function requestView(ctx: ReadContext, executionId: string, changeId: string): Promise<AgentRequest> {
  const { state, input } = await askedBy(ctx, executionId, changeId);
  const facts = operationFactsOf(ctx.provider(Surroundings).operations);
  const { id: workflowId, nodeId, agent, path, step, calls, taint } = input;
  const schemaOf = ({ operation, schema, arguments: given }: AskedCall): Json =>
    schema ?? (((operation && facts.get(operation)?.input) || schemaOfGiven(given)) as unknown as Json);
  return {
    changeId,
    executionId,
    workflowId,
    nodeId,
    agent,
    path,
    step,
    state,
    calls: calls.map((call) => ({ ...call, schema: schemaOf(call) })),
    taint,
    answer: (await answerTo(ctx, executionId, changeId)) ?? null,
  };
}
