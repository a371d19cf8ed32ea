import type { ModelKind, ProviderKind } from './tables.ts';

/** A model that the product knows of by itself. */
export interface KnownModel {
  model: string;
  kind: ModelKind;
  label: string;
  /** Tokens. */
  context: number;
  /** Millionths of a US dollar for a million tokens. */
  price: { input: number; output: number };
}

const dollars = (amount: number): number => Math.round(amount * 1_000_000);
const chat = (model: string, label: string, context: number, input: number, output: number): KnownModel => ({
  model, kind: 'chat', label, context, price: { input: dollars(input), output: dollars(output) },
}); // prettier-ignore
const embedding = (model: string, label: string, context: number, input: number): KnownModel => ({
  model, kind: 'embedding', label, context, price: { input: dollars(input), output: 0 },
}); // prettier-ignore

/** Published list prices in US dollars for a million tokens; a tenant that pays others says so with `ai.models.update`. */
export const CATALOGUE: Readonly<Record<ProviderKind, readonly KnownModel[]>> = {
  openai: [
    chat('gpt-5', 'GPT-5', 400_000, 1.25, 10),
    chat('gpt-5-mini', 'GPT-5 mini', 400_000, 0.25, 2),
    chat('gpt-5-nano', 'GPT-5 nano', 400_000, 0.05, 0.4),
    chat('gpt-4.1', 'GPT-4.1', 1_047_576, 2, 8),
    chat('gpt-4.1-mini', 'GPT-4.1 mini', 1_047_576, 0.4, 1.6),
    chat('gpt-4o', 'GPT-4o', 128_000, 2.5, 10),
    chat('gpt-4o-mini', 'GPT-4o mini', 128_000, 0.15, 0.6),
    embedding('text-embedding-3-small', 'Embedding 3 small', 8_191, 0.02),
    embedding('text-embedding-3-large', 'Embedding 3 large', 8_191, 0.13),
  ],
  anthropic: [
    chat('claude-opus-4-1', 'Claude Opus 4.1', 200_000, 15, 75),
    chat('claude-sonnet-4-5', 'Claude Sonnet 4.5', 200_000, 3, 15),
    chat('claude-haiku-4-5', 'Claude Haiku 4.5', 200_000, 1, 5),
  ],
  google: [
    chat('gemini-2.5-pro', 'Gemini 2.5 Pro', 1_048_576, 1.25, 10),
    chat('gemini-2.5-flash', 'Gemini 2.5 Flash', 1_048_576, 0.3, 2.5),
    chat('gemini-2.5-flash-lite', 'Gemini 2.5 Flash-Lite', 1_048_576, 0.1, 0.4),
    embedding('gemini-embedding-001', 'Gemini Embedding', 2_048, 0.15),
  ],
  cohere: [
    chat('command-a-03-2025', 'Command A', 256_000, 2.5, 10),
    chat('command-r7b-12-2024', 'Command R7B', 128_000, 0.0375, 0.15),
    embedding('embed-v4.0', 'Embed 4', 128_000, 0.12),
  ],
  // What these have is theirs to say: deployments are named by whoever made them.
  azure: [],
  compatible: [],
  mock: [chat('scripted', 'Scripted answers', 100_000, 0, 0), embedding('scripted-embedding', 'Scripted vectors', 8_000, 0)],
};

/** Where each kind answers when a provider says nothing else; those without one need an address. */
export const BASE_URLS: Readonly<Partial<Record<ProviderKind, string>>> = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com/v1',
  google: 'https://generativelanguage.googleapis.com/v1beta/openai',
  cohere: 'https://api.cohere.ai/compatibility/v1',
};

/** Kinds that answer nobody without a key. */
export const NEEDS_KEY: ReadonlySet<ProviderKind> = new Set(['openai', 'anthropic', 'google', 'azure', 'cohere']);
