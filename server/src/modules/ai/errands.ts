import type { Ai, AiAnswer, AiRequest } from '#kernel/ai.ts';
import { Problem } from '#kernel/problem.ts';
import { scrub, scrubValue } from '#kernel/taint.ts';
import type { Errand } from './attempts.ts';
import { countedTokens, likelyTokens, mostTokens, sentOf, tokensIn } from './cost-rules.ts';
import { jsonOrder, readJson, type Schemas } from './json-answers.ts';
import { ModelFault, type Answered, type Asked } from './providers/port.ts';
import type { Teller } from './told.ts';

/** What goes out, without values of secrets. */
function maskedRequest({ origin, system = '', messages, tools = [], output }: AiRequest): Pick<Asked, 'system' | 'messages' | 'tools'> {
  const whole = [system, jsonOrder(output)].filter(Boolean).join('\n\n');
  return scrubValue({ system: whole === '' ? undefined : whole, messages, tools }, origin.tenantId);
}

/** Throws before anything is paid: with a schema that nobody can read no answer would fit. */
export function requireSchema({ output }: Pick<AiRequest, 'output'>, { fault }: Schemas): void {
  const why = output?.kind === 'json' && output.schema !== undefined ? fault(output.schema) : undefined;
  if (why !== undefined) throw new Problem('ai-request-refused', `The schema of the answer cannot be read: ${why}.`);
}

/** An answer in words, calls or JSON. */
export function completion(request: AiRequest, teller: Teller): Errand<Answered> {
  const { maxTokens, signal, output, temperature, topP, frequencyPenalty, presencePenalty, stop, seed } = request;
  const masked = maskedRequest(request);
  const sent = sentOf(masked);
  let heard = '';
  const onText = (whole: string): void => teller.more((heard = whole));
  const asked: Omit<Asked, 'model'> = {
    ...masked, json: output?.kind === 'json', maxTokens, signal, onText,
    temperature, topP, frequencyPenalty, presencePenalty, stop, seed,
  }; // prettier-ignore
  const input = likelyTokens(sent);
  return {
    fits: ({ context }) => context === null || input + maxTokens <= context,
    most: { inputTokens: mostTokens(sent), outputTokens: maxTokens },
    async ask({ line, way }, model) {
      heard = '';
      const answer = await way.complete(line, { ...asked, model });
      const counted = { inputTokens: input, outputTokens: tokensIn(answer.text + JSON.stringify(answer.toolCalls)) };
      return { answer, tokens: countedTokens(answer.tokens, counted) };
    },
    // Whoever gives up does not say what came until then.
    partly: (text) => ({ inputTokens: input, outputTokens: Math.max(tokensIn(text), tokensIn(heard)) }),
    again: teller.stop,
  };
}

/** What came, without values of secrets, and read as JSON where that was asked for. */
export function answerOf({ origin: { tenantId }, output }: AiRequest, found: Answered, schemas: Schemas): Omit<AiAnswer, 'usage' | 'model'> {
  const text = scrub(found.text, tenantId);
  return { text, ...readJson(text, output, schemas), toolCalls: scrubValue(found.toolCalls, tenantId), finishReason: found.finishReason };
}

/** Vectors of texts, all of one length. */
export function embedding({ origin, texts, signal }: Parameters<Ai['embed']>[0]): Errand<number[][]> {
  const masked = texts.map((text) => scrub(text, origin.tenantId));
  const sent = { bytes: masked.reduce((sum, text) => sum + Buffer.byteLength(text), 0), parts: masked.length, pictures: 0 };
  const likely = { inputTokens: likelyTokens(sent), outputTokens: 0 };
  return {
    fits: ({ context }) => context === null || masked.every((text) => tokensIn(text) <= context),
    most: { inputTokens: mostTokens(sent), outputTokens: 0 },
    async ask({ line, way }, model) {
      const { vectors, tokens = -1 } = await way.embed(line, model, masked, signal);
      const isGood = vectors.length === texts.length && vectors.every((vector) => vector.length > 0 && vector.length === vectors[0]!.length);
      if (!isGood) throw new ModelFault('unusable', 'it answers with vectors that do not fit what was asked', { partly: '' });
      return { answer: vectors, tokens: countedTokens({ inputTokens: tokens, outputTokens: 0 }, likely) };
    },
    partly: () => likely,
    again: () => undefined,
  };
}
