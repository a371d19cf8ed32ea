import type { ReadContext } from '#kernel/context.ts';
import { and, arrayContains, asc, desc, eq, isNotNull, isNull, sql, type SQL } from '#kernel/drizzle.ts';
import { decodeCursor, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { workflows, type WorkflowRow, type WorkflowStatus } from '../tables.ts';
import { summariesOf } from './view.ts';

interface Asked {
  q?: string | undefined;
  status?: WorkflowStatus | undefined;
  tag?: string | undefined;
  folder?: string | undefined;
  trigger?: string | undefined;
  operation?: string | undefined;
  failed?: boolean | undefined;
  deleted?: boolean | undefined;
  sort: string;
  cursor?: string | undefined;
  limit: number;
}

const ofThis = sql`tenant_id = ${workflows.tenantId} and workflow_id = ${workflows.id}`;
const lastRun = sql<
  string | null
>`(select id::text from workflow_executions where ${ofThis} and not is_test and not dry_run order by id desc limit 1)`;
const lastStatus = sql`(select status from workflow_executions where ${ofThis} and not is_test and not dry_run order by id desc limit 1)`;

const contains = (column: SQL | typeof workflows.name, text: string): SQL =>
  sql`${column} ilike ${`%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`}`;

const found = (q: string): SQL =>
  sql`(${contains(workflows.name, q)} or ${contains(sql`coalesce(${workflows.description}, '')`, q)}
    or exists (select from workflow_nodes where ${ofThis} and ${contains(sql`name`, q)}))`;

const filters = ({ q, status, tag, folder, trigger, operation, failed, deleted }: Asked): (SQL | undefined)[] => [
  deleted ? isNotNull(workflows.deletedAt) : isNull(workflows.deletedAt),
  status && eq(workflows.status, status),
  tag === undefined ? undefined : arrayContains(workflows.tags, [tag]),
  folder === undefined ? undefined : eq(workflows.folder, folder),
  trigger === undefined ? undefined : sql`exists (select from workflow_triggers where ${ofThis} and kind = ${trigger} and state <> 'retired')`,
  operation === undefined ? undefined : sql`exists (select from workflow_nodes where ${ofThis} and operation = ${operation})`,
  failed === undefined ? undefined : failed ? sql`${lastStatus} in ('failed', 'timed_out')` : sql`coalesce(${lastStatus}, '') not in ('failed', 'timed_out')`,
  q === undefined ? undefined : found(q),
]; // prettier-ignore

/** Text that sorts as the column does; what never ran comes last, or first when turned round. */
const KEYS: Record<string, SQL<string>> = {
  name: sql<string>`lower(${workflows.name})`,
  updatedAt: sql<string>`to_char(${workflows.updatedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
  lastRun: sql<string>`coalesce(${lastRun}, '')`,
};

/** A page of workflows within the caller's reach. */
export async function listWorkflows(ctx: ReadContext, asked: Asked) {
  const down = asked.sort.startsWith('-');
  const key = KEYS[asked.sort.replace('-', '')]!;
  const after = decodeCursor(asked.cursor, 2);
  const beyond = after && (down ? sql`(${key}, ${workflows.id}::text) < (${String(after[0])}, ${String(after[1])})` : sql`(${key}, ${workflows.id}::text) > (${String(after[0])}, ${String(after[1])})`);
  const reach = withinReach(ctx.reach, { type: 'workflow', id: workflows.id, environment: workflows.environment, labels: workflows.labels });
  const order = down ? desc : asc;
  const rows = await ctx.db
    .select({ row: workflows, key })
    .from(workflows)
    .where(and(eq(workflows.tenantId, ctx.tenantId), reach, ...filters(asked), beyond))
    .orderBy(order(key), order(sql`${workflows.id}::text`))
    .limit(asked.limit + 1);
  const page = toPage<{ row: WorkflowRow; key: string }, WorkflowRow>(rows, asked.limit, ({ row, key: value }) => [value, row.id], ({ row }) => row);
  return { ...page, items: await summariesOf(ctx, page.items) };
} // prettier-ignore
