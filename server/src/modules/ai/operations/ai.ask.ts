import { z } from 'zod';
import { Ai, originOf } from '#kernel/ai.ts';
import { defineOperation } from '#kernel/operation.ts';
import { ModelId } from '../schemas.ts';

const SECONDS = 100;

export const aiAsk = defineOperation({
  name: 'ai.ask',
  summary: 'Ask a model one question',
  description:
    'To try a model, a prompt or a provider out. It counts as purpose `llm` under all budgets, within a workflow also under its own; secrets are masked before anything is sent.',
  permission: 'ai:use',
  risk: 'read',
  route: { method: 'POST', path: '/ai/ask' },
  input: z.object({
    prompt: z
      .string()
      .trim()
      .min(1)
      .max(20_000)
      .meta({ title: 'Question', widget: 'textarea', examples: ['What is a BGP community?'] }),
    system: z.string().max(8_192).optional().meta({ title: 'System prompt', widget: 'textarea' }),
    model: ModelId.optional().meta({ help: 'The model of the purpose `llm` when left out' }),
    maxTokens: z.int().min(1).max(4_000).default(500).meta({ title: 'Longest answer', help: 'Tokens' }),
  }),
  output: z.object({
    text: z.string(),
    model: z.string(),
    finishReason: z.string(),
    usage: z.object({ inputTokens: z.int(), outputTokens: z.int(), cost: z.int().meta({ help: 'Millionths of a US dollar' }) }),
  }),
  targets: 'none',
  run: () => Promise.resolve({ text: '', model: '', finishReason: 'other', usage: { inputTokens: 0, outputTokens: 0, cost: 0 } }),
  // Outside of the transaction: models are slow.
  async finish(after, { prompt, system, model, maxTokens }) {
    const {
      text,
      model: answered,
      finishReason,
      usage,
    } = await after.provider(Ai).complete({
      origin: originOf(after, 'llm'),
      ...(model === undefined ? {} : { model }),
      ...(system === undefined ? {} : { system }),
      messages: [{ role: 'user', text: prompt }],
      maxTokens,
      signal: AbortSignal.timeout(SECONDS * 1_000),
    });
    return { text, model: answered, finishReason, usage };
  },
});
