import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import type { PolicyFacts, Requirement, Group } from '#kernel/gate-steps.ts';
import { isUuid, type Database } from '#kernel/database.ts';
import { executions } from '../engine/tables.ts';
import type { Agreements } from '../people.ts';

const Who = z.union([
  z.object({ role: z.string().max(100) }),
  z.object({ team: z.string().max(100) }),
  z.object({ users: z.array(z.string().max(200)).min(1).max(50) }),
]);

/** What a node asks people to agree to. */
export const Asked = z.object({
  id: z.uuid().meta({ title: 'Workflow' }),
  executionId: z.uuid().meta({ title: 'Execution' }),
  nodeId: z.uuid().meta({ title: 'Node' }),
  path: z.string().max(200).default('').meta({ title: 'Iteration' }),
  title: z.string().min(1).max(200).meta({ title: 'What is asked' }),
  body: z.string().max(10_000).optional().meta({ title: 'Why' }),
  attachments: z.json().optional().meta({ title: 'What it is about' }),
  groups: z.array(Who).max(25).default([]).meta({ title: 'Who decides' }),
  minApprovals: z.int().min(1).max(20).default(1).meta({ title: 'How many' }),
  expiresInSeconds: z.int().min(1).max(7_776_000).default(86_400).meta({ title: 'Expires after' }),
  escalate: z
    .object({ afterSeconds: z.int().min(1), role: z.string().max(100) })
    .optional()
    .meta({ title: 'Turn to others' }),
});
export type Asked = z.output<typeof Asked>;

/** Operations whose Change only waits for people: of the node Approval, and of agents. */
export const ASKING: readonly string[] = ['workflows.ask', 'agentRequests.ask'];

const RULE = 'built-in/workflow-approval';

/** Who began the execution, when that is somebody else than whose rights it has. */
async function starterOf(db: Database, { tenantId, id, ownerId }: PolicyFacts['actor'], executionId: string): Promise<string | undefined> {
  const mine = and(eq(executions.tenantId, tenantId), eq(executions.id, executionId));
  const [row] = await db.select({ by: executions.startedById }).from(executions).where(mine);
  return row && row.by !== id && row.by !== ownerId && isUuid(row.by) ? row.by : undefined;
}

/**
 * The agreement that an approval node needs, beside what the tenant's own rules ask for. Whoever asks is barred by separation of duties;
 * whoever began the execution is left out by name, since it is the account of the workflow that asks.
 */
export async function requirementFor(db: Database, { actor, input, targets }: Pick<PolicyFacts, 'actor' | 'input' | 'targets'>, { people, members }: Agreements): Promise<Requirement> {
  const asked = Asked.parse(input);
  const { tenantId } = actor;
  const named: Group[] = [];
  for (const who of asked.groups) named.push('users' in who ? { users: await people(db, tenantId, who.users) } : who);
  const starter = await starterOf(db, actor, asked.executionId);
  const everybody = async (): Promise<Group> => ({ users: (await members(db, tenantId, named, targets)).filter((id) => id !== starter) });
  const who = named.length > 1 || starter !== undefined ? await everybody() : (named[0] ?? ('scopeApprovers' as const));
  const { minApprovals: count, expiresInSeconds, escalate } = asked;
  const sla = escalate && { dueInSeconds: escalate.afterSeconds, backup: { role: escalate.role }, widenEligibility: true };
  return { rule: RULE, text: asked.title, need: { who, count }, distinct: true, expiresInSeconds, ...(sla ? { sla } : {}) };
} // prettier-ignore
