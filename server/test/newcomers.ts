import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { grants, roles } from '#modules/access/tables.ts';
import { createPerson } from '#modules/identity/people.ts';
import { joinTenant, tenantBySlug } from '#modules/tenancy/tenants.ts';
import type { App } from '../src/app.ts';

export interface Newcomer {
  email: string;
  password: string;
}

/** Two more members of acme: one without any role, and an administrator whose Scope reaches nothing that there is. */
export function newcomers({ core, iam }: Pick<App, 'core' | 'iam'>): Promise<Newcomer[]> {
  const at = core.now();
  return core.databases.platform('seed newcomers', async (db) => {
    const { id: tenantId } = (await tenantBySlug(db, 'acme'))!;
    const join = async (name: string): Promise<Newcomer & { id: string }> => {
      const login = { email: `${name}@acme.example`, password: 'orbit-tulip-canyon-42' };
      const person = await createPerson(db, iam.passwords, { ...login, name }, at);
      await joinTenant(db, tenantId, person, at);
      return { ...login, id: person.id };
    };
    const people = [await join('nobody'), await join('scoped')] as const;
    const [admin] = await db.select().from(roles).where(and(eq(roles.tenantId, tenantId), eq(roles.key, 'admin'))); // prettier-ignore
    const scope = { any: [{ type: 'nothing' }] };
    const [, { id: subjectId }] = people;
    await db.insert(grants).values({
      tenantId,
      id: newId(),
      subjectId,
      roleId: admin!.id,
      scope,
      validFrom: at,
      validUntil: null,
      reason: 'Test',
      grantedBy: subjectId,
      createdAt: at,
    });
    return [...people];
  });
}
