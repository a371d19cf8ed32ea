import type { AiMessage } from '#kernel/ai.ts';
import { canonicalJson } from '#kernel/ids.ts';
import type { Json } from '../graph.ts';
import type { Usage } from './settings.ts';
import { dataBlock } from './words.ts';

/** One answer of the model, as it is recorded: a step that is never paid for again. */
export interface Thought {
  text: string;
  calls: { id: string; name: string; arguments: Json }[];
  json: Json | null;
  jsonFault: string | null;
  usage: Usage;
  model: string;
  ms: number;
}

/** What became of one call, as the model is told it. */
export interface Told {
  status: 'done' | 'failed' | 'refused' | 'invalid';
  text: string;
  recordId: string | null;
  ms: number;
  /** Characters of all of it, where it was cut: `read_result` reads on, from where it is recorded. */
  size?: number;
  /** It is for the model alone: neither in what the agent hands on nor in a message. */
  sensitive?: true;
}

/** Instead of what a sensitive tool takes and answers. */
export const HIDDEN = 'Content of a sensitive node is not shown.';

export interface Turn {
  step: number;
  thought: Thought;
  told: Told[];
}

/** Characters of a result that are told at once; the rest is there to be read. */
const MOST_RESULT = 8_192;

/** A result as a text. */
export const wholeText = (output: Json): string => (typeof output === 'string' ? output : (JSON.stringify(output) ?? 'null'));

/** A result as data: what stands in it are no instructions (workflows.md 11.2). */
export function resultText(tool: string, place: string, output: Json): Pick<Told, 'text' | 'size'> {
  const whole = wholeText(output);
  if (whole.length <= MOST_RESULT) return { text: dataBlock(whole, tool) };
  const note = `\n[cut at ${MOST_RESULT} of ${whole.length} characters; read_result with {"call": "${place}", "offset": ${MOST_RESULT}} reads on]`;
  return { text: dataBlock(whole.slice(0, MOST_RESULT), tool) + note, size: whole.length };
}

/** The result that `read_result` is asked for, by turn and place such as `2.0`. */
export function resultAt(turns: readonly Turn[], place: string): Told | undefined {
  const [step, index] = place.split('.').map(Number);
  return turns.find((turn) => turn.step === step)?.told[index ?? -1];
}

/** A part of a result that was cut. */
export function partText(whole: string, place: string, offset: Json | undefined): string {
  const from = typeof offset === 'number' && offset >= 0 ? Math.floor(offset) : 0;
  const end = Math.min(whole.length, from + MOST_RESULT);
  return `${dataBlock(whole.slice(from, end), place)}${end < whole.length ? `\n[${end} of ${whole.length} characters]` : ''}`;
}

const repairText = (fault: string): string =>
  `Your answer is not what was asked for: ${fault} Answer again with nothing but JSON that fits the schema.`;

/** What the model is told of one turn: its own words, and what its calls came to. */
function messagesOf({ thought, told }: Turn): AiMessage[] {
  const { text, calls, jsonFault } = thought;
  const said: AiMessage = { role: 'assistant', text, ...(calls.length > 0 ? { toolCalls: calls } : {}) };
  const answers = calls.map(({ id, name }, at): AiMessage => ({ role: 'tool', callId: id, name, text: told[at]?.text ?? 'It was not made.' }));
  const repair: AiMessage[] = calls.length === 0 && jsonFault !== null ? [{ role: 'user', text: repairText(jsonFault) }] : [];
  return [said, ...answers, ...repair];
}

/** The conversation so far: the goal always, of what followed the last messages; a turn is left out whole or not at all. */
export function conversation(opening: string, turns: readonly Turn[], window: number): AiMessage[] {
  const kept: AiMessage[][] = [];
  let size = 0;
  for (const turn of turns.toReversed()) {
    const messages = messagesOf(turn);
    if (kept.length > 0 && size + messages.length > window) break;
    kept.unshift(messages);
    size += messages.length;
  }
  const left = turns.length - kept.length;
  const first = left === 0 ? opening : `${opening}\n\n[${left} earlier turns are left out here.]`;
  return [{ role: 'user', text: first }, ...kept.flat()];
}

export function usageOf(thoughts: readonly Pick<Thought, 'usage'>[]): Usage {
  const sum = (pick: (usage: Usage) => number): number => thoughts.reduce((all, { usage }) => all + pick(usage), 0);
  return { in: sum(({ in: n }) => n), out: sum(({ out }) => out), cost: sum(({ cost }) => cost) };
}

const signature = ({ name, arguments: given }: Thought['calls'][number]): string => `${name} ${canonicalJson(given)}`;

/** A call that is made for the third time with the same arguments; the model does not get on. */
export function repeated(turns: readonly Turn[]): string | undefined {
  const seen = new Map<string, number>();
  for (const { thought } of turns)
    for (const call of thought.calls) {
      const key = signature(call);
      seen.set(key, (seen.get(key) ?? 0) + 1);
      if (seen.get(key) === 3) return call.name;
    }
  return undefined;
}
