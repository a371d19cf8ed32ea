import type { ApprovalSummary } from './types.ts';

type Clocked = Pick<ApprovalSummary, 'requestedAt' | 'slaDueAt' | 'closedAt'>;

/** How much of the time in which a request should be decided is over, in percent, and how that looks. Closed ones stand still. */
export function slaOf({ requestedAt, slaDueAt, closedAt }: Clocked, now: number): { share: number; tone: 'good' | 'warn' | 'bad'; late: boolean } {
  const [from, due] = [Date.parse(requestedAt), Date.parse(slaDueAt)];
  const share = (100 * ((closedAt ? Date.parse(closedAt) : now) - from)) / Math.max(1, due - from);
  const late = share >= 100;
  return { share: Math.min(100, Math.max(0, share)), tone: late ? 'bad' : share >= 50 ? 'warn' : 'good', late };
}
