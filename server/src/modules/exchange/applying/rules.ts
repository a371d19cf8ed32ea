/** Seconds before the next attempt, by how many there were (exchange.md 11.7); after them every quarter of an hour, doubling to four hours. */
const WAITS = [5, 15, 45, 120, 300];
const COOL_SECONDS = 15 * 60;
const LONGEST_SECONDS = 4 * 3_600;

/** Pass by themselves: tried again soon. All others need somebody, and are tried again now and then. */
const PASSING: ReadonlySet<string> = new Set([
  'ssh-unreachable',
  'ssh-timeout',
  'bird-not-running',
  'lock-busy',
  'rpki-cache-unavailable',
  'confirm-expired',
]);
/** The text itself is at fault: it would be so on every other server. */
export const CONTENT: ReadonlySet<string> = new Set(['config-rejected', 'health-regression']);
export const isPassing = (code: string): boolean => PASSING.has(code);

/** A fifth more or less, so that servers do not come back at once. `random` lies between 0 and 1. */
export function waitSeconds(code: string, attempts: number, random = Math.random()): number {
  const early = isPassing(code) ? WAITS[attempts - 1] : undefined;
  const later = COOL_SECONDS * 2 ** Math.max(0, attempts - (isPassing(code) ? WAITS.length + 1 : 1));
  return (early ?? Math.min(LONGEST_SECONDS, later)) * (0.8 + random * 0.4);
}
