import { createHash } from 'node:crypto';

/** A number in [0, 1) that depends on nothing but its arguments, so the same seed and calls give the same cloud. */
export const draw = (seed: string, purpose: string, n: number | string): number =>
  createHash('sha256').update(`${seed}\n${purpose}\n${n}`).digest().readUIntBE(0, 6) / 2 ** 48;

export const between = (low: number, high: number, chance: number): number => low + (high - low) * chance;

/** Log-normal with this median and a spread of about 1.5, from one uniform draw; capped at twenty times the median. */
export function latency(medianMs: number, chance: number, other: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - chance)) * Math.cos(2 * Math.PI * other); // Box-Muller
  return Math.min(medianMs * 20, medianMs * Math.exp(0.4 * normal));
}
