/** How much of a bound is used, in percent; null where there is no bound. A bound of nothing is used up. */
export const share = (used: number, limit: number | null): number | null =>
  limit === null ? null : limit === 0 ? 100 : Math.min(100, (used / limit) * 100);

/** When it is time to worry: the steps at which the server warns. */
export const toneOf = (percent: number): 'good' | 'warn' | 'bad' => (percent >= 100 ? 'bad' : percent >= 80 ? 'warn' : 'good');

const DAY_MS = 86_400_000;
/** First and last day of the last `count` days, in UTC, as the server takes them. */
export const lastDays = (count: number, now: number): { from: string; to: string } => ({
  from: new Date(now - (count - 1) * DAY_MS).toISOString().slice(0, 10),
  to: new Date(now).toISOString().slice(0, 10),
});
