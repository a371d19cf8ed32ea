/** How bad the end of an execution is, from the least on. */
export const SEVERITIES = ['warning', 'error', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

const FAILURES: ReadonlySet<string> = new Set(['execution.failed', 'execution.timed_out']);
const URGENT: ReadonlySet<unknown> = new Set(['high', 'critical']);

/** Events that tell of an end that bad. */
export const failuresFrom = (least: Severity): string[] => [...FAILURES, ...(least === 'warning' ? ['execution.partial'] : [])];

/** `warning`: some of its branches failed. `error`: it failed, or took too long. `critical`: so did one of high or critical priority. */
export function severityOf({ type, data }: { type: string; data: unknown }): Severity | undefined {
  if (type === 'execution.partial') return 'warning';
  if (!FAILURES.has(type)) return undefined;
  const priority = typeof data === 'object' && data !== null ? (data as Record<string, unknown>)['priority'] : undefined;
  return URGENT.has(priority) ? 'critical' : 'error';
}

export const isAtLeast = (severity: Severity | undefined, least: Severity): boolean =>
  severity !== undefined && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
