import type { RetryPolicy } from '../graph.ts';
import type { NodeFault } from '../nodes/declare.ts';

/** A `Retry-After` of the other side counts up to here. */
const MOST_ASKED_SECONDS = 900;
/** From here on a pause holds no worker. */
export const DURABLE_MS = 5_000;
/** Attempts at what failed for a fault of our own, whatever the node says. */
const OWN_FAULTS = 3;

/** Milliseconds before the try that follows the `attempt`th; `chance` of 0 to 1 places it within the jitter. */
export function delayAfter(
  { strategy, initialDelayMs, multiplier, maxDelayMs, jitter }: RetryPolicy,
  attempt: number,
  chance: number,
  askedSeconds?: number,
): number {
  if (askedSeconds !== undefined) return Math.round(Math.min(askedSeconds, MOST_ASKED_SECONDS) * 1_000);
  const plain =
    strategy === 'fixed' ? initialDelayMs : strategy === 'linear' ? initialDelayMs * attempt : initialDelayMs * multiplier ** (attempt - 1);
  const capped = Math.min(plain, maxDelayMs);
  return Math.max(0, Math.round(capped * (1 + jitter * (2 * chance - 1))));
}

interface Tries {
  policy: RetryPolicy & { maxAttempts: number };
  idempotent: boolean;
  attempt: number;
}

/** Whether a fault is tried again (workflows.md 9.3, 9.5): by its class or its type; timeouts only of what may be done twice. */
export function isTriedAgain(fault: NodeFault, { policy, idempotent, attempt }: Tries): boolean {
  if (fault.class === 'cancelled' || fault.class === 'in_doubt') return false;
  if (fault.class === 'system') return idempotent && attempt < OWN_FAULTS;
  if (attempt >= policy.maxAttempts) return false;
  if (policy.on.includes(fault.type) || policy.on.includes(fault.class)) return true;
  return fault.class === 'timeout' && idempotent && policy.on.includes('transient');
}

/** Whether an execution is tried again as a whole, when it failed of this (workflows.md 4.3): by class or type, and never of what nobody knows. */
export const isRunAgain = ({ type, class: of }: NodeFault, { on, maxAttempts }: Tries['policy'], attempt: number): boolean =>
  of !== 'cancelled' && of !== 'in_doubt' && attempt < maxAttempts && (on.includes(type) || on.includes(of));
