import { definePort } from './port.ts';

/**
 * Why a text did not go out. `number`: there is no such phone, or it takes no texts; `country`: the carrier sends nothing there for
 * us; `blocked`: the receiver asked the carrier for none of our texts; `busy`: too many at once, wait; `down`: the carrier does not
 * answer, or does not know us.
 */
export type SmsFaultReason = 'number' | 'country' | 'blocked' | 'busy' | 'down';

export class SmsFault extends Error {
  readonly reason: SmsFaultReason;
  /** Seconds to wait, when the carrier said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(reason: SmsFaultReason, message: string, { retryAfterSeconds, cause }: { retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'SmsFault';
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Texts to phones. Never call it inside a transaction: it waits for an outside system, ten seconds at most. */
export interface Sms {
  /** `log`: texts are written to files on the server, for trying out. */
  readonly kind: 'twilio' | 'http' | 'log';
  /** `to` in E.164 (`+4915112345678`). Resolves when the carrier has taken the text; throws SmsFault. */
  send: (message: { to: string; text: string }) => Promise<void>;
}
export const Sms = definePort<Sms>('sms');
