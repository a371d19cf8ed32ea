import type { Verdict } from '../rules.ts';

export interface Envelope {
  /** Stays the same when an attempt is repeated, so that a receiver can tell that it has the mail already. */
  id: string;
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  language: string;
}

/** Why a mail was not taken. `code` is the server's answer without its words, which may hold the address. */
export class Undelivered extends Error {
  readonly verdict: Verdict;
  readonly code: string;

  constructor(verdict: Verdict, code: string, options?: ErrorOptions) {
    super(`the mail was not taken: ${code}`, options);
    this.name = 'Undelivered';
    this.verdict = verdict;
    this.code = code;
  }
}

/** The way out. `send` resolves when the mail is somebody else's to deliver, within 60 s; throws Undelivered. */
export interface Transport {
  send: (envelope: Envelope) => Promise<void>;
}
