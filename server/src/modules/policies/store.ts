import type { Context, ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, count, desc, eq, isNull } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { BASELINE_NAME } from './built-in.ts';
import { hashOf } from './documents.ts';
import type { PolicySet } from './engine/index.ts';
import { Policies } from './providers/port.ts';
import { policyActivations, policySets, policyVersions, type ActivationRow, type By, type SetRow, type VersionRow } from './tables.ts';

/** How much a tenant may write (governance.md 8.2). */
export const LIMITS = { sets: 50, policies: 500 } as const;

const notFound = (id: string): Problem => new Problem('policy-set-not-found', `There is no policy set "${id.slice(0, 64)}" in this tenant.`);

/** Throws `policy-set-not-found`; `lock` holds it until the transaction ends. */
export async function findSet(ctx: Pick<ReadContext, 'db' | 'tenantId'>, id: string, lock = false): Promise<SetRow> {
  if (!isUuid(id)) throw notFound(id);
  const query = ctx.db
    .select()
    .from(policySets)
    .where(and(eq(policySets.tenantId, ctx.tenantId), eq(policySets.id, id)));
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw notFound(id);
  return row;
}

/** For the target resolvers: rights and rules are decided on the set. */
export const setTarget = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => {
  const { name } = await ctx.once(`policy-set ${id}`, () => findSet(ctx, id));
  return [{ type: 'policySet', id, name }];
};

/** Throws `policy-set-not-found` when the set has no such version. */
export async function findVersion(ctx: Pick<ReadContext, 'db' | 'tenantId'>, set: SetRow, number: number): Promise<VersionRow> {
  const [row] = await ctx.db
    .select()
    .from(policyVersions)
    .where(and(eq(policyVersions.tenantId, ctx.tenantId), eq(policyVersions.setId, set.id), eq(policyVersions.number, number)));
  if (!row) throw new Problem('policy-set-not-found', `"${set.name}" has no version ${number}; its newest is ${set.version}.`);
  return row;
}

export const activationsOf = (ctx: ReadContext, setId: string): Promise<ActivationRow[]> =>
  ctx.db
    .select()
    .from(policyActivations)
    .where(and(eq(policyActivations.tenantId, ctx.tenantId), eq(policyActivations.setId, setId)))
    .orderBy(desc(policyActivations.id))
    .limit(20);

export const isProtected = ({ name }: Pick<SetRow, 'name'>): boolean => name === BASELINE_NAME;

/** Throws `version-conflict` when the caller has seen another version than the newest. */
export function requireSeen(ctx: ReadContext, row: SetRow): void {
  const seen = (ctx as Partial<Context>).ifMatch?.replaceAll(/^W\/|"/g, '');
  if (seen !== undefined && seen !== '*' && seen !== String(row.version))
    throw new Problem(
      'version-conflict',
      `"${row.name}" is at version ${row.version} and you have seen ${seen}. Read it again and repeat your edit.`,
      {
        version: row.version,
      },
    );
}

const nameTaken = (name: string): Problem =>
  new Problem('name-taken', `There is a policy set "${name}" already. Save a new version of it, or choose another metadata.name.`);

/** Throws `name-taken` or `policy-limit-reached`. */
export async function requireRoom(ctx: ReadContext, name: string): Promise<void> {
  const open = and(eq(policySets.tenantId, ctx.tenantId), isNull(policySets.retiredAt));
  const [taken] = await ctx.db.select({ id: policySets.id }).from(policySets).where(and(open, eq(policySets.name, name))); // prettier-ignore
  if (taken) throw nameTaken(name);
  const [all] = await ctx.db.select({ count: count() }).from(policySets).where(open);
  if (all!.count >= LIMITS.sets) throw new Problem('policy-limit-reached', `The tenant has ${all!.count} policy sets; ${LIMITS.sets} is the most.`);
}

export const actorBy = ({ actor: { kind, id, name, ownerId } }: Pick<Context, 'actor'>): By => ({
  kind,
  id,
  name,
  ...(ownerId === undefined ? {} : { ownerId }),
});

interface Draft {
  document: string;
  message: string;
  set: PolicySet;
}

const describe = ({ set }: Draft) => ({ description: set.description ?? '', owner: set.owner ?? null });

async function writeVersion(ctx: Context, setId: string, number: number, { document, message }: Draft): Promise<VersionRow> {
  const row = { tenantId: ctx.tenantId, id: newId(), setId, number, document, hash: hashOf(document), message, author: actorBy(ctx) };
  const [made] = await ctx.db.insert(policyVersions).values({ ...row, createdAt: ctx.now() }).returning(); // prettier-ignore
  return made!;
}

const told = (ctx: Context, set: SetRow, version: VersionRow): void =>
  ctx.emit('policy.saved', {
    setId: set.id,
    name: set.name,
    version: version.number,
    hash: version.hash,
    by: ctx.actor.id,
    message: version.message,
  });

/** A new set with its first version, which is in force nowhere yet. */
export async function insertSet(ctx: Context, draft: Draft, team: string | null): Promise<SetRow> {
  await requireRoom(ctx, draft.set.name);
  const times = { createdAt: ctx.now(), updatedAt: ctx.now() };
  const row = { tenantId: ctx.tenantId, id: newId(), name: draft.set.name, ...describe(draft), team, version: 1, ...times };
  const [made] = await ctx.db.insert(policySets).values(row).returning().catch((error: unknown) => {
    throw isUniqueViolation(error) ? nameTaken(draft.set.name) : error;
  }); // prettier-ignore
  told(ctx, made!, await writeVersion(ctx, made!.id, 1, draft));
  return made!;
}

/** The next version of a set. Whoever saves at the same time waits, and is refused when they have seen an older one. */
export async function saveVersion(ctx: Context, id: string, draft: Draft): Promise<SetRow> {
  const row = await findSet(ctx, id, true);
  requireSeen(ctx, row);
  const number = row.version + 1;
  const [saved] = await ctx.db
    .update(policySets)
    .set({ ...(row.active === null ? describe(draft) : {}), version: number, updatedAt: ctx.now() })
    .where(and(eq(policySets.tenantId, ctx.tenantId), eq(policySets.id, id)))
    .returning();
  told(ctx, saved!, await writeVersion(ctx, id, number, draft));
  return saved!;
}

type Force = Pick<SetRow, 'active' | 'candidate' | 'trial' | 'percent' | 'trialUntil'> & Partial<Pick<SetRow, 'retiredAt' | 'description' | 'owner'>>;

/** Changes what of a set is in force, and keeps who did so. */
export async function setForce(
  ctx: Context,
  row: SetRow,
  force: Force,
  said: Pick<ActivationRow, 'mode' | 'number'> & Partial<Pick<ActivationRow, 'percent' | 'until'>>,
): Promise<SetRow> {
  const [saved] = await ctx.db
    .update(policySets)
    .set({ ...force, updatedAt: ctx.now() })
    .where(and(eq(policySets.tenantId, ctx.tenantId), eq(policySets.id, row.id)))
    .returning()
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? nameTaken(row.name) : error;
    });
  const activation = { tenantId: ctx.tenantId, id: newId(), setId: row.id, replaced: row.active, changeId: ctx.changeId, by: actorBy(ctx), createdAt: ctx.now() }; // prettier-ignore
  await ctx.db.insert(policyActivations).values({ percent: null, until: null, ...said, ...activation });
  ctx.provider(Policies).changing(ctx.tenantId);
  const { mode, number, percent, until } = { percent: null, until: null, ...said };
  ctx.emit('policy.activated', {
    setId: row.id, name: row.name, owner: saved!.owner, mode, version: number, previous: row.active, percent, until: until?.toISOString() ?? null, by: ctx.actor.id, changeId: ctx.changeId,
  }); // prettier-ignore
  return saved!;
}
