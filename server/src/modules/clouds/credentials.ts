import type { Context, ReadContext } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import type { Port } from '#kernel/port.ts';
import { isReference, SecretReferences, type Reference, type SecretUse } from '#kernel/secret-references.ts';

/** Fields of a connection's credential; each may be `secret://NAME` instead of what it stands for. */
export type Credential = Record<string, string> | null;

/** Who a credential is opened for, for the access log of the secrets that it names. */
export type Opener = Pick<SecretUse, 'actor' | 'operation' | 'changeId'>;

/** Work of ours by the clock, or of a Change. */
export const asSystem = (part: string, changeId: string | null): Opener => ({
  actor: { kind: 'system', id: `system:${part}`, name: `system:${part}`, ip: null },
  operation: part,
  changeId,
});
export const asCaller = ({ actor }: Pick<ReadContext, 'actor'>, operation: string, changeId: string | null = null): Opener => ({
  actor,
  operation,
  changeId,
});

interface Named {
  name: string;
  environment: string | null;
}

const anyNamed = (credential: Credential): boolean => Object.values(credential ?? {}).some(isReference);

export const referencesIn = (credential: Credential, environment: string | null): Reference[] =>
  Object.entries(credential ?? {}).map(([field, text]) => ({ pointer: `/credential/${field}`, text, environment }));

interface Place {
  db: Database;
  tenantId: string;
  provider: <T>(port: Port<T>) => T;
}

/** The credential with the values of the secrets that it names; drop it when the call is over. */
export async function withValues(
  { db, tenantId, provider }: Place,
  opener: Opener,
  credential: Credential,
  { name, environment }: Named,
): Promise<Credential> {
  if (credential === null || !anyNamed(credential)) return credential;
  const use = { ...opener, tenantId, environment, purpose: `connection "${name}"` };
  const values = await provider(SecretReferences).resolve(db, use, Object.values(credential));
  return Object.fromEntries(Object.keys(credential).map((field, at) => [field, values[at]!]));
}

/** The same for a credential that the caller gives: they must be allowed to use what it names. */
export async function triedValues(ctx: ReadContext, operation: string, credential: Credential, named: Named): Promise<Credential> {
  if (!anyNamed(credential)) return credential;
  await ctx.provider(SecretReferences).check(ctx, referencesIn(credential, named.environment));
  return withValues(ctx, asCaller(ctx, operation), credential, named);
}

const userOf = ({ id, name }: { id: string; name: string }) => ({ kind: 'cloud', id, name });

/** Does the stored credential name secrets? Its hint tells. */
export const namesSecrets = ({ credentialHint }: { credentialHint: string | null }): boolean => isReference(credentialHint ?? '');

/** Records which secrets the credential of a connection names; the caller must be allowed to use them. `named`: it did so before. */
export async function linkSecrets(ctx: Context, row: Named & { id: string }, credential: Credential, named = false): Promise<void> {
  if (!anyNamed(credential) && !named) return;
  await ctx.provider(SecretReferences).link(ctx, userOf(row), referencesIn(credential, row.environment));
}

/** Goes by another name from now on. */
export const renameUser = ({ db, tenantId, provider }: Place, row: { id: string; name: string }): Promise<void> =>
  provider(SecretReferences).rename(db, tenantId, userOf(row));

/** Forgets them: the connection is gone. */
export async function unlinkSecrets(
  { db, tenantId, provider }: Place,
  row: { id: string; name: string; credentialHint: string | null },
): Promise<void> {
  if (namesSecrets(row)) await provider(SecretReferences).unlink(db, tenantId, userOf(row));
}

/** What people see of a credential: where it comes from, or its last four characters to tell two of them apart. */
export function hintOf(credential: Credential): string | null {
  const fields = Object.values(credential ?? {});
  const named = fields.find(isReference);
  return named ?? (fields.length > 0 ? `…${fields.at(-1)!.slice(-4)}` : null);
}
