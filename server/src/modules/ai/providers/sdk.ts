import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany, Output, streamText, type EmbeddingModel, type LanguageModel, type TextStreamPart, type ToolSet } from 'ai';
import type { AiToolCall } from '#kernel/ai.ts';
import { faultOf } from './sdk-faults.ts';
import { messageOf, toolsOf } from './sdk-shapes.ts';
import { ModelFault, type Answered, type Asked, type Line, type Way } from './port.ts';

// Warnings would go to standard output: what a provider does not take is in its answer.
globalThis.AI_SDK_LOG_WARNINGS = false;

/** Models of OpenAI that think before they answer: they name the bound of tokens otherwise and take no sampling. */
const THINKS = /^(gpt-5|o\d)/;
const SAMPLING: ReadonlySet<string> = new Set(['temperature', 'top_p', 'frequency_penalty', 'presence_penalty']);

function asOpenAi(body: Record<string, unknown>): Record<string, unknown> {
  const { max_tokens: most, ...rest } = body;
  const kept = THINKS.test(String(body['model'])) ? Object.entries(rest).filter(([name]) => !SAMPLING.has(name)) : Object.entries(rest);
  return { ...Object.fromEntries(kept), ...(most === undefined ? {} : { max_completion_tokens: most }) };
}

const compatible = ({ row: { kind }, baseUrl, apiKey, fetch }: Line) =>
  createOpenAICompatible({
    name: kind,
    baseURL: baseUrl,
    includeUsage: true,
    fetch,
    ...(apiKey === undefined ? {} : kind === 'azure' ? { headers: { 'api-key': apiKey } } : { apiKey }),
    ...(kind === 'openai' || kind === 'azure' ? { transformRequestBody: asOpenAi } : {}),
  });

const chatModel = (line: Line, model: string): LanguageModel =>
  line.row.kind === 'anthropic'
    ? createAnthropic({ baseURL: line.baseUrl, apiKey: line.apiKey ?? '', fetch: line.fetch })(model)
    : compatible(line).chatModel(model);

/** Newer models of Anthropic take one of the two, and penalties not at all. */
const samplingOf = ({ temperature, topP, frequencyPenalty, presencePenalty, seed }: Asked, isAnthropic: boolean) => {
  const all = isAnthropic ? { temperature, topP: temperature === undefined ? topP : undefined } : { temperature, topP, frequencyPenalty, presencePenalty, seed };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, number>;
}; // prettier-ignore

/** What came, put together as it comes. */
interface Heard {
  text: string;
  toolCalls: AiToolCall[];
  ended: { reason: Answered['finishReason']; tokens: Answered['tokens'] } | undefined;
}

const callOf = (part: Extract<TextStreamPart<ToolSet>, { type: 'tool-call' }>): AiToolCall => ({
  id: part.toolCallId,
  name: part.toolName,
  // What is no JSON comes as the text that it is.
  arguments: part.input as AiToolCall['arguments'],
});

const REASONS: ReadonlySet<string> = new Set(['stop', 'length', 'tool-calls', 'content-filter']);

function endOf({ finishReason, rawFinishReason, totalUsage }: Extract<TextStreamPart<ToolSet>, { type: 'finish' }>): Heard['ended'] {
  // Whoever ends says why; a stream that merely stops was cut off.
  if (rawFinishReason === undefined) return undefined;
  const { inputTokens, outputTokens } = totalUsage;
  const tokens = inputTokens === undefined || outputTokens === undefined ? undefined : { inputTokens, outputTokens };
  return { reason: REASONS.has(finishReason) ? (finishReason as Answered['finishReason']) : 'other', tokens };
}

async function hear(stream: AsyncIterable<TextStreamPart<ToolSet>>, heard: Heard, onText: Asked['onText']): Promise<void> {
  for await (const part of stream) {
    if (part.type === 'text-delta') onText((heard.text += part.text));
    else if (part.type === 'tool-call') heard.toolCalls.push(callOf(part));
    else if (part.type === 'error') throw part.error;
    else if (part.type === 'finish') heard.ended = endOf(part);
  }
}

/** A provider that says yes has begun, and is to be paid, whatever it says then. */
function watched(line: Line): { line: Line; isBegun: () => boolean } {
  let isBegun = false;
  const fetch: Line['fetch'] = async (...asked) => {
    const answer = await line.fetch(...asked);
    isBegun = answer.ok;
    return answer;
  };
  return { line: { ...line, fetch }, isBegun: () => isBegun };
}

/** Characters of an answer for each token that was asked for: what is far above is no answer to it. */
const MOST_PER_TOKEN = 32;

async function complete(given: Line, asked: Asked): Promise<Answered> {
  const heard: Heard = { text: '', toolCalls: [], ended: undefined };
  const { line, isBegun } = watched(given);
  const isAnthropic = line.row.kind === 'anthropic';
  const begun = (): string | undefined => (isBegun() ? heard.text + (heard.toolCalls.length === 0 ? '' : JSON.stringify(heard.toolCalls)) : undefined);
  const requireFitting = (whole: string): void => {
    if (whole.length > 4_096 + asked.maxTokens * MOST_PER_TOKEN) throw new ModelFault('refused', 'it answers much more than it was asked for', { partly: begun() });
  };
  const onText = (whole: string): void => {
    requireFitting(whole);
    asked.onText(whole);
  };
  try {
    const { stream } = streamText({
      model: chatModel(line, asked.model),
      ...(asked.system === undefined ? {} : { instructions: asked.system }),
      messages: asked.messages.map(messageOf),
      ...(asked.tools.length > 0 ? { tools: toolsOf(asked.tools) } : {}),
      ...(asked.json && !isAnthropic ? { output: Output.json() } : {}),
      maxOutputTokens: asked.maxTokens,
      ...samplingOf(asked, isAnthropic),
      ...(asked.stop && asked.stop.length > 0 ? { stopSequences: [...asked.stop] } : {}),
      // Whether and what is tried again is decided where it is paid.
      maxRetries: 0,
      abortSignal: asked.signal,
      onError: () => undefined,
    });
    await hear(stream, heard, onText);
  } catch (error) {
    asked.signal.throwIfAborted();
    throw faultOf(error, begun());
  }
  asked.signal.throwIfAborted();
  if (!heard.ended) throw new ModelFault('passing', 'its answer was cut off', { partly: begun() });
  requireFitting(begun() ?? '');
  const { reason, tokens } = heard.ended;
  return { text: heard.text, toolCalls: heard.toolCalls, tokens, finishReason: reason };
} // prettier-ignore

/** Whatever speaks as OpenAI or as Anthropic does. */
export const sdk: Way = {
  complete,
  async embed(given, model, texts, signal) {
    const { line, isBegun } = watched(given);
    if (line.row.kind === 'anthropic') throw new ModelFault('refused', 'providers of the kind anthropic make no vectors');
    try {
      const wanted: EmbeddingModel = compatible(line).embeddingModel(model);
      const { embeddings, usage } = await embedMany({ model: wanted, values: [...texts], maxRetries: 0, abortSignal: signal, maxParallelCalls: 1 });
      return { vectors: embeddings, tokens: Number.isFinite(usage.tokens) ? usage.tokens : undefined };
    } catch (error) {
      signal.throwIfAborted();
      throw faultOf(error, isBegun() ? '' : undefined);
    }
  },
};
