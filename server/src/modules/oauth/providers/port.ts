import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import type { AnyOperation, Risk } from '#kernel/operation.ts';
import { definePort } from '#kernel/port.ts';

export interface TenantRef {
  id: string;
  slug: string;
  name: string;
}
export type ClientKind = 'listed' | 'document' | 'dynamic';

/** A program that asks, as far as it is known. */
export interface Client {
  clientId: string;
  name: string;
  kind: ClientKind;
  uri: string | null;
  redirectUris: readonly string[];
  /** The one tenant that it was entered for; null for all. */
  tenantId: string | null;
}

/** An authorization request (RFC 6749, 4.1.1) as it comes from a browser; nothing of it is trusted. */
export interface Asked {
  responseType?: string | undefined;
  clientId?: string | undefined;
  redirectUri?: string | undefined;
  scope?: string | undefined;
  state?: string | undefined;
  challenge?: string | undefined;
  challengeMethod?: string | undefined;
  resource?: string | undefined;
}

/** What the person in front of the browser is asked. */
export interface Consent {
  client: { id: string; name: string; kind: ClientKind; uri: string | null; host: string };
  /** What it asks for: clients begin with the least, so the person may say more, as well as less. */
  risk: Risk;
  /** What the person allowed it there before. */
  allowedBefore: Risk | null;
  /** Tenants that the agent could be connected to: the one that it asks for, or all of the person's. */
  tenants: (TenantRef & { allowed: boolean })[];
  /** The same was allowed before, and whoever gets the answer is proven to be the same: no need to ask again. */
  remembered: boolean;
  expiresAt: Date;
}

export interface Issued {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
  risk: Risk;
}

/** Whom and what an answer of the token endpoint concerns, for the audit trail. */
export interface Concerned {
  grantId: string;
  userId: string;
  tenantId: string;
  clientId: string;
  clientName: string;
}

export interface AgentRecord {
  id: string;
  clientId: string;
  name: string;
  kind: ClientKind;
  host: string;
  risk: Risk;
  endpoint: string;
  person: { id: string; name: string };
  createdAt: Date;
  lastUsedAt: Date | null;
  lastUsedIp: string | null;
}

export interface ListedClient {
  id: string;
  clientId: string;
  name: string;
  redirectUris: readonly string[];
  createdAt: Date;
}

/** Our OAuth 2.1 authorization server, for agents: transactions of its own, since nobody's tenant is known in most of it. */
export interface Authorization {
  /** Where the browser goes: the page that asks, or back to the program with an error. Throws `oauth-invalid-client` or `oauth-invalid-redirect-uri`, of which nothing is sent anywhere. */
  begin: (asked: Asked) => Promise<{ location: string }>;
  /** Throws `consent-over`. */
  consent: (request: string, userId: string) => Promise<Consent>;
  /** Answers where the browser goes with the code. Throws `consent-over`, `agent-not-allowed` or `oauth-invalid-target`. */
  approve: (request: string, by: { userId: string; tenant: TenantRef; risk: Risk }) => Promise<{ location: string; agent: AgentRecord }>;
  deny: (request: string) => Promise<{ location: string }>;
  /** Throws `oauth-invalid-grant`; `concerned` is told before, whatever becomes of it. */
  exchange: (wanted: { code: string; clientId: string; redirectUri: string; verifier: string; resource: string | undefined }) => Promise<Issued & { concerned: Concerned }>; // prettier-ignore
  refresh: (wanted: { token: string; clientId: string; scope: string | undefined; resource: string | undefined }) => Promise<Issued & { concerned: Concerned }>; // prettier-ignore
  /** RFC 7009: what is not known is over already. */
  revoke: (token: string, clientId: string) => Promise<Concerned | undefined>;
  /** RFC 7591. Throws `oauth-registration-closed`, `oauth-invalid-client-metadata` or `oauth-invalid-redirect-uri`. */
  register: (metadata: Record<string, unknown>) => Promise<Client & { createdAt: Date }>;
  /** Undefined when there is no such live agent in the tenant. */
  agent: (tenantId: string, id: string) => Promise<AgentRecord | undefined>;
  /** Connected agents of one person in a tenant, or of all; the 500 that were allowed last. */
  agents: (tenantId: string, userId?: string) => Promise<AgentRecord[]>;
  /** False when there is no such live agent. */
  disconnect: (tenantId: string, id: string) => Promise<boolean>;
  /** The person has proven who they are, for this agent. */
  prove: (tenantId: string, id: string, userId: string) => Promise<boolean>;
  listed: (tenantId: string) => Promise<ListedClient[]>;
  enter: (tenantId: string, wanted: { name: string; clientId: string | undefined; redirectUris: string[]; by: string }) => Promise<ListedClient>;
  remove: (tenantId: string, id: string) => Promise<boolean>;
}
export const Authorization = definePort<Authorization>('oauth.authorization');

/** What an actor may call, and how it is described to agents: the registry and the Gate's fourth step answer. */
export interface Offered {
  operations: (db: Database, actor: Actor) => Promise<AnyOperation[]>;
  describe: (operation: AnyOperation) => Record<string, unknown>;
  /** May the actor do this over the whole tenant? */
  holds: (db: Database, actor: Actor, permission: string) => Promise<boolean>;
}
export const Offered = definePort<Offered>('oauth.offered');
