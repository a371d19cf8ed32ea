import { WEBHOOKS, type Outcome } from '../rules.ts';
import type { WebhookState } from '../tables.ts';

/** How a receiver has been. */
export interface Health {
  state: WebhookState;
  reason: string | null;
  failures: number;
  failedAt: Date | null;
  failingSince: Date | null;
  closedUntil: Date | null;
  earned: number;
}

export interface Result {
  outcome: Outcome;
  status: number | null;
  error: string | null;
  ms: number;
  retryAfterMs: number;
  abort: boolean;
}

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
const latest = (a: Date | null, b: Date | null): Date | null => (a === null || (b !== null && b > a) ? b : a);

const wordsOf = ({ outcome, status, error }: Result): string =>
  error ?? (outcome === 'redirected' ? `it answers ${status}, a redirect, which is not followed` : `it answers ${status}`);

/** The receiver says that it is gone for good. */
const isGone = ({ status }: Result): boolean => status === 410;

const probeAfter = (failures: number): number => Math.min(WEBHOOKS.probeFirst * 2 ** (failures - WEBHOOKS.openAfter), WEBHOOKS.probeLongest);

const earnedBy = (earned: number, ms: number): number =>
  ms > WEBHOOKS.slow ? 1 : ms <= WEBHOOKS.quick ? Math.min(WEBHOOKS.perWebhook, earned + 1) : earned;

function succeeded(health: Health, { ms }: Result): Health {
  const isBack = health.state === 'failing';
  return {
    state: isBack ? 'active' : health.state,
    reason: isBack ? null : health.reason,
    failures: 0,
    failedAt: null,
    failingSince: null,
    closedUntil: null,
    earned: earnedBy(health.earned, ms),
  };
}

function failed(health: Health, result: Result, at: Date): Health {
  const failures = health.failures + 1;
  const again = health.failedAt !== null && at.getTime() - health.failedAt.getTime() <= WEBHOOKS.failingWithin;
  const failingSince = health.failingSince ?? (again ? at : null);
  const asked = result.retryAfterMs > 0 ? later(at, result.retryAfterMs) : null;
  const next = { ...health, failures, failedAt: at, failingSince, earned: 1, closedUntil: latest(health.closedUntil, asked) };
  if (isGone(result)) return { ...next, state: 'disabled', reason: 'its receiver answered 410: it is gone' };
  if (failingSince !== null && at.getTime() - failingSince.getTime() >= WEBHOOKS.disableAfter)
    return { ...next, state: 'disabled', reason: `every attempt of five days failed; at last: ${wordsOf(result)}` };
  if (failures < WEBHOOKS.openAfter) return next;
  const isOn = health.state === 'active' || health.state === 'failing';
  return { ...next, state: isOn ? 'failing' : health.state, reason: wordsOf(result), closedUntil: latest(next.closedUntil, later(at, probeAfter(failures))) };
} // prettier-ignore

/**
 * What an attempt says of the receiver (platform.md 10.1). Five failures in a row open the circuit: from then on one probe at a time,
 * each after twice as long. A receiver that only does not want this one message is in order.
 */
export function judge(health: Health, result: Result, at: Date): Health {
  if (result.outcome === 'delivered') return succeeded(health, result);
  return result.abort ? health : failed(health, result, at);
}
