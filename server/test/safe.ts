import { notifications } from '#modules/notifications/index.ts';
import { secrets } from '#modules/secrets/index.ts';
import { secretAdapters } from '../src/secrets.ts';
import { cloneDatabase } from './clone.ts';
import { toldIn } from './told.ts';
import { createWorld, type Person, type WorldOptions } from './world.ts';

/** A world with secrets in it, and people who are told of things. */
export async function createSafe({ databaseUrl, modules = [], ...options }: Partial<WorldOptions> & { databaseUrl?: string } = {}) {
  const cast: Person[] = [];
  const url = databaseUrl ?? (await cloneDatabase());
  const world = await createWorld({
    ...options,
    databaseUrl: url,
    modules: [secrets, notifications, ...modules],
    adapters: (parts, people) => [...secretAdapters(parts, people, url), ...toldIn(() => cast)(parts, people)],
  });
  return {
    ...world,
    /** Somebody who reads mail. */
    as(given: Parameters<typeof world.as>[0] = {}): Person {
      const person = world.as(given);
      cast.push(person);
      return person;
    },
    /** What the tenant's own rows say. */
    sql: async <R extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> =>
      world.databases.tenant({ tenantId: world.tenants.a }, async (db) => (await db.$client.query<R>(text, values)).rows),
  };
}
export type Safe = Awaited<ReturnType<typeof createSafe>>;
