/** How an execution ended, as far as a small picture tells it. */
export type Outcome = 'good' | 'bad' | 'warn' | 'open' | 'quiet';
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  completed: 'good',
  partial_success: 'warn',
  failed: 'bad',
  timed_out: 'bad',
  cancelled: 'quiet',
};
export const outcomeOf = (state: string): Outcome => OUTCOMES[state] ?? 'open';

/** Figures for those who do not see the picture. */
export function counted(states: readonly string[]): { all: number; good: number; bad: number } {
  const outcomes = states.map(outcomeOf);
  return {
    all: states.length,
    good: outcomes.filter((one) => one === 'good').length,
    bad: outcomes.filter((one) => one === 'bad').length,
  };
}

/** What Node does with names: the part of an address that a workflow of this name gets. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
