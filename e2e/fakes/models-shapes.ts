import { createHash } from 'node:crypto';
import type { AskedModel, Turn } from './models.ts';

const saidBy = ({ text, json }: Turn): string => (json === undefined ? (text ?? '') : JSON.stringify(json));
const usageOf = (turn: Turn, { sent }: AskedModel): { in: number; out: number } | null =>
  turn.usage === undefined
    ? { in: Math.ceil(sent.length / 4), out: Math.ceil((saidBy(turn) + JSON.stringify(turn.toolCalls ?? '')).length / 4) }
    : turn.usage;
const argumentsOf = (given: unknown): string => (typeof given === 'string' ? given : JSON.stringify(given));
const callsOf = ({ toolCalls = [] }: Turn, { body }: AskedModel) =>
  toolCalls.map(({ name, arguments: given, id }, at) => ({
    id: id ?? `call_${(body['messages'] as unknown[]).length}_${at}`,
    name,
    arguments: argumentsOf(given),
  }));
/** By words, as models speak. */
const wordsOf = (text: string): string[] => text.match(/\s*\S+\s*$|\s*\S+/g) ?? (text === '' ? [] : [text]);

const REASONS = { stop: 'stop', length: 'length', 'content-filter': 'content_filter' } as const;
const reasonOf = ({ finish = 'stop', toolCalls = [] }: Turn): string => (toolCalls.length > 0 ? 'tool_calls' : REASONS[finish]);
const openAiUsage = (turn: Turn, asked: AskedModel) => {
  const usage = usageOf(turn, asked);
  return usage && { prompt_tokens: usage.in, completion_tokens: usage.out, total_tokens: usage.in + usage.out };
};

export function openAiAnswer(turn: Turn, asked: AskedModel) {
  const tool_calls = callsOf(turn, asked).map(({ id, name, arguments: given }) => ({ id, type: 'function', function: { name, arguments: given } }));
  const message = { role: 'assistant', content: saidBy(turn) || null, ...(tool_calls.length > 0 ? { tool_calls } : {}) };
  const head = { id: 'chatcmpl-1', object: 'chat.completion', created: 1_750_000_000, model: asked.body['model'] };
  return { ...head, choices: [{ index: 0, message, finish_reason: reasonOf(turn) }], usage: openAiUsage(turn, asked) };
}

const event = (data: unknown): string => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

export function openAiStream(turn: Turn, asked: AskedModel): string[] {
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_750_000_000, model: asked.body['model'] };
  const chunk = (delta: unknown, finish_reason: string | null = null): string => event({ ...head, choices: [{ index: 0, delta, finish_reason }] });
  const calls = callsOf(turn, asked).flatMap(({ id, name, arguments: given }, index) => {
    const middle = Math.ceil(given.length / 2);
    const parts = [given.slice(0, middle), given.slice(middle)];
    return parts.map((part, at) => chunk({ tool_calls: [at === 0 ? { index, id, type: 'function', function: { name, arguments: part } } : { index, function: { arguments: part } }] }));
  }); // prettier-ignore
  const usage = openAiUsage(turn, asked);
  return [
    chunk({ role: 'assistant', content: '' }),
    ...wordsOf(saidBy(turn)).map((content) => chunk({ content })),
    ...calls,
    ...(turn.streamError === undefined ? [] : [event({ error: { message: turn.streamError, type: 'server_error', param: null, code: null } })]),
    chunk({}, reasonOf(turn)),
    ...(usage ? [event({ ...head, choices: [], usage })] : []),
    event('[DONE]'),
  ];
}

const STOPS = { stop: 'end_turn', length: 'max_tokens', 'content-filter': 'refusal' } as const;
const stopOf = ({ finish = 'stop', toolCalls = [] }: Turn): string => (toolCalls.length > 0 ? 'tool_use' : STOPS[finish]);

export function anthropicAnswer(turn: Turn, asked: AskedModel) {
  const calls = callsOf(turn, asked).map(({ id, name, arguments: given }) => ({ type: 'tool_use', id, name, input: JSON.parse(given) as unknown }));
  const said = saidBy(turn) === '' ? [] : [{ type: 'text', text: saidBy(turn) }];
  const usage = usageOf(turn, asked) ?? { in: 0, out: 0 };
  return {
    id: 'msg_1', type: 'message', role: 'assistant', model: asked.body['model'], content: [...said, ...calls],
    stop_reason: stopOf(turn), stop_sequence: null, usage: { input_tokens: usage.in, output_tokens: usage.out },
  }; // prettier-ignore
}

export function anthropicStream(turn: Turn, asked: AskedModel): string[] {
  const named = (type: string, data: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
  const usage = usageOf(turn, asked) ?? { in: 0, out: 0 };
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: asked.body['model'], content: [], stop_reason: null, stop_sequence: null, usage: { input_tokens: usage.in, output_tokens: 1 } }; // prettier-ignore
  const block = (index: number, content_block: object, deltas: readonly object[]): string[] => [
    named('content_block_start', { index, content_block }),
    ...deltas.map((delta) => named('content_block_delta', { index, delta })),
    named('content_block_stop', { index }),
  ];
  const words = wordsOf(saidBy(turn)).map((text) => ({ type: 'text_delta', text }));
  const from = words.length > 0 ? 1 : 0;
  return [
    named('message_start', { message }),
    ...(words.length > 0 ? block(0, { type: 'text', text: '' }, words) : []),
    ...callsOf(turn, asked).flatMap(({ id, name, arguments: given }, at) =>
      block(at + from, { type: 'tool_use', id, name, input: {} }, [{ type: 'input_json_delta', partial_json: given }]),
    ),
    ...(turn.streamError === undefined ? [] : [named('error', { error: { type: 'overloaded_error', message: turn.streamError } })]),
    named('message_delta', { delta: { stop_reason: stopOf(turn), stop_sequence: null }, usage: { output_tokens: usage.out } }),
    named('message_stop', {}),
  ];
}

const DIMENSIONS = 16;

/** Texts that share words lie close together. */
function vectorOf(text: string): number[] {
  const sums = Array.from({ length: DIMENSIONS }, () => 0);
  for (const word of text.toLowerCase().match(/\w+/g) ?? []) sums[createHash('sha256').update(word).digest()[0]! % DIMENSIONS]! += 1;
  const length = Math.hypot(...sums) || 1;
  return sums.map((one) => one / length);
}

export function embeddingsOf({ input, model }: Record<string, unknown>) {
  const texts = [input].flat() as string[];
  const tokens = texts.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
  return {
    object: 'list',
    model,
    data: texts.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}
