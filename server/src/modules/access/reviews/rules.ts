/** platform.md 6 and governance.md 7.6: what is not answered for is taken after 14 days, and what was not used for 90 is proposed for removal. */
export const REVIEW = { days: 14, leastDays: 3, mostDays: 60, unusedDays: 90, warnDays: 2 } as const;
/** Holdings of one review, and items of one decision. */
export const MOST = { items: 10_000, atOnce: 200 } as const;

export const REVIEWERS = ['givers', 'administrators', 'named'] as const;
export type ReviewerKind = (typeof REVIEWERS)[number];
export const VERDICTS = ['keep', 'revoke', 'change'] as const;
export type Verdict = (typeof VERDICTS)[number];
export const ITEM_STATES = ['open', 'kept', 'asked', 'revoked', 'changed', 'gone', 'excused'] as const;
export type ItemState = (typeof ITEM_STATES)[number];
export type ItemKind = 'grant' | 'apiKey' | 'agent';

const DAY_MS = 86_400_000;
export const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * DAY_MS);

/** `2026-Q4` of a moment, in UTC. */
export const quarterOf = (at: Date): string => `${at.getUTCFullYear()}-Q${Math.floor(at.getUTCMonth() / 3) + 1}`;

/**
 * Roles that one person should not hold together (governance.md 5.6, S4). Data, not code: who agrees to Changes should not be able to
 * make rules or rights, and who audits should not be able to do what is audited.
 */
const TOXIC: readonly { name: string; roles: readonly [string, string] }[] = [
  { name: 'approver + admin', roles: ['approver', 'admin'] },
  { name: 'approver + owner', roles: ['approver', 'owner'] },
  { name: 'auditor + admin', roles: ['auditor', 'admin'] },
  { name: 'auditor + ops_rw', roles: ['auditor', 'ops_rw'] },
];
/** Combinations of which this role is one part and another that the person holds the other. */
export const toxicWith = (role: string, held: ReadonlySet<string>): string[] =>
  TOXIC.filter(({ roles }) => (roles as readonly string[]).includes(role) && roles.every((one) => held.has(one))).map(({ name }) => name);

interface Used {
  /** Given or made. */
  since: Date;
  lastUsedAt: Date | null;
  /** Days for which the trail would show a use. */
  lookedBackDays: number;
}
/** Nothing shows a use, and it is old enough that something would. */
export const isUnused = ({ since, lastUsedAt, lookedBackDays }: Used, at: Date): boolean => {
  const from = daysBefore(at, lookedBackDays);
  return since <= from && (lastUsedAt === null || lastUsedAt < from);
};

/** How far back the trail tells of it: what only reads shows nothing once its reads are let go. */
export const lookedBack = (maxRisk: 'read' | 'write' | 'high', readsKeptDays: number): number =>
  maxRisk === 'read' ? Math.min(REVIEW.unusedDays, readsKeptDays) : REVIEW.unusedDays;

interface Holding {
  subjectId: string;
  answerableId: string | null;
  givenBy: string | null;
}
interface Choice {
  kind: ReviewerKind;
  named: readonly string[];
  /** Active people who may decide on all reviews. */
  deciders: ReadonlySet<string>;
  /** Active people of the tenant, by id, as far as they were asked for. */
  active: ReadonlySet<string>;
}
/** Nobody looks at their own: neither the person nor who answers for a machine. */
export const isOwn = ({ subjectId, answerableId }: Pick<Holding, 'subjectId' | 'answerableId'>, personId: string): boolean =>
  personId === subjectId || personId === answerableId;

/** Who is asked about a holding. Where none of those wanted can be asked, the administrators are; empty when nobody can. */
export function reviewersFor(holding: Holding, { kind, named, deciders, active }: Choice): string[] {
  const wanted = kind === 'named' ? named : kind === 'givers' && holding.givenBy ? [holding.givenBy] : [];
  const able = wanted.filter((id) => active.has(id) && !isOwn(holding, id));
  return able.length > 0 ? [...new Set(able)] : [...deciders].filter((id) => !isOwn(holding, id)).sort();
}

/** The step that is due: 1 at half time, 2 two days before the end; undefined while none is. */
export function reminderDue({ createdAt, dueAt, reminders }: { createdAt: Date; dueAt: Date; reminders: number }, at: Date): 1 | 2 | undefined {
  if (reminders < 2 && at >= daysBefore(dueAt, REVIEW.warnDays) && at < dueAt) return 2;
  const half = new Date((createdAt.getTime() + dueAt.getTime()) / 2);
  return reminders < 1 && at >= half && at < dueAt ? 1 : undefined;
}
