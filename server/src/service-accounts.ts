import { and, eq } from '#kernel/drizzle.ts';
import { adapters, provide, providerOf, type Port } from '#kernel/port.ts';
import { Surroundings } from '#modules/access/providers/port.ts';
import type { Memberships } from '#modules/identity/providers/port.ts';
import { keyAdapters } from '#modules/identity/keys/wire.ts';
import { Site } from '#modules/tenancy/providers/port.ts';
import { members, memberships as rows, tenants } from '#modules/tenancy/tables.ts';
import { joinTenant } from '#modules/tenancy/tenants.ts';
import type { Parts } from './core.ts';

/** API keys and service accounts: what identity needs of tenancy to make a machine a member. */
export const keyParts = (parts: Parts, memberships: Pick<Memberships, 'of'>): readonly (readonly [Port<unknown>, unknown])[] =>
  keyAdapters({
    ...parts,
    memberships,
    members: {
      join: (db, tenantId, who, at) => joinTenant(db, tenantId, who, at),
      rename: async (db, tenantId, id, name) =>
        void (await db
          .update(members)
          .set({ name })
          .where(and(eq(members.tenantId, tenantId), eq(members.id, id)))),
      leave: async (db, tenantId, id) => {
        await db.delete(members).where(and(eq(members.tenantId, tenantId), eq(members.id, id)));
        await db.delete(rows).where(and(eq(rows.tenantId, tenantId), eq(rows.userId, id)));
      },
    },
  });

type Provided = readonly (readonly [Port<unknown>, unknown])[];

/** What mails of module access say about the tenant and where it is. */
export const surroundings = (tenancy: Provided): readonly [Port<unknown>, unknown] =>
  provide(Surroundings, {
    async describe(db, tenantId) {
      const [row] = await db.select({ name: tenants.name }).from(tenants).where(eq(tenants.tenantId, tenantId));
      return { tenant: row?.name ?? '', link: `${providerOf(adapters(...tenancy))(Site).publicUrl}/dashboard` };
    },
  });
