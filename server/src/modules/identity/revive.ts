import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/context.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import type { Risk } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { agentName } from './agent-tokens.ts';
import type { Memberships } from './providers/port.ts';
import { isAnsweredFor } from './keys/answering.ts';
import { serviceAccounts } from './keys/tables.ts';
import { apiKeys, users } from './tables.ts';

/**
 * The stored requester of a Change as they are now. A session may have ended meanwhile, that ends nothing; but the person, the
 * membership and the API key that asked must still be good, and the key's cap counts as it is today; the same goes for everybody whose
 * rights bound theirs. Throws `unauthenticated`.
 */
export function createRevive(deps: ReviveDeps): (actor: Actor) => Promise<Actor> {
  const one = reviveOne(deps);
  return async ({ within, ...actor }) => {
    const now = await one(actor);
    if (!within) return now;
    const bounds: Actor[] = [];
    for (const bound of within) bounds.push(await one(bound));
    return { ...now, within: bounds };
  };
}

interface ReviveDeps {
  databases: Databases;
  memberships: Memberships;
  now: Clock;
  agents?: AgentGrants | undefined;
}

const reviveOne =
  ({ databases, memberships, now, agents }: ReviveDeps) =>
  async (actor: Actor): Promise<Actor> => {
    if (actor.kind === 'system') return actor;
    if (actor.kind === 'anonymous') throw gone('Nobody signed in asked for this.');
    return databases.platform('revive requester', async (db) => {
      const [person] = await db.select().from(users).where(eq(users.id, actor.id));
      if (person?.status !== 'active') throw gone(`The account of ${actor.name} is no longer active.`);
      const membership = (await memberships.of(db, actor.id)).find((one) => one.tenantId === actor.tenantId);
      if (!membership) throw gone(`${actor.name} is no longer an active member of this tenant.`);
      const current = { ...actor, name: person.name, email: person.email, tenantSlug: membership.slug };
      if (actor.kind === 'agent') return asAgent(db, agents, { ...current, name: agentName(person.name, actor.agent?.name ?? 'an agent') });
      if (actor.kind !== 'apiKey') return current;
      return asKey(db, memberships, current, now());
    });
  };

/** Whether the person's consent for an agent still holds, and how far it goes now. */
export interface AgentGrants {
  risk: (db: Database, grantId: string) => Promise<Risk | undefined>;
}

async function asAgent(db: Database, agents: AgentGrants | undefined, actor: Actor): Promise<Actor> {
  const riskCap = await agents?.risk(db, actor.credentialId ?? '');
  if (riskCap === undefined) throw gone(`The access of ${actor.agent?.name ?? 'the agent'} that asked for this was ended.`);
  return { ...actor, riskCap };
}

async function asKey(db: Database, memberships: Memberships, actor: Actor, at: Date): Promise<Actor> {
  const [key] = await db.select().from(apiKeys).where(eq(apiKeys.id, actor.credentialId!));
  if (!key || key.revokedAt || key.expiresAt <= at || key.userId !== actor.id)
    throw gone(`The API key that ${actor.name} used was revoked or has expired.`);
  await requireAnswered(db, memberships, actor);
  const { scopeCap: _, ...unlimited } = actor;
  return { ...unlimited, permissionCap: key.permissions, ...(key.scope ? { scopeCap: key.scope } : {}) };
}

/** Whoever answered when it asked stays on record; but somebody must answer for a service account now too. */
async function requireAnswered(db: Database, memberships: Memberships, { id, ownerId, tenantId, name }: Actor): Promise<void> {
  if (ownerId === undefined) return;
  const [account] = await db.select().from(serviceAccounts).where(eq(serviceAccounts.id, id));
  if (!(await isAnsweredFor(db, memberships, tenantId, account?.ownerId ?? null))) throw gone(`Nobody who is an active member answers for ${name}.`);
}

const gone = (detail: string): Problem => new Problem('unauthenticated', detail);
