import { createCache } from '#kernel/cache.ts';
import type { Config } from '#kernel/config.ts';
import { eq } from '#kernel/drizzle.ts';
import type { Steps } from '#kernel/gate.ts';
import { appendEvents } from '#kernel/events.ts';
import { permitted } from '#kernel/gate-check.ts';
import { provide, type Port } from '#kernel/port.ts';
import { addressFault } from '#kernel/outbound.ts';
import type { AgentTokens } from '#modules/identity/agent-tokens.ts';
import { createOutgoing } from '#modules/identity/federation/outgoing.ts';
import type { Memberships } from '#modules/identity/providers/port.ts';
import type { AgentGrants } from '#modules/identity/revive.ts';
import { CREDENTIALS_TOPIC } from '#modules/identity/steps.ts';
import { createAuthorization } from '#modules/oauth/authorization.ts';
import type { OAuthDeps } from '#modules/oauth/deps.ts';
import { Authorization, Offered, type Concerned } from '#modules/oauth/providers/port.ts';
import { findAgent, riskOfGrant } from '#modules/oauth/tokens.ts';
import { settingsOf } from '#modules/tenancy/settings/schema.ts';
import { tenantSettings } from '#modules/tenancy/tables.ts';
import type { AgentRules } from '#surfaces/mcp/rules.ts';
import { isTool } from '#kernel/agent-tools.ts';
import { toolOf } from '#surfaces/mcp/tools.ts';
import type { Parts } from './core.ts';
import { publishedIn } from './published.ts';

export interface AgentOptions extends Partial<Pick<OAuthDeps, 'publicUrl' | 'registration' | 'fetchDocument'>> {
  /** A laboratory: metadata documents of programs may be at private addresses. */
  allowPrivateTargets?: boolean;
}

export const agentOptions = ({ publicUrl, port, oauthRegistration, allowPrivateTargets }: Config): AgentOptions => ({
  publicUrl: publicUrl ?? `http://localhost:${port}`,
  registration: oauthRegistration,
  allowPrivateTargets,
});

interface Needs {
  memberships: Memberships;
  permit: Steps['permit'];
  holds: Offered['holds'];
}

export interface AgentParts {
  tokens: AgentTokens;
  grants: AgentGrants;
  /** What a tenant asks of agents, remembered for five seconds. */
  rulesFor: (tenantId: string) => Promise<AgentRules>;
  adapters: readonly (readonly [Port<unknown>, unknown])[];
}

const REMEMBERED_MS = 5_000;

/** Something was presented twice: it may have been stolen, so the tenant is told. */
const tellReuse =
  ({ databases, log }: Parts) =>
  ({ tenantId, grantId, userId, clientName }: Concerned): void => {
    const data = { agentId: grantId, userId, name: clientName };
    databases
      .tenant({ tenantId, actorId: 'system:agents' }, (db) => appendEvents(db, tenantId, [{ type: 'agent.reused', data }], null))
      .catch((err: unknown) => log.error({ err }, 'the reuse of an agent’s token could not be announced'));
  };

/** Agents: the authorization server, their tokens for the Gate's first step, and what tenants ask of them. */
export function agentParts(parts: Parts, { memberships, permit, holds }: Needs, options: AgentOptions = {}): AgentParts {
  const { databases, live, now, registry } = parts;
  const { publicUrl = 'http://localhost:8420', registration = 'closed', allowPrivateTargets = false } = options;
  const fetchDocument = options.fetchDocument ?? createOutgoing({ addressFault, allowPrivateTargets })('tenant');
  const rules = createCache<AgentRules>({ ttlMs: REMEMBERED_MS, max: 5_000, now });
  const published = publishedIn(parts, permit);
  const authorization = createAuthorization({
    databases,
    now,
    live,
    publicUrl: new URL(publicUrl).origin,
    registration,
    fetchDocument: (url) => fetchDocument(url),
    tenantsOf: async (db, userId) =>
      (await memberships.of(db, userId)).map(({ tenantId: id, slug, name, agentClients: clients }) => ({ id, slug, name, clients })),
    ended: () => live.publish(CREDENTIALS_TOPIC),
    reused: tellReuse(parts),
  });
  return {
    tokens: { find: findAgent },
    grants: { risk: riskOfGrant },
    rulesFor: (tenantId) =>
      rules.read(tenantId, async () => {
        const [row] = await databases.lookUp((db) =>
          db.select({ value: tenantSettings.value }).from(tenantSettings).where(eq(tenantSettings.tenantId, tenantId)),
        );
        const { decisions, tools, favourites } = settingsOf(row?.value).agents;
        return { decisions, tools, favourites };
      }),
    adapters: [
      provide(Authorization, authorization),
      provide(Offered, {
        operations: async (db, actor) => {
          const found = [];
          for (const operation of registry.operations.values())
            if (isTool(operation) && (await permitted({ permit }, db, actor, operation))) found.push(operation);
          return [...found, ...((await published?.offered(db, actor)) ?? [])];
        },
        describe: (operation) => {
          const { name: tool, title: _, ...described } = toolOf(operation);
          return { tool, ...described };
        },
        holds,
      }),
    ],
  };
}
