import type { Answer, Item } from '#lib/answers.ts';

/** What a model is asked for; each may have a model of its own. */
export const PURPOSES = ['agent', 'planner', 'llm', 'generation', 'embedding'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const KINDS = ['openai', 'anthropic', 'google', 'azure', 'cohere', 'compatible', 'mock'] as const;
export type Kind = (typeof KINDS)[number];

export type Provider = Item<'ai.providers.list'>;
export type CheckResult = Answer<'ai.providers.check'>;
export type Models = Answer<'ai.models.list'>;
export type Model = Models['items'][number];
export type Settings = Answer<'ai.settings.get'>;
export type Budget = Item<'ai.budgets.get'>;
export type Usage = Answer<'ai.usage.get'>;
/** What was spent together; `cost` in millionths of a US dollar. */
export type Spent = Usage['total'];
