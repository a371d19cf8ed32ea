import { createHash } from 'node:crypto';
import type { AiMessage } from '#kernel/ai.ts';
import { Script, type ScriptRule } from '../script.ts';
import { ModelFault, type Answered, type Asked, type Way } from './port.ts';

const DIMENSIONS = 64;
/** About what models make of a word. */
const LETTERS = 4;

const lastOf = (messages: readonly AiMessage[]): string => messages.at(-1)?.text ?? '';
const fits = ({ contains, turn }: ScriptRule, { system = '', messages }: Asked): boolean =>
  (turn === undefined || messages.filter(({ role }) => role === 'assistant').length === turn) &&
  (contains === undefined || `${system}\n${lastOf(messages)}`.toLowerCase().includes(contains.toLowerCase()));

const textOf = ({ text, json }: Partial<ScriptRule>, prompt: string): string =>
  json === undefined ? (text ?? '').replaceAll(/\{\{ ?prompt ?\}\}/g, () => prompt) : JSON.stringify(json);

const tokensIn = (text: string): number => Math.ceil(text.length / LETTERS);

function fault(kind: NonNullable<ScriptRule['fault']>, text: string): ModelFault {
  if (kind === 'refused') return new ModelFault('refused', 'the script says that it is refused');
  return kind === 'cut-off'
    ? new ModelFault('passing', 'the script says that it breaks off', { partly: text })
    : new ModelFault('passing', 'the script says that it is not available');
}

/** By words, as models speak. */
function say(text: string, { onText }: Asked): void {
  for (const { index, 0: word } of text.matchAll(/\S+\s*/g)) onText(text.slice(0, index + word.length));
}

function complete(script: Script, asked: Asked): Answered {
  const rule = script.rules.find((one) => fits(one, asked)) ?? { text: script.otherwise };
  const { toolCalls = [] }: Partial<ScriptRule> = rule;
  const text = textOf(rule, lastOf(asked.messages));
  if ('fault' in rule && rule.fault !== undefined) throw fault(rule.fault, text);
  const kept = text.slice(0, asked.maxTokens * LETTERS);
  say(kept, asked);
  const given = [asked.system ?? '', ...asked.messages.map((message) => message.text)].join('\n');
  return {
    text: kept,
    toolCalls: toolCalls.map((call, at) => ({ id: `call-${asked.messages.length}-${at}`, name: call.name, arguments: call.arguments })),
    tokens: { inputTokens: tokensIn(given), outputTokens: tokensIn(kept + JSON.stringify(toolCalls).slice(2)) },
    finishReason: toolCalls.length > 0 ? 'tool-calls' : kept.length < text.length ? 'length' : 'stop',
  };
}

/** Texts that share words lie close together; the same text has the same vector everywhere. */
function vectorOf(text: string): number[] {
  const sums = Array.from({ length: DIMENSIONS }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    sums[createHash('sha256').update(word).digest().readUInt16BE(0) % DIMENSIONS]! += 1;
  const length = Math.hypot(...sums) || 1;
  return sums.map((one) => one / length);
}

/** Answers by its script: for demonstrations and trials. Nothing leaves this process. */
export const mock: Way = {
  complete: async ({ row }, asked) => {
    asked.signal.throwIfAborted();
    return complete(Script.parse(row.script ?? {}), asked);
  },
  embed: async (_line, _model, texts) => ({
    vectors: texts.map(vectorOf),
    tokens: texts.reduce((sum, text) => sum + tokensIn(text), 0),
  }),
};
