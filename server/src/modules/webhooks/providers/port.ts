import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { Reach } from '#kernel/scope.ts';
import type { Sealer } from '#kernel/seal.ts';
import type { Outcome } from '../rules.ts';
import type { WebhookRow } from '../tables.ts';

/** One attempt: what is sent where, signed at the moment it leaves. */
export interface Message {
  url: string;
  id: string;
  body: string;
  /** Own headers of the webhook, by their names. */
  headers: Readonly<Record<string, string>>;
  /** The secrets that sign, the newest first. */
  secrets: readonly string[];
}

/** What came of an attempt. `error` is in words; headers and body are as they were received, up to 4 KiB. */
export interface Sent {
  outcome: Outcome;
  at: Date;
  ms: number;
  status: number | null;
  error: string | null;
  requestHeaders: Record<string, string>;
  responseHeaders: Record<string, string> | null;
  responseBody: string | null;
  /** Milliseconds that the receiver asked us to wait; 0 when it did not. */
  retryAfterMs: number;
  /** The receiver wants this message no more. */
  abort: boolean;
}

/** The way to receivers. Never throws: whatever happens is an outcome. */
export interface Courier {
  /** Why events must not be sent to the address, or null; names are looked up with each attempt only. */
  urlFault: (url: string) => string | null;
  send: (message: Message, signal?: AbortSignal) => Promise<Sent>;
}
export const Courier = definePort<Courier>('webhooks.courier');

/** An event that may go to tenants, as the catalogue has it. */
export interface Announced {
  type: string;
  module: string;
  summary: string;
  /** JSON Schema of `data`; null where it is not fixed. */
  schema: Record<string, unknown> | null;
}

/** What the module needs of the rest of the installation. */
export interface Surroundings {
  sealer: Sealer;
  /** Where the API is, without a slash at its end. */
  publicUrl: string;
  catalogue: () => readonly Announced[];
  /** Plan of the tenant and how many webhooks it allows; null for no limit. */
  limit: (db: Database, tenantId: string) => Promise<{ plan: string; webhooks: number | null }>;
  /** How far the actor may read what events of a type are about; empty when not at all. */
  hearing: (db: Database, actor: Actor) => Promise<(type: string) => Reach>;
  /** Opens what is sealed of a webhook; values of `secret://` headers are looked up. */
  open: (db: Database, row: WebhookRow, operation: string) => Promise<{ secrets: string[]; headers: Record<string, string> }>;
  /** There may be something to send. */
  wake: () => void;
}
export const Surroundings = definePort<Surroundings>('webhooks.surroundings');
