import type { Databases } from '#kernel/database.ts';
import type { Registry } from '#kernel/registry.ts';

/** Events that were announced in a database and do not fit what is said of their data, in words; each kind of misfit once. */
async function misfits({ databases, registry }: { databases: Databases; registry: Registry }): Promise<string[]> {
  const declared = [...registry.announcements].filter(([, { data }]) => data !== undefined).map(([type]) => type);
  const rows = await databases.lookUp(
    async (db) => (await db.$client.query<{ type: string; data: unknown }>('select type, data from events where type = any ($1)', [declared])).rows,
  );
  const found = rows.flatMap(({ type, data }) => {
    const parsed = registry.announcements.get(type)!.data!.safeParse(data);
    return parsed.success ? [] : [`${type}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(', ')}`];
  });
  return [...new Set(found)];
}

/** What the catalogue says of events holds for all that were announced. Throws otherwise. */
export async function requireFitting(core: { databases: Databases; registry: Registry }): Promise<void> {
  // A test may have taken the database away.
  const found = await misfits(core).catch(() => []);
  if (found.length > 0) throw new Error(`events do not fit what modules say of them:\n  ${found.join('\n  ')}`);
}
