import type { Counters } from '#kernel/counters.ts';
import type { Gate } from '#kernel/gate.ts';
import type { Adapters, Port } from '#kernel/port.ts';
import { aiAdapters, type AiOptions } from './ai.ts';
import type { Parts, People } from './core.ts';
import { exchangeAdapters, exchangeJobs, type ExchangeOptions } from './exchange.ts';
import { knowledgeAdapters, knowledgeJobs } from './knowledge.ts';

/** What is there once everything is wired; asked for when it is needed, never before. */
export interface Around {
  adapters: () => Adapters;
  gate: () => Gate;
  /** Limits that all processes count together. */
  counters: Counters;
}

export interface WiredOptions {
  ai?: AiOptions | undefined;
  exchange?: ExchangeOptions | undefined;
}

/** Parts that need nothing of the engine room but their adapters: one line each. */
export const wiredAdapters = (parts: Parts, people: People, around: Around, options: WiredOptions): readonly (readonly [Port<unknown>, unknown])[] => [
  ...aiAdapters(parts, around, options.ai),
  ...exchangeAdapters(parts, people, around, options.exchange),
  ...knowledgeAdapters(parts, people, around),
]; // prettier-ignore

/** What they carry out, by its queue. */
export const wiredJobs = (parts: Parts, around: Around) => [...knowledgeJobs(parts, around), ...exchangeJobs(parts, around)];
