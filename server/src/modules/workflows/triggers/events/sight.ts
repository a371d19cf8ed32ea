import type { Actor } from '#kernel/context.ts';
import { isUuid, type Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { executions } from '../../engine/tables.ts';
import type { Surroundings } from '../../surroundings.ts';
import { workflows } from '../../tables.ts';

interface Happened {
  type: string;
  data: unknown;
}
type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {});
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const idOf = (value: unknown): string | undefined => (typeof value === 'string' && isUuid(value) ? value : undefined);

/** What workflows say is for whoever may read them: nothing else is about it. */
const SAID = /^(custom|alert|heartbeat)\./;
const OF_WORKFLOWS = /^(workflow|execution|custom|alert|heartbeat)\./;
/** The type by whose rights an event is heard. */
export const heardAs = (type: string): string => (SAID.test(type) ? 'workflow.said' : type);

/** The workflow that an event is about, in the environment of the execution that it names. */
async function workflowOf(db: Database, tenantId: string, data: Fields): Promise<Target> {
  const source = fieldsOf(data['source']);
  const [workflowId, executionId] = (['workflowId', 'executionId'] as const).map((name) => idOf(data[name]) ?? idOf(source[name]));
  const [row] = workflowId === undefined ? [] : await db.select().from(workflows).where(and(eq(workflows.tenantId, tenantId), eq(workflows.id, workflowId)));
  if (!row) return { type: 'workflow', id: workflowId ?? '' };
  const ran = and(eq(executions.tenantId, tenantId), eq(executions.id, executionId ?? row.id));
  const [run] = executionId === undefined ? [] : await db.select({ environment: executions.environment }).from(executions).where(ran);
  return { type: 'workflow', id: row.id, name: row.name, environment: run ? run.environment : row.environment, labels: row.labels };
} // prettier-ignore

/** What an event is about as far as it says; what it does not say is covered by the whole tenant only. */
function aboutOf({ type, data }: Happened): Target {
  const [resource = ''] = type.split('.');
  const fields = fieldsOf(data);
  const labels = Object.entries(fieldsOf(fields['labels'])).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const id = textOf(fields[`${resource}Id`]) ?? textOf(fields['id']) ?? '';
  return { type: resource, id, environment: textOf(fields['environment']), labels: Object.fromEntries(labels) };
}

/**
 * Whether somebody may read what an event is about: nobody learns by listening what they could not have read (workflows.md 8.5). Rights
 * are those of now.
 */
export async function mayHear(
  { hearing }: Pick<Surroundings, 'hearing'>,
  { db, tenantId }: { db: Database; tenantId: string },
  actor: Actor,
  event: Happened,
): Promise<boolean> {
  const reach = await hearing(db, actor, heardAs(event.type));
  if (reach.length === 0) return false;
  if (reach.some(({ scope }) => 'all' in scope)) return true;
  const target = OF_WORKFLOWS.test(event.type) ? await workflowOf(db, tenantId, fieldsOf(event.data)) : aboutOf(event);
  return coveringGrant(reach, [target]) !== undefined;
}
