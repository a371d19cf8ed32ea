import type { Pace } from './providers/port.ts';

/** Whether calls to one connection are worth sending (infrastructure spec, 3.4). Times in milliseconds. */
export interface Circuit {
  /** When the unavailable answers in a row came. */
  failures: readonly number[];
  openUntil: number | null;
  /** Since when it has been open, with failed probes in between. */
  openSince: number | null;
  /** How long it is opened next time. */
  openMs: number;
  /** One call is out to find whether it can be closed. */
  probing: boolean;
}

const WITHIN_MS = 60_000;

export const closedCircuit = (pace: Pace): Circuit => ({
  failures: [],
  openUntil: null,
  openSince: null,
  openMs: pace.circuit.openMs,
  probing: false,
});

/** `wait`: milliseconds until a probe may go; null when a call may be sent. */
export const waitFor = (circuit: Circuit, now: number): number | null => {
  if (circuit.openUntil === null) return null;
  if (circuit.openUntil > now) return circuit.openUntil - now;
  return circuit.probing ? 250 : null;
};

/** A call is about to be sent: on an open circuit it is the probe. */
export const sending = (circuit: Circuit): Circuit => (circuit.openUntil === null ? circuit : { ...circuit, probing: true });

/** No answer, or an answer that says "not now": five within a minute open it, a failed probe opens it for twice as long. */
export function unavailable(circuit: Circuit, now: number, pace: Pace): Circuit {
  if (circuit.openUntil !== null) {
    const openMs = Math.min(pace.circuit.openCapMs, circuit.openMs * 2);
    return { failures: [], openUntil: now + openMs, openSince: circuit.openSince, openMs, probing: false };
  }
  const failures = [...circuit.failures.filter((at) => now - at < WITHIN_MS), now];
  if (failures.length < pace.circuit.failures) return { ...circuit, failures };
  return { failures: [], openUntil: now + circuit.openMs, openSince: now, openMs: circuit.openMs, probing: false };
}

/** Milliseconds before the next attempt: full jitter under a doubling cap; what the provider asks for wins. */
export const backoff = (pace: Pace, attempt: number, retryAfterSeconds: number | undefined, chance: number): number =>
  retryAfterSeconds !== undefined ? retryAfterSeconds * 1_000 : chance * Math.min(pace.capMs, pace.baseMs * 2 ** (attempt - 1));
