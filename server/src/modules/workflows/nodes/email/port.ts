import { definePort } from '#kernel/port.ts';
import type { Asker } from '../../egress/port.ts';

/** A mail of a workflow, ready to leave. */
export interface Letter {
  /** Of the tenant, as part of the sender's name with the platform's own mail server; an address with one of the tenant's. */
  from: string | undefined;
  to: readonly string[];
  cc: readonly string[];
  bcc: readonly string[];
  replyTo: string | undefined;
  subject: string;
  text: string | undefined;
  html: string | undefined;
  headers: Readonly<Record<string, string>>;
  attachments: readonly { filename: string; contentType: string; content: Uint8Array }[];
  /** The part before the @: a repeated mail has the same, so that receivers know it. */
  messageId: string;
}

export interface Posted {
  messageId: string;
  accepted: string[];
  rejected: string[];
}

/** The way out for mails of workflows. Throws NodeError, or `Forbidden` and `Unreachable` for a server that must not or cannot be reached. */
export interface Letters {
  /** `server`: `smtp://user:password@host:587` of the tenant; without it the platform's own. */
  send: (letter: Letter, way: { asker: Asker; server: string | undefined; signal: AbortSignal }) => Promise<Posted>;
}
export const Letters = definePort<Letters>('workflows.letters');
