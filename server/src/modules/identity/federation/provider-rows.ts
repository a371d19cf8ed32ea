import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import { MappedRoles, ProviderProbe, SignInWays } from './port.ts';
import type { IdentityProvider } from './provider-schemas.ts';
import { identityProviders, type IdentityProviderRow } from './tables.ts';

interface Reader extends Pick<ReadContext, 'db' | 'tenantId' | 'provider'> {}

/** `lock` holds the row until the transaction ends. */
export async function findRow({ db, tenantId }: Reader, id: string, lock = false): Promise<IdentityProviderRow> {
  const query = db
    .select()
    .from(identityProviders)
    .where(and(eq(identityProviders.tenantId, tenantId), eq(identityProviders.id, id)));
  const [row] = await (lock ? query.for('update') : query);
  if (!row) throw new Problem('not-found', 'There is no such identity provider in this tenant.');
  return row;
}
export const oneRow = (ctx: ReadContext, id: string): Promise<IdentityProviderRow> => ctx.once(`identity provider ${id}`, () => findRow(ctx, id));

export const targetOf = ({ id, name }: Pick<IdentityProviderRow, 'id' | 'name'>): Target => ({ type: 'identityProvider', id, name });

/** Without the secret, of which nobody needs to know more than that there is one. */
export function view({ provider }: Pick<Reader, 'provider'>, row: IdentityProviderRow): z.input<typeof IdentityProvider> {
  const base = `${provider(SignInWays).publicUrl}/api/v1/auth/oidc/${row.id}`;
  const { tenantId: _, clientSecretSealed, createdAt, updatedAt, ...shown } = row;
  return {
    ...shown,
    hasSecret: clientSecretSealed !== null,
    redirectUri: `${base}/callback`,
    backchannelLogoutUri: `${base}/backchannel-logout`,
    startUrl: `/api/v1/auth/oidc/${row.id}/login`,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

type Fields = { [K in keyof Omit<IdentityProviderRow, 'tenantId' | 'id'>]?: IdentityProviderRow[K] | undefined };
type Change = NonNullable<Plan['changes']>[number];
type Json = NonNullable<NonNullable<Change['fields']>[number]['after']>;

const UNSHOWN = new Set(['clientSecretSealed', 'version', 'createdAt', 'updatedAt']);

/** What would be different, field by field; of the secret only that it is another. */
export function differences(before: Fields | undefined, after: Fields, secret: 'set' | 'removed' | undefined): NonNullable<Change['fields']> {
  const changed = Object.entries(after).filter(
    ([name, value]) => !UNSHOWN.has(name) && value !== undefined && JSON.stringify(value) !== JSON.stringify(before?.[name as keyof Fields]),
  );
  return [
    ...changed.map(([path, value]) => ({
      path,
      ...(before ? { before: (before[path as keyof Fields] ?? null) as Json } : {}),
      after: (value ?? null) as Json,
    })),
    ...(secret ? [{ path: 'clientSecret', after: secret }] : []),
  ];
}

/** What everybody who signs in by it may gain or lose is said in words, beside the fields. */
export const warningsOf = ({ jitProvisioning, trustMfa, trustEmail }: Fields): string[] => [
  ...(jitProvisioning ? ['Whoever its administrators put into a mapped group becomes a member.'] : []),
  ...(trustMfa ? ['A second factor given there counts here.'] : []),
  ...(trustEmail ? ['It can sign in people by their address, for domains that this tenant holds.'] : []),
];

/** Throws `issuer-not-allowed`, `grant-escalation` or `not-found`. Looked at again when a Change runs. */
export async function requireSound(ctx: ReadContext, { issuer, roleMapping }: Fields): Promise<void> {
  if (issuer !== undefined) ctx.provider(ProviderProbe).requireAllowed(issuer);
  if (roleMapping !== undefined && roleMapping.length > 0) await ctx.provider(MappedRoles).requireGivable(ctx, roleMapping);
}

export function requireSeen(row: IdentityProviderRow, { ifMatch }: { ifMatch?: string | undefined }): void {
  if (ifMatch !== undefined && ifMatch !== String(row.version))
    throw new Problem('version-conflict', `The provider is at version ${row.version}. Read it again and apply your change to that.`);
}

export const keyTaken = (key: string): Problem =>
  new Problem('identity-provider-key-taken', `There is an identity provider with the key "${key}" already.`);
