import type { Databases, Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import type { Risk } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Holder } from './holders.ts';
import type { Memberships } from './providers/port.ts';
import { users } from './tables.ts';

/** What a live access token of an agent says; module oauth answers. */
export interface AgentGrant {
  grantId: string;
  userId: string;
  tenantId: string;
  clientId: string;
  clientName: string;
  risk: Risk;
  /** Address of the endpoint that it was made for. */
  audience: string;
  endsAt: Date;
  /** When the person last proved in the browser, for this agent, who they are. */
  provenAt: Date | null;
}
export interface AgentTokens {
  /** Undefined for a token that is unknown, over or revoked. Runs as the platform. */
  find: (db: Database, hash: string, from: { at: Date; ip: string | null }) => Promise<AgentGrant | undefined>;
}

const NEVER = new Date(0);

/** How an agent is called wherever people read who did something. */
export const agentName = (person: string, client: string): string => `${person} via ${client}`;

/** The person behind an agent's token, in the one tenant that they connected it to. Throws `unauthenticated` or `account-suspended`. */
export async function agentHolder(
  { databases, agents, memberships }: { databases: Databases; agents?: AgentTokens | undefined; memberships: Memberships },
  hash: string,
  from: { at: Date; ip: string | null },
): Promise<Holder> {
  return databases.lookUp(async (db) => {
    const grant = await agents?.find(db, hash, from);
    if (!grant) throw new Problem('unauthenticated', 'The token is not known here, is over, or its access was ended. Connect the agent again.');
    const [person] = await db.select().from(users).where(eq(users.id, grant.userId));
    if (person?.status !== 'active') throw new Problem('account-suspended', 'The account behind this agent is suspended.');
    const { tenantId, clientId, clientName: name, risk, audience, endsAt, provenAt } = grant;
    return {
      kind: 'agent',
      credentialId: grant.grantId,
      userId: person.id,
      name: agentName(person.name, name),
      email: person.email,
      tenantId,
      memberships: (await memberships.of(db, person.id)).filter((one) => one.tenantId === tenantId),
      permissionCap: null,
      bounds: { agent: { clientId, name }, riskCap: risk },
      audience,
      endsAt,
      whenOver: () => new Problem('unauthenticated', 'The access token is over. Get the next one with the refresh token.'),
      // An agent proves nothing itself: its person does, in the browser.
      proof: { at: provenAt ?? NEVER, level: 2, factors: ['browser'] },
      limitedIn: [],
    };
  });
}
