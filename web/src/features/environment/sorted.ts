import type { Preview } from '#lib/types.ts';

export const VERDICTS = ['invalid', 'created', 'changed', 'skipped'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One line of the file, and what would become of it. */
export interface SortedLine {
  verdict: Verdict;
  line: number;
  name: string | null;
  /** Why it cannot be taken. */
  reason: string | null;
}

type Told = { line: number; name: string | null; reason?: string };
const isTold = (raw: unknown): raw is Told => typeof raw === 'object' && raw !== null && 'line' in raw;

/** What the plan of an import says line by line, in the order of the file. */
export function sortedLines({ plan: { facts } }: Pick<Preview, 'plan'>): SortedLine[] {
  return VERDICTS.flatMap((verdict) => {
    const told = facts[verdict];
    return Array.isArray(told) ? told.filter(isTold).map(({ line, name, reason }) => ({ verdict, line, name, reason: reason ?? null })) : [];
  }).sort((a, b) => a.line - b.line);
}

export const countOf = (lines: readonly SortedLine[], verdict: Verdict): number => lines.filter((one) => one.verdict === verdict).length;
