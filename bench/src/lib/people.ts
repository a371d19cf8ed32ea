import { MODULES } from '../../../server/src/app.ts';
import { openDatabases } from '../../../server/src/kernel/database.ts';
import { createRegistry } from '../../../server/src/kernel/registry.ts';
import { seedPeople } from '../../../server/src/demo-people.ts';
import type { Bench } from './database.ts';

export interface Caller {
  tenantId: string;
  /** Of an owner of the tenant. */
  apiKey: string;
  userId: string;
}

/** Two tenants with people in them, as `npm start` makes them. */
export async function seedCaller({ url, masterKey, sql }: Bench): Promise<Caller> {
  const databases = openDatabases({ url, masterKey });
  try {
    const logins = await seedPeople({ databases, registry: createRegistry(MODULES), now: () => new Date() });
    const owner = logins.find(({ role }) => role === 'owner')!;
    const [found] = await sql<{ tenantId: string; userId: string }>(
      `select t.id as "tenantId", u.id as "userId" from tenants t, auth.users u where t.slug = $1 and u.email = $2`,
      [owner.tenant, owner.email],
    );
    return { ...found!, apiKey: owner.apiKey };
  } finally {
    await databases.close();
  }
}
