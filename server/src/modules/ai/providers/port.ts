import type { AiMessage, AiTool, AiToolCall, AiUsage } from '#kernel/ai.ts';
import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { ProviderRow } from '../tables.ts';

/** What goes to a provider, masked already. */
export interface Asked {
  /** Its name at the provider. */
  model: string;
  system: string | undefined;
  messages: readonly AiMessage[];
  tools: readonly AiTool[];
  json: boolean;
  maxTokens: number;
  temperature?: number | undefined;
  topP?: number | undefined;
  frequencyPenalty?: number | undefined;
  presencePenalty?: number | undefined;
  stop?: readonly string[] | undefined;
  seed?: number | undefined;
  signal: AbortSignal;
  /** Everything that came so far, whenever more of it came. */
  onText: (whole: string) => void;
}

export interface Answered {
  text: string;
  toolCalls: AiToolCall[];
  /** As the provider counts; undefined where it does not say. */
  tokens: Pick<AiUsage, 'inputTokens' | 'outputTokens'> | undefined;
  finishReason: 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';
}

export interface Embedded {
  vectors: number[][];
  tokens: number | undefined;
}

/** A provider as it is asked: where, with which key, and by which way out. */
export interface Line {
  row: ProviderRow;
  baseUrl: string;
  apiKey: string | undefined;
  /** Guarded: judges every address, has a deadline and a most of bytes. */
  fetch: typeof globalThis.fetch;
}

export type FaultKind =
  /** It may go well in a moment: load, a failure of theirs, a stream that was cut off. */
  | 'passing'
  /** The key, the model or the address is no good: another provider may be. */
  | 'unusable'
  /** It was understood and is not wanted. */
  | 'refused'
  | 'too-large'
  /** The address must not be reached. */
  | 'denied';

/** Why a provider gave no answer. */
export class ModelFault extends Error {
  readonly kind: FaultKind;
  readonly retryAfterSeconds: number | undefined;
  /** What came before it broke off; undefined when the provider did not begin, and so costs nothing. */
  readonly partly: string | undefined;

  constructor(kind: FaultKind, message: string, more: { retryAfterSeconds?: number | undefined; partly?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.kind = kind;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.partly = more.partly;
  }
}

/** How a kind of provider is asked. Both throw `ModelFault`, or the reason of the signal. */
export interface Way {
  complete: (line: Line, asked: Asked) => Promise<Answered>;
  embed: (line: Line, model: string, texts: readonly string[], signal: AbortSignal) => Promise<Embedded>;
}

export interface Checked {
  ok: boolean;
  detail: string;
  models: string[];
  durationMs: number;
}

/** Tries providers of models out. Nothing is thrown for what the other side says. */
export interface ProviderChecks {
  check: (who: { tenantId: string; actor: Actor }, id: string) => Promise<Checked>;
}
export const ProviderChecks = definePort<ProviderChecks>('ai.checks');

/** What the module asks of plans, and of whoever runs the installation. */
export interface AiSurroundings {
  /** Tokens that the tenant's plan allows in a day; null is no limit. */
  tokensPerDay: (db: Database, tenantId: string) => Promise<number | null>;
}
export const AiSurroundings = definePort<AiSurroundings>('ai.surroundings');
