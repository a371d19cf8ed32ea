import { provide, type Port } from '#kernel/port.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { upkeepOf } from '#kernel/upkeep.ts';
import { isHeld } from '#modules/audit/retention/holds.ts';
import { Vault } from '#modules/secrets/providers/port.ts';
import { Audience, Archives } from '#modules/secrets/transfer/port.ts';
import { createArchives } from '#modules/secrets/transfer/archives.ts';
import { createReferences } from '#modules/secrets/references.ts';
import { createVault, type VaultDeps } from '#modules/secrets/vault.ts';
import { OWNER } from '#modules/access/system-roles.ts';
import type { Parts, People } from './core.ts';

/** Where values are sealed, opened and logged, and the look-up by reference that other modules are given. */
export function secretAdapters(
  parts: Parts,
  people: Pick<People, 'permit' | 'rosters'>,
  databaseUrl: string,
  observe?: VaultDeps['observe'],
): readonly (readonly [Port<unknown>, unknown])[] {
  const vault = createVault({ ...parts, upkeep: upkeepOf(databaseUrl), holds: { isHeld }, permit: people.permit, observe });
  return [
    provide(Vault, vault),
    provide(SecretReferences, createReferences(vault)),
    provide(Archives, createArchives(parts)),
    provide(Audience, { owners: (db, tenantId) => people.rosters.inRole(db, tenantId, OWNER) }),
  ];
}
