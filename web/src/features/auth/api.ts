import { queryOptions } from '@tanstack/react-query';
import type { Answer } from '#lib/answers.ts';
import { request } from '#lib/api.ts';
import { seenInvitation } from './handover.ts';

export type ProviderKind = 'google' | 'github' | 'microsoft' | 'apple' | 'peeringdb' | 'oidc';
export interface Provider {
  id: string;
  kind: ProviderKind;
  name: string;
  /** A path of this site that leads to the provider. */
  startUrl: string;
}
/** How one may sign in here: in general, or with the address that was given. */
export interface Methods {
  providers: Provider[];
  password: boolean;
  passkeys: boolean;
  /** What the organisation of the address's domain uses. */
  sso: { provider: string; name: string; startUrl: string; enforced: boolean } | null;
  signup: 'open' | 'invite_only' | 'closed';
  /** `files`: the installation has no mail server, its mails are files on the server. */
  mail: 'smtp' | 'files';
}
/** What is offered while the server does not say: a password always may be tried. */
export const PLAIN: Methods = { providers: [], password: true, passkeys: false, sso: null, signup: 'closed', mail: 'smtp' };

const methods = (email: string | null, signal?: AbortSignal): Promise<Methods> =>
  request<Methods>('GET', '/auth/providers', { query: { email }, ...(signal ? { signal } : {}) });

export const methodsQuery = queryOptions({
  queryKey: ['/auth/providers'],
  queryFn: ({ signal }) => methods(null, signal),
  staleTime: 300_000,
});
/** For one address. The answer depends on its domain alone, so it tells nothing about the account. */
export const methodsFor = (email: string): Promise<Methods> => methods(email);

export type InvitationFacts = Answer<'invitations.verify'>;
/** Asked once a tab: the server counts how often a token is tried. */
async function invitationFacts(token: string): Promise<InvitationFacts> {
  const known = seenInvitation.get();
  if (known?.token === token) return known.facts;
  const facts = await request<InvitationFacts>('POST', '/invitations/verify', { body: { token }, quiet: true });
  seenInvitation.set({ token, facts });
  return facts;
}
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: () => invitationFacts(token),
    staleTime: 300_000,
    retry: false,
  });
