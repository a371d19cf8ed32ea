import type { Actor, Afterwards } from './context.ts';
import type { Database } from './database.ts';
import { definePort } from './port.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a model is asked for; each purpose may have a model of its own, and usage is counted by it (workflows.md 11.1). */
export const PURPOSES = ['agent', 'planner', 'llm', 'generation', 'embedding'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A tool as a model sees it. Names match `[a-zA-Z0-9_-]{1,64}`. */
export interface AiTool {
  name: string;
  description: string;
  /** JSON Schema of an object. */
  schema: Json;
}

export interface AiToolCall {
  /** Of the model's answer; results name it. */
  id: string;
  name: string;
  /** As the model gave them: not checked against the schema. A string where they were no JSON. */
  arguments: Json;
}

export type AiMessage =
  | { role: 'user'; text: string; images?: readonly { mime: string; base64: string }[] }
  | { role: 'assistant'; text: string; toolCalls?: readonly AiToolCall[] }
  | { role: 'tool'; callId: string; name: string; text: string };

/** Where a call comes from: whose budgets it falls under, and where its usage is counted. */
export interface AiOrigin {
  tenantId: string;
  actor: Actor;
  purpose: Purpose;
  workflowId?: string;
  executionId?: string;
  nodeId?: string;
  /** The account that pays, and with it those above; its bounds hold (`AiAccounts`). */
  accountId?: string;
}

/** A bound that the caller names, with what it knows to be spent of it; those of accounts, workflow, tenant and platform are looked up. */
export interface AiBound {
  /** Such as `node` or `execution`, for the words of a refusal. */
  name: string;
  /** What this account has spent counts where it is more than the caller knows of, and so do calls under way. */
  accountId?: string;
  tokens?: { most: number; spent: number };
  /** Millionths of a US dollar. */
  cost?: { most: number; spent: number };
}

export interface AiUsage {
  inputTokens: number;
  outputTokens: number;
  /** Millionths of a US dollar, by the prices of the catalogue; 0 where none are known. */
  cost: number;
}

export interface AiRequest {
  origin: AiOrigin;
  /** Id of a model of the tenant's catalogue, such as `openai/gpt-5-mini`; the default of the purpose when left out. */
  model?: string;
  /** Tried in order when a provider is not available or refuses for load. */
  fallback?: readonly string[];
  /** Value of a secret, instead of the key that the provider was set up with. */
  apiKey?: string;
  system?: string;
  messages: readonly AiMessage[];
  tools?: readonly AiTool[];
  /** Text is parsed for `json`; whether it fits `schema` is checked here, and `jsonFault` says why it does not. The model is told the schema. */
  output?: { kind: 'text' } | { kind: 'json'; schema?: Json };
  maxTokens: number;
  temperature?: number;
  topP?: number;
  frequencyPenalty?: number;
  presencePenalty?: number;
  stop?: readonly string[];
  seed?: number;
  /** The content is confidential: providers that the tenant does not trust with it are refused. */
  confidential?: boolean;
  bounds?: readonly AiBound[];
  signal: AbortSignal;
  /** Pieces of the text as they come; called with masked text only. */
  onText?: (piece: string) => void;
}

export interface AiAnswer {
  text: string;
  /** With `output: json`, when the text was JSON that fits. */
  json?: Json;
  jsonFault?: string;
  toolCalls: AiToolCall[];
  usage: AiUsage;
  /** The model that answered. */
  model: string;
  finishReason: 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';
}

export interface AiEmbedded {
  /** One vector for each text, all of one length. */
  vectors: number[][];
  model: string;
  usage: AiUsage;
}

/** What an agent or an execution may spend, with whatever it calls: a call is counted by its account and by all above (workflows.md 11.3). */
export interface AiAccount {
  /** Of the execution, or made of the place of the agent: the same however often it is opened. */
  id: string;
  /** Such as `execution`, for the words of a refusal. */
  name: string;
  above?: string | undefined;
  tokens?: number | undefined;
  /** Millionths of a US dollar. */
  cost?: number | undefined;
}

/** Accounts of the tenant. Nothing is counted where none is opened; one that was opened before keeps what it has spent, and its bounds where none are given. */
export interface AiAccounts {
  open: (db: Database, tenantId: string, account: AiAccount) => Promise<void>;
  isOpen: (db: Database, tenantId: string, id: string) => Promise<boolean>;
}
export const AiAccounts = definePort<AiAccounts>('ai.accounts');

/** Where a call of a model comes from that an Operation makes: the node of a workflow that called the Operation, if one did. */
export function originOf({ tenantId, actor, via }: Pick<Afterwards, 'tenantId' | 'actor' | 'via'>, purpose: Purpose): AiOrigin {
  if (!via) return { tenantId, actor, purpose };
  const { workflowId, executionId, nodeId, accountId } = via;
  return { tenantId, actor, purpose, workflowId, executionId, nodeId, ...(accountId === undefined ? {} : { accountId }) };
}

/** A model as the tenant may use it. */
export interface AiModelView {
  id: string;
  provider: string;
  kind: 'chat' | 'embedding';
  label: string;
  /** Tokens. */
  context: number | null;
  /** Millionths of a US dollar for a million tokens. */
  price: { input: number; output: number } | null;
  /** Why it cannot be used now: no key, switched off, forbidden. */
  unavailable: string | null;
}

/**
 * Models as the rest of the product sees them. A call is made outside of transactions. Before it the most that it can cost is reserved
 * under every budget, after it what it did cost is settled, whatever became of it; nothing is spent beyond a reservation. Throws Problem
 * `ai-provider-unavailable` (503; after the fallbacks), `ai-budget-exceeded` (403), `ai-context-too-large` (422), `ai-model-unknown` (422),
 * `ai-forbidden` (403; the tenant forbids the provider, region or content), and `egress-denied` for an address that may not be reached.
 */
export interface Ai {
  complete: (request: AiRequest) => Promise<AiAnswer>;
  embed: (request: { origin: AiOrigin; model?: string; texts: readonly string[]; signal: AbortSignal }) => Promise<AiEmbedded>;
  /** The model that a purpose has; undefined when nothing is set up, so that features can say so and do without. */
  modelFor: (db: Database, tenantId: string, purpose: Purpose) => Promise<AiModelView | undefined>;
  /** By id, for checks at design time; undefined when there is none of that name. */
  model: (db: Database, tenantId: string, id: string) => Promise<AiModelView | undefined>;
}
export const Ai = definePort<Ai>('ai');
