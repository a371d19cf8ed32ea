import { queryOptions } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import type { Risk } from '#lib/types.ts';

export interface Consent {
  client: { id: string; name: string; kind: 'listed' | 'document' | 'dynamic'; uri: string | null; host: string };
  /** What the agent asks for. */
  risk: Risk;
  allowedBefore: Risk | null;
  tenants: { id: string; slug: string; name: string; allowed: boolean }[];
  remembered: boolean;
  expiresAt: string;
}
export interface Agent {
  id: string;
  name: string;
  clientId: string;
  kind: Consent['client']['kind'];
  host: string;
  risk: Risk;
  endpoint: string;
  person: { id: string; name: string };
  createdAt: string;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
}
export interface AgentClient {
  id: string;
  clientId: string;
  name: string;
  redirectUris: string[];
  createdAt: string;
}

export const consentQuery = (id: string) =>
  queryOptions({
    queryKey: ['/oauth/consent', id],
    queryFn: () => request<Consent>('POST', '/oauth/consent', { body: { request: id } }),
    staleTime: Infinity,
    retry: false,
  });

/** Where agents reach a tenant, as the installation names itself: it may be another address than that of this page. */
export const endpointQuery = (slug: string) =>
  queryOptions({
    queryKey: ['mcp endpoint', slug],
    queryFn: async (): Promise<string> => {
      const answer = await fetch(`/.well-known/oauth-protected-resource/mcp/${encodeURIComponent(slug)}`);
      return ((await answer.json()) as { resource: string }).resource;
    },
    staleTime: Infinity,
  });

/** Whether the answer goes to a program on the person's own computer, where a port or scheme may be anybody's. */
export const isOnThisComputer = (host: string): boolean => host === 'localhost' || host.endsWith(':');
