import type { AiTool } from '#kernel/ai.ts';
import type { Json } from '../graph.ts';
import { NodeError, type NodeRun, type Result, type Woken } from '../nodes/declare.ts';
import { actOn, FIND_TOOL, found, READ_RESULT, shownOf, type Sleeping, type Stand } from './acting.ts';
import { callsMade, limitAt, type Limit } from './limits.ts';
import { offer } from './offer.ts';
import type { AgentConfig, AgentOutput, Called } from './settings.ts';
import { think, told } from './think.ts';
import { conversation, HIDDEN, repeated, usageOf, type Told, type Turn } from './thoughts.ts';
import { MOST_OFFERED, type Offered } from './tool-rules.ts';
import { dataBlock, goalOf } from './words.ts';

/** Answers that do not fit are put right so often at most. */
const MOST_REPAIRS = 2;
const MOST_SUMMARY = 500;

const REASON = { type: 'string', description: 'Why this call is needed, for the people who decide on it' };

/** As a model is told of it; what changes something takes a reason beside its arguments. */
function asTool({ name, description, schema, risk }: Offered): AiTool {
  if (risk === 'read') return { name, description, schema };
  const { properties = {}, ...rest } = schema as { [key: string]: Json };
  return { name, description, schema: { ...rest, properties: { ...(properties as { [key: string]: Json }), _reason: REASON } } };
}

const FIND: AiTool = {
  name: FIND_TOOL,
  description: 'Finds tools by words: there are more than can be shown. Those that it names may be called afterwards.',
  schema: { type: 'object', properties: { query: { type: 'string', maxLength: 200 } }, required: ['query'], additionalProperties: false },
};
const READ: AiTool = {
  name: READ_RESULT,
  description: 'Reads on in a result that was cut.',
  schema: { type: 'object', properties: { call: { type: 'string' }, offset: { type: 'integer', minimum: 0 } }, required: ['call', 'offset'], additionalProperties: false },
}; // prettier-ignore

/** Tools of the next turn: all, or beside those that hang on the agent what a search has opened. */
function shownTools(offered: readonly Offered[], turns: readonly Turn[]): AiTool[] {
  const cut = turns.some(({ told: answers }) => answers.some(({ size }) => size !== undefined)) ? [READ] : [];
  if (offered.length <= MOST_OFFERED) return [...offered.map(asTool), ...cut];
  const opened = new Set(turns.flatMap(({ thought }) => thought.calls.filter(({ name }) => name === FIND_TOOL).flatMap(({ arguments: given }) => found(offered, given).map(({ name }) => name))));
  // What was found last comes first; nodes for which there is no room are found by words like all else.
  const first = [...opened].reverse().concat(offered.filter(({ kind, name }) => kind === 'node' && !opened.has(name)).map(({ name }) => name));
  const shown = new Set(first.slice(0, MOST_OFFERED - 2));
  const near = offered.filter(({ name }) => shown.has(name));
  return [FIND, ...near.map(asTool), ...cut];
} // prettier-ignore

/** The goal, and the plan of a planner where one was made. */
function openingOf(run: NodeRun, config: AgentConfig): string {
  const plan = run.inputAt('plan');
  const goal = goalOf(run, config);
  return plan === undefined
    ? goal
    : `${goal}\n\nFollow this plan unless what you find speaks against it:\n${dataBlock(JSON.stringify(plan), 'plan')}`;
}

interface Agent {
  run: NodeRun;
  config: AgentConfig;
  offered: readonly Offered[];
}

/** What a tool answered, as others than the model may read it. */
const summaryOf = ({ text, sensitive }: Told): string => (sensitive ? HIDDEN : text.slice(0, MOST_SUMMARY));

const calledOf = ({ run, offered }: Agent, { step, thought, told: answers }: Turn): Called[] =>
  thought.calls.map(({ name, arguments: given }, index) => {
    const answer: Told = answers[index] ?? { status: 'invalid', recordId: null, text: '', ms: 0 };
    const { status, recordId, sensitive } = answer;
    const tool = offered.find((one) => one.name === name);
    return { step, index, tool: name, arguments: sensitive ? HIDDEN : tool ? shownOf(run, tool, given) : given, status, recordId, summary: summaryOf(answer) };
  }); // prettier-ignore

/** What it hands on. */
function outputOf(agent: Agent, turns: readonly Turn[], answer: Json, stopReason: AgentOutput['stopReason']): Result {
  const toolCalls = turns.flatMap((turn) => calledOf(agent, turn));
  const steps = turns.map((turn) => ({ step: turn.step, text: turn.thought.text, calls: calledOf(agent, turn), usage: turn.thought.usage, model: turn.thought.model }));
  const output: AgentOutput = { answer, steps: agent.config.returnSteps ? steps : [], toolCalls, usage: usageOf(turns.map(({ thought }) => thought)), stopReason };
  return { output: output as unknown as Json };
} // prettier-ignore

const isFinal = (turns: readonly Turn[]): boolean => turns.at(-1)!.thought.calls.length === 0;
const faultOf = ({ output }: AgentConfig, { thought }: Turn): string | undefined =>
  output === 'json' && thought.json === null ? (thought.jsonFault ?? 'it is no JSON.') : undefined;

/** Its last answer, when there is nothing wrong with it; undefined while it is to be put right. */
function answerOf(agent: Agent, turns: readonly Turn[]): Result | undefined {
  const { config } = agent;
  const last = turns.at(-1)!;
  const fault = faultOf(config, last);
  if (fault === undefined) {
    const refused = turns.flatMap(({ told: answers }) => answers).some(({ status }) => status === 'refused');
    const done = turns.flatMap(({ told: answers }) => answers).some(({ status }) => status === 'done');
    return outputOf(agent, turns, config.output === 'json' ? last.thought.json : last.thought.text, refused && !done ? 'denied' : 'done');
  }
  if (turns.filter((turn) => turn.thought.calls.length === 0).length > MOST_REPAIRS)
    throw new NodeError('ai-output-invalid', 'validation', `The answer does not fit, and asking again twice did not help: ${fault}`.slice(0, 1_000));
  return undefined;
} // prettier-ignore

/** Says with one last answer how far it got; where not even that fits, with the last words there are. */
async function finish(agent: Agent, turns: readonly Turn[], { stop, why }: Limit): Promise<Result> {
  const { run, config } = agent;
  if (config.onBudget === 'stop') throw new NodeError('ai-budget-exceeded', 'budget', `The agent has reached its limit. ${why}`);
  const opening = openingOf(run, config);
  const messages = [...conversation(opening, turns, config.memory.window), { role: 'user' as const, text: `A limit is reached: ${why} Call nothing more. Say now what you have done and found, and what is left.` }];
  const thoughts = turns.map(({ thought }) => thought);
  try {
    const step = turns.length + 1;
    const thought = await think(run, config, { key: 'last', step, messages, tools: [], before: thoughts, isLast: true });
    return outputOf(agent, [...turns, { step, thought: { ...thought, calls: [] }, told: [] }], config.output === 'json' ? thought.json : thought.text, stop);
  } catch (error) {
    if (!(error instanceof NodeError) || error.class !== 'budget') throw error;
    return outputOf(agent, turns, thoughts.findLast(({ text }) => text !== '')?.text ?? null, stop);
  }
} // prettier-ignore

interface Kept {
  sleeping: Sleeping;
}

const keptIn = (state: Json): Kept => (state === null ? { sleeping: {} } : (state as unknown as Kept));

/** One turn: what the model says, or the limit that forbids asking it. */
async function turnOf(run: NodeRun, config: AgentConfig, offered: readonly Offered[], turns: readonly Turn[]): Promise<Turn | Limit> {
  const step = turns.length + 1;
  // What was said before is taken up again, however much is left now.
  const isSpent = run.recorded(`think:${step}`) === undefined && run.tools.left() <= 0;
  const limit = limitAt(turns, config) ?? (isSpent ? { stop: 'budget', why: 'The execution may call no more tools.' } : undefined);
  if (limit) return limit;
  const messages = conversation(openingOf(run, config), turns, config.memory.window);
  try {
    const thought = await think(run, config, { key: String(step), step, messages, tools: shownTools(offered, turns), before: turns.map((turn) => turn.thought) });
    return { step, thought: config.mode === 'conversational' ? { ...thought, calls: [] } : thought, told: [] };
  } catch (error) {
    if (error instanceof NodeError && error.type === 'ai-budget-exceeded' && config.onBudget === 'finish' && turns.length > 0) return { stop: 'budget', why: error.message };
    throw error;
  }
} // prettier-ignore

const isPast = (run: NodeRun, { step }: Turn): boolean => run.recorded(`think:${step + 1}`) !== undefined;

/**
 * Observe, think, act, until the goal is met or a limit is (workflows.md 11.2). Nothing is kept but what was said and done: after a crash or a
 * wait the conversation is rebuilt from the recorded answers and the records of the calls.
 */
export async function proceed(run: NodeRun, config: AgentConfig, woken?: Woken, state: Json = null): Promise<Result> {
  await run.bind(config.budget);
  const offered = await offer(run, config);
  const agent: Agent = { run, config, offered };
  const { sleeping } = keptIn(state);
  const turns: Turn[] = [];
  for (;;) {
    run.signal.throwIfAborted();
    const turn = await turnOf(run, config, offered, turns);
    if ('stop' in turn) return finish(agent, turns, turn);
    turns.push(turn);
    if (isFinal(turns)) {
      const answer = answerOf(agent, turns);
      if (answer) return answer;
      continue;
    }
    const name = repeated(turns);
    if (name !== undefined) throw new NodeError('ai-loop-detected', 'limit', `The agent called "${name}" three times with the same arguments.`);
    const stand: Stand = { run, config, offered, turns: turns.slice(0, -1), sleeping, woken, isPast: isPast(run, turn) };
    const done = await actOn(stand, turn);
    if ('waits' in done) return { waits: done.waits, paused: done.paused, state: { sleeping } as unknown as Json };
    turn.told = done;
    if (stand.isPast) continue;
    tellAll(run, turn, done);
    run.progress(`turn ${turn.step}, ${callsMade(turns)} calls`, Math.round((100 * turn.step) / config.maxIterations));
  }
}

function tellAll(run: NodeRun, { step, thought }: Turn, done: readonly Told[]): void {
  for (const [index, answer] of done.entries()) {
    const { status, recordId } = answer;
    told(run, 'agent.tool', { step, index, tool: thought.calls[index]!.name, status, summary: summaryOf(answer), ...(recordId === null ? {} : { recordId }) });
  }
} // prettier-ignore
