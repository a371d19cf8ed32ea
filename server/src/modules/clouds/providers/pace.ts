import type { Pace } from './port.ts';

/** Figures of the infrastructure spec, 3.4 to 3.6. */
export const PACE: Pace = {
  timeoutMs: 30_000,
  baseMs: 250,
  capMs: 30_000,
  attempts: 8,
  looksMs: [0, 2_000, 5_000, 10_000, 18_000, 25_000],
  pollMs: 500,
  stuckSeconds: 600,
  circuit: { failures: 5, openMs: 30_000, openCapMs: 300_000 },
};
