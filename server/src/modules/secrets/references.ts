import type { Context, ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { isReference, referenceName, type Reference, type SecretReferences } from '#kernel/secret-references.ts';
import type { Vault } from './providers/port.ts';
import { resolveNames } from './resolution.ts';
import { livingNamed, secretTarget } from './rows.ts';
import { inForce } from './rules.ts';
import { secretReferences, type SecretRow } from './tables.ts';

interface Named {
  pointer: string;
  name: string;
  project: string | null;
  environment: string | null;
}

const namedIn = (found: readonly Reference[]): Named[] =>
  found
    .filter(({ text }) => isReference(text))
    .map(({ pointer, text, project = null, environment = null }) => ({ pointer, name: referenceName(text), project, environment }));

const distinct = (rows: readonly SecretRow[]): SecretRow[] => [...new Map(rows.map((row) => [row.id, row])).values()];

/** What each name stands for where it is used. Throws `secret-reference-missing` with every pointer that leads nowhere. */
async function meant(ctx: ReadContext, named: readonly Named[], share: boolean): Promise<SecretRow[]> {
  const living = await livingNamed(ctx, [...new Set(named.map(({ name }) => name))], share);
  const found = named.map((one) => ({ one, row: inForce(living.filter(({ name }) => name === one.name), one) })); // prettier-ignore
  const missing = found.filter(({ row }) => row === undefined).map(({ one }) => one);
  if (missing.length === 0) return distinct(found.map(({ row }) => row!));
  const errors = missing.map(({ pointer, name }) => ({ pointer, message: `there is no secret "${name.slice(0, 64)}" here` }));
  throw new Problem('secret-reference-missing', `${errors[0]!.pointer}: ${errors[0]!.message}. Create it first, or correct the name.`, { errors });
}

/** Grants of `secrets:use` need not be one for all: each secret is a matter of its own. */
async function requireUse(vault: Vault, ctx: ReadContext, rows: readonly SecretRow[], operation: string): Promise<void> {
  const reach = await vault.permit(ctx.db, ctx.actor, { name: operation, permission: 'secrets:use', risk: 'write' }).catch((error: unknown) => {
    if (error instanceof Problem && error.kind.status === 403) return [];
    throw error;
  });
  const beyond = rows.filter((row) => coveringGrant(reach, [secretTarget(row)]) === undefined);
  if (beyond.length === 0) return;
  await vault.log(
    { actor: ctx.actor, operation, purpose: 'to be named in an object' },
    beyond.map((secret) => ({ secret, version: secret.currentVersion, result: 'denied' })),
  );
  const names = beyond.map(({ name }) => name).slice(0, 5);
  throw new Problem(
    'secret-use-forbidden',
    `You hold no grant with secrets:use that covers ${names.join(', ')}. Ask for one, or name another secret.`,
    {
      permission: 'secrets:use',
    },
  );
}

const OPERATION = 'secrets.use';

/** Adapter of the kernel's port. */
export function createReferences(vault: Vault): SecretReferences {
  async function usable(ctx: ReadContext, found: readonly Reference[], share: boolean): Promise<Named[]> {
    const named = namedIn(found);
    if (named.length > 0) await requireUse(vault, ctx, await meant(ctx, named, share), OPERATION);
    return named;
  }
  const of = (tenantId: string, user: { kind: string; id: string }) =>
    and(eq(secretReferences.tenantId, tenantId), eq(secretReferences.userKind, user.kind), eq(secretReferences.userId, user.id));

  return {
    check: async (ctx, found) => void (await usable(ctx, found, false)),
    async link(ctx: Context, user, found) {
      // Held until the object is saved: none of them is deleted meanwhile.
      const named = await usable(ctx, found, true);
      await ctx.db.delete(secretReferences).where(of(ctx.tenantId, user));
      if (named.length === 0) return;
      const owner = { tenantId: ctx.tenantId, userKind: user.kind, userId: user.id, userName: user.name };
      await ctx.db.insert(secretReferences).values(named.map((one) => ({ ...owner, ...one, id: newId() })));
    },
    rename: async (db, tenantId, user) => void (await db.update(secretReferences).set({ userName: user.name }).where(of(tenantId, user))),
    unlink: async (db, tenantId, user) => void (await db.delete(secretReferences).where(of(tenantId, user))),
    async limits(db, { tenantId, project = null, environment = null }, names) {
      const living = await livingNamed({ db, tenantId }, names);
      const found = names.flatMap((name) => inForce(living.filter((one) => one.name === name), { project, environment }) ?? []); // prettier-ignore
      return distinct(found).flatMap(({ id, maxInFlight: most }) => (most === null ? [] : [{ id, most }]));
    },
    async resolve(db, use, texts) {
      const names = [...new Set(texts.filter(isReference).map(referenceName))];
      if (names.length === 0) return [...texts];
      const values = await resolveNames(vault, db, use, names);
      return texts.map((text) => (isReference(text) ? values.get(referenceName(text))! : text));
    },
  };
}
