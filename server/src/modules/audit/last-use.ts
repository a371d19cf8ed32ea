import type { Database } from '#kernel/database.ts';
import { sql } from '#kernel/drizzle.ts';
import { idAt } from '#kernel/ids.ts';

/** When each grant last let a call of these people through since a moment, and for which permissions: the adapter of module access for its Usage. */
export async function usageOf(db: Database, tenantId: string, subjectIds: readonly string[], since: Date): Promise<Map<string, { at: Date; permissions: string[] }>> {
  const { rows } = await db.execute<{ grant: string; at: string; permissions: string[] }>(sql`
    select e.grant_id as "grant", max(e.at) as "at", array_agg(distinct e.permission) as "permissions" from audit_entries e
    where e.tenant_id = ${tenantId} and e.actor_id = any(${sql.param(subjectIds)}::text[]) and e.at >= ${since} and e.id >= ${idAt(since)}::uuid
      and e.grant_id is not null and e.result in ('success', 'pending') group by e.grant_id`);
  return new Map(rows.map(({ grant, at, permissions }) => [grant, { at: new Date(at), permissions }]));
} // prettier-ignore
