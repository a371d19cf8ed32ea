import type { Json } from '../graph.ts';
import { NodeError, type NodeRun, type TaintSource, type Wait, type Woken } from '../nodes/declare.ts';
import { Agreements } from '../people.ts';
import type { AskedCall, Decided } from './asked.ts';
import { verdictOn } from './request-rules.ts';
import { answerTo, ASK } from './requests.ts';
import type { AgentConfig } from './settings.ts';

/** How people decided on a request, as it is recorded before anything is done. */
export interface Verdict {
  agreed: boolean;
  /** For the model, where they did not. */
  text: string;
  by: string | null;
  calls: Decided[];
}

/** Each tool once, with how often it is to be called. */
const titleOf = (run: NodeRun, calls: readonly AskedCall[]): string => {
  const times = Map.groupBy(calls, ({ operation, tool }) => operation ?? tool);
  return `${run.key} wants to call ${[...times].map(([name, of]) => (of.length > 1 ? `${name} (${of.length} times)` : name)).join(', ')}`.slice(
    0,
    200,
  );
};

const groupsOf = ({ approvers: { roles, teams, users } }: AgentConfig): Json => [
  ...roles.map((role) => ({ role })),
  ...teams.map((team) => ({ team })),
  ...(users.length > 0 ? [{ users: [...users] }] : []),
];

/** Asks once, whatever happens in between; answers the id of the Change that waits for people. */
async function ask(run: NodeRun, config: AgentConfig, tag: string, step: number, calls: readonly AskedCall[], taint: readonly TaintSource[]): Promise<string> {
  const { workflowId, executionId, nodeId, path, key } = run;
  const reasons = calls.map(({ reason }) => reason).filter((reason) => reason !== '');
  const asked = await run.call(
    ASK,
    { id: workflowId, executionId, nodeId, path, title: titleOf(run, calls), ...(reasons.length > 0 ? { body: reasons.join('\n').slice(0, 10_000) } : {}), groups: groupsOf(config), agent: key, step, calls: [...calls], taint: [...taint] },
    { tag },
  );
  if (asked.status === 'refused') throw new NodeError(asked.problem.slug, 'policy', asked.problem.detail);
  if (asked.status !== 'accepted') throw new NodeError('internal', 'system', 'The request of the agent was not kept.');
  return asked.changeId;
} // prettier-ignore

const ENDED: Readonly<Record<string, string>> = {
  rejected: 'refused it',
  expired: 'did not decide in time',
  cancelled: 'were not asked any longer: the request was taken back',
};

const AGREED: ReadonlySet<string> = new Set(['succeeded', 'approved']);

/** What came of it, from the request itself and from what whoever decided made of it. */
async function verdictOf(run: NodeRun, { changeId, state }: Extract<Woken, { kind: 'change' }>): Promise<Verdict> {
  return run.tx(async (ctx) => {
    const { decisions = [] } = (await ctx.provider(Agreements).of(ctx.db, ctx.tenantId, changeId)) ?? {};
    const comment = decisions.findLast(({ comment: said }) => said !== null)?.comment ?? null;
    const by = decisions.at(-1)?.by.name ?? null;
    if (!AGREED.has(state)) return { agreed: false, text: comment ?? `People ${ENDED[state] ?? `did not agree (${state})`}.`, by, calls: [] };
    const answer = await answerTo(ctx, run.executionId, changeId);
    return { agreed: true, text: comment ?? '', by, calls: answer ? answer.calls : [] };
  });
} // prettier-ignore

interface Request {
  step: number;
  /** Of the first call: tells requests of one turn apart. */
  place: number;
  calls: readonly AskedCall[];
  taint: readonly TaintSource[];
}

/** Has people decide: what they decided, or what to wait for. */
export async function agreement(run: NodeRun, config: AgentConfig, { step, place, calls, taint }: Request, woken: Woken | undefined): Promise<{ verdict: Verdict } | { wait: Wait }> {
  const tag = `${step}.${place}`;
  const changeId = await ask(run, config, `ask:${tag}`, step, calls, taint);
  const isMine = woken?.kind === 'change' && woken.changeId === changeId;
  const about = { nodeId: run.nodeId, key: run.key, iteration: run.path, changeId };
  if (run.recorded(`verdict:${tag}`) === undefined && !isMine) {
    run.tell('approval.requested', { ...about, step, agent: true });
    return { wait: { kind: 'change', changeId } };
  }
  const verdict = await run.step(`verdict:${tag}`, async () => {
    const found = await verdictOf(run, woken as Extract<Woken, { kind: 'change' }>);
    run.tell('approval.decided', { ...about, decision: found.agreed ? 'approved' : 'rejected' });
    return found as unknown as Json;
  });
  return { verdict: verdict as unknown as Verdict };
} // prettier-ignore

/** What becomes of one call: its arguments, or why it is not made. */
export function decidedOn({ agreed, text, by, calls }: Verdict, call: AskedCall): { run: true; arguments: Json; isEdited: boolean } | { run: false; text: string } {
  const who = by === null ? '' : ` by ${by}`;
  if (!agreed) return { run: false, text: `Refused${who}: ${text}` };
  const { run, arguments: given, text: why } = verdictOn(calls, call.index);
  if (!run) return { run: false, text: `Left out${who}: ${why ?? (text === '' ? 'no reason was given' : text)}` };
  return { run: true, arguments: given ?? call.arguments, isEdited: given !== undefined };
} // prettier-ignore
