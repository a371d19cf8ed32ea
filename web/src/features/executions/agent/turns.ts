import type { Json } from '#lib/types.ts';

export type CallStatus = 'running' | 'waiting' | 'done' | 'failed' | 'refused' | 'invalid';
/** One call of a tool by an agent. */
export interface AgentCall {
  /** Place within its turn. */
  index: number;
  tool: string;
  status: CallStatus;
  arguments: Json | undefined;
  /** What the tool answered, in words. */
  summary: string;
  /** The record of its run. */
  recordId: string | null;
}
/** One answer of the model, and what it had called. */
export interface Turn {
  step: number;
  text: string;
  model: string | null;
  /** Of this turn; null while it is not known. */
  tokens: number | null;
  /** Millionths of a US dollar. */
  cost: number | null;
  calls: readonly AgentCall[];
}
export interface Conversation {
  turns: readonly Turn[];
  tokens: number | null;
  cost: number | null;
  stopReason: string | null;
  answer: Json | undefined;
}
export const UNSAID: Conversation = { turns: [], tokens: null, cost: null, stopReason: null, answer: undefined };

type Bag = Readonly<Record<string, Json | undefined>>;
const isBag = (value: Json | undefined): value is { [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const number = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);
const bags = (value: Json | undefined) => (Array.isArray(value) ? value.filter(isBag) : []);

const STATUSES: ReadonlySet<string> = new Set(['running', 'waiting', 'done', 'failed', 'refused', 'invalid']);
const callOf = (data: Bag): AgentCall => ({
  index: number(data['index']) ?? 0,
  tool: text(data['tool']),
  status: (STATUSES.has(text(data['status'])) ? data['status'] : 'running') as CallStatus,
  arguments: data['arguments'],
  // Results are wrapped for the model as data that carries no instructions.
  summary: text(data['summary']).replace(/^<data from="[^"]*">\s*/, '').replace(/\s*<\/data>$/, ''), // prettier-ignore
  recordId: text(data['recordId']) || null,
});

const began = (step: number): Turn => ({ step, text: '', model: null, tokens: null, cost: null, calls: [] });
function inTurn(before: Conversation, step: number, change: (turn: Turn) => Turn): Conversation {
  const at = before.turns.findIndex((turn) => turn.step === step);
  const turns = at < 0 ? [...before.turns, change(began(step))].sort((a, b) => a.step - b.step) : before.turns.with(at, change(before.turns[at]!));
  return { ...before, turns };
}

/** A later word on a call says what is new of it. */
function withCall(calls: readonly AgentCall[], call: AgentCall): readonly AgentCall[] {
  const at = calls.findIndex(({ index }) => index === call.index);
  if (at < 0) return [...calls, call].sort((a, b) => a.index - b.index);
  const old = calls[at]!;
  return calls.with(at, {
    ...call,
    arguments: call.arguments ?? old.arguments,
    summary: call.summary || old.summary,
    recordId: call.recordId ?? old.recordId,
  });
}

/** What was said so far, with one message of the live stream more (workflows.md 14.4). */
export function hearAgent(before: Conversation, type: string, data: Bag): Conversation {
  const step = number(data['step']) ?? 1;
  if (type === 'agent.usage') return { ...before, tokens: number(data['tokens']), cost: number(data['cost']) };
  if (type === 'agent.tool') return inTurn(before, step, (turn) => ({ ...turn, calls: withCall(turn.calls, callOf(data)) }));
  if (type !== 'agent.message') return before;
  const said = text(data['text']);
  return inTurn(before, step, (turn) => ({ ...turn, text: data['delta'] === true ? turn.text + said : said }));
}

/** The conversation as an agent hands it on with its output; null for every other output. */
export function conversationOf(output: Json | undefined): Conversation | null {
  if (!isBag(output) || !Array.isArray(output['steps']) || !isBag(output['usage'])) return null;
  const tokensOf = (usage: Json | undefined) => (isBag(usage) ? (number(usage['in']) ?? 0) + (number(usage['out']) ?? 0) : null);
  const costOf = (usage: Json | undefined) => (isBag(usage) ? number(usage['cost']) : null);
  return {
    turns: bags(output['steps']).map(({ step, text: said, calls, usage, model }) => ({
      step: number(step) ?? 1,
      text: text(said),
      model: text(model) || null,
      tokens: tokensOf(usage),
      cost: costOf(usage),
      calls: bags(calls).map(callOf),
    })),
    tokens: tokensOf(output['usage']),
    cost: costOf(output['usage']),
    stopReason: text(output['stopReason']) || null,
    answer: output['answer'],
  };
}

/** A plan as a planner hands it on. */
interface PlannedStep {
  id: string;
  tool: string;
  why: string;
  risk: string;
  dependsOn: readonly string[];
  arguments: Json | undefined;
}
export interface PlanMade {
  goal: string;
  requirements: readonly string[];
  constraints: readonly string[];
  assumptions: readonly string[];
  steps: readonly PlannedStep[];
  /** Per cent. */
  confidence: number;
}
const texts = (value: Json | undefined): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
/** The output of a planner; null for every other. */
export function planOf(output: Json | undefined): PlanMade | null {
  if (!isBag(output) || !Array.isArray(output['steps']) || typeof output['confidence'] !== 'number') return null;
  return {
    goal: text(output['goal']),
    requirements: texts(output['requirements']),
    constraints: texts(output['constraints']),
    assumptions: texts(output['assumptions']),
    confidence: output['confidence'],
    steps: bags(output['steps']).map(({ id, tool, why, risk, dependsOn, arguments: given }) => ({
      id: text(id),
      tool: text(tool),
      why: text(why),
      risk: text(risk),
      dependsOn: texts(dependsOn),
      arguments: given,
    })),
  };
}
