import type { ReadContext } from '#kernel/context.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { holdersOf } from '../holders.ts';
import { matchesAny } from '../patterns.ts';
import { Catalogue, People, Usage, type HeldCredential } from '../providers/port.ts';
import { rolesIn, unended } from '../rights.ts';
import { riskWithin, type Wanted } from '../rules.ts';
import { OWNER } from '../system-roles.ts';
import { grants, type GrantRow, type RoleRow } from '../tables.ts';
import { daysBefore, isUnused, lookedBack, MOST, REVIEW, reviewersFor, toxicWith } from './rules.ts';
import type { NewItem, ReviewRow } from './tables.ts';

export type Place = Pick<ReadContext, 'db' | 'tenantId' | 'now' | 'provider'>;
const DECIDE: Wanted = { name: 'accessReviews.decide', permission: 'accessReviews:decide', risk: 'write' };

/** Covered by the Scope of everything only. */
const ANYTHING = { type: 'accessReview', id: 'any' };

/** Active people who may decide on every review, besides their own. */
async function decidersOf({ db, tenantId, now, provider }: Place): Promise<Set<string>> {
  const found = await holdersOf(db, provider(People), { tenantId, wanted: DECIDE, targets: [ANYTHING], at: now(), limit: 1_000 });
  return new Set(found.filter(({ machine }) => !machine).map(({ id }) => id));
}

/** Writes that the role opens and that nothing shows a use of. Reads are let go too soon to say so of them, and what comes with seeing is none. */
function unusedOf(role: RoleRow, used: readonly string[], { operations }: Catalogue): string[] {
  const opened = [...operations.values()].filter(({ permission, risk, access }) => access === undefined && risk !== 'read' && matchesAny(role.patterns, permission) && riskWithin(risk, role.maxRisk)); // prettier-ignore
  return [...new Set(opened.map(({ permission }) => permission))]
    .filter((permission) => !permission.endsWith(':read') && !used.includes(permission))
    .sort();
}

/** What others know of holdings. */
export interface Held {
  credentials: readonly HeldCredential[];
  /** Who answers for a service account, by its id: also for one that has no key now, since it may get one afterwards. */
  answering: ReadonlyMap<string, string>;
}

interface Found {
  held: GrantRow[];
  roles: ReadonlyMap<string, RoleRow>;
}
async function grantsNow({ db, tenantId, now }: Place): Promise<Found> {
  const roles = new Map((await rolesIn(db, tenantId)).map((role) => [role.id, role]));
  const held = await db.select().from(grants).where(and(eq(grants.tenantId, tenantId), unended(now()))).orderBy(asc(grants.id)).limit(MOST.items + 1); // prettier-ignore
  return { held, roles };
}

type Blank = Omit<NewItem, 'reviewerIds' | 'state' | 'subjectName' | 'subjectEmail' | 'machine' | 'givenByName'>;

function ofGrant(row: GrantRow, { found, usage, readsKept, catalogue, at, answering, review }: Surroundings): Blank {
  const role = found.roles.get(row.roleId)!;
  const use = usage.get(row.id);
  const lookedBackDays = lookedBack(role.maxRisk, readsKept);
  const roles = new Set(found.held.filter(({ subjectId }) => subjectId === row.subjectId).map(({ roleId }) => found.roles.get(roleId)!.key));
  return {
    ...review, id: newId(), kind: 'grant', refId: row.id, subjectId: row.subjectId, answerableId: answering.get(row.subjectId) ?? null, holding: role.name, roleId: role.id, scope: row.scope, validUntil: row.validUntil,
    givenBy: row.grantedBy, givenAt: row.validFrom, lastUsedAt: use?.at ?? null, unused: isUnused({ since: row.validFrom, lastUsedAt: use?.at ?? null, lookedBackDays }, at), lookedBackDays,
    unusedPermissions: role.key === OWNER ? [] : unusedOf(role, use?.permissions ?? [], catalogue), toxic: toxicWith(role.key, roles),
  }; // prettier-ignore
}

const ofCredential = (one: HeldCredential, { at, review }: Surroundings): Blank => ({
  ...review, id: newId(), kind: one.kind, refId: one.id, subjectId: one.ownerId, answerableId: one.answerableId, holding: one.name, roleId: null, scope: one.scope, validUntil: one.expiresAt,
  givenBy: one.createdBy, givenAt: one.createdAt, lastUsedAt: one.lastUsedAt, unused: isUnused({ since: one.createdAt, lastUsedAt: one.lastUsedAt, lookedBackDays: REVIEW.unusedDays }, at),
  lookedBackDays: REVIEW.unusedDays, unusedPermissions: [], toxic: [],
}); // prettier-ignore

interface Surroundings {
  found: Found;
  usage: Awaited<ReturnType<Usage['of']>>;
  readsKept: number;
  catalogue: Catalogue;
  at: Date;
  answering: ReadonlyMap<string, string>;
  review: { tenantId: string; reviewId: string; createdAt: Date; updatedAt: Date };
}

/** One item for everything that somebody holds here, with whoever is asked about it. Throws `review-too-large`. */
export async function gather(place: Place, review: ReviewRow, { credentials, answering }: Held): Promise<NewItem[]> {
  const { db, tenantId, provider } = place;
  const at = place.now();
  const found = await grantsNow(place);
  if (found.held.length + credentials.length > MOST.items)
    throw new Problem('review-too-large', `The tenant has more than ${MOST.items} grants, keys and agents; a review holds no more.`);
  const subjects = [...new Set(found.held.map(({ subjectId }) => subjectId))];
  const surroundings: Surroundings = {
    found,
    usage: await provider(Usage).of(db, tenantId, subjects, daysBefore(at, REVIEW.unusedDays)),
    readsKept: await provider(Usage).readsKeptDays(db, tenantId),
    catalogue: provider(Catalogue),
    at,
    answering,
    review: { tenantId, reviewId: review.id, createdAt: at, updatedAt: at },
  };
  const blanks = [...found.held.map((row) => ofGrant(row, surroundings)), ...credentials.map((one) => ofCredential(one, surroundings))];
  const named = [...blanks.flatMap(({ subjectId, givenBy }) => [subjectId, ...(givenBy ? [givenBy] : [])]), ...review.reviewerIds];
  const people = await provider(People).named(db, tenantId, [...new Set(named)]);
  const active = new Set([...people.values()].filter((one) => one.active && !one.machine).map(({ id }) => id));
  const choice = { kind: review.reviewers, named: review.reviewerIds, deciders: await decidersOf(place), active };
  return blanks.map((blank) => {
    const { name = 'A former member', email = '', machine = false } = people.get(blank.subjectId) ?? {};
    const reviewerIds = reviewersFor({ subjectId: blank.subjectId, answerableId: blank.answerableId ?? null, givenBy: blank.givenBy ?? null }, choice);
    const givenByName = blank.givenBy ? (people.get(blank.givenBy)?.name ?? null) : null;
    const state = reviewerIds.length === 0 ? ({ state: 'excused', problem: 'Nobody else could look at it.', endedAt: at } as const) : ({ state: 'open' } as const);
    return { ...blank, subjectName: name, subjectEmail: email, machine, givenByName, reviewerIds, ...state };
  });
} // prettier-ignore
