import { enrolmentOnly, meQuery, safeReturn, type SignInAnswer } from '#lib/session.ts';
import { queryClient } from '#lib/query.ts';
import { applyPreferences, preferencesQuery } from '#lib/preferences.ts';
import type { Me } from '#lib/types.ts';
import { openChallenge, openInvitation } from './handover.ts';

export interface Circumstances {
  me: Pick<Me, 'tenant' | 'tenants'>;
  /** Where the person was going before. */
  returnTo: string | null;
  invited: boolean;
  landingPage: string | null;
}
const withReturn = (page: string, returnTo: string | null): string => (returnTo ? `${page}?${new URLSearchParams({ returnTo }).toString()}` : page);

/** The page after signing in. An invitation comes before choosing a tenant: it may be the person's first. */
export function destination({ me, returnTo, invited, landingPage }: Circumstances): string {
  const wanted = returnTo === null || safeReturn(returnTo) === '/' ? null : safeReturn(returnTo);
  if (invited || wanted?.startsWith('/invitations/')) return '/invitations/accept';
  if (me.tenant) return wanted ?? safeReturn(landingPage);
  return me.tenants.length === 0 ? '/onboarding/create-organization' : withReturn('/select-organization', wanted);
}

/** What follows an answer of any way of signing in: the second factor, or the page to go to. Answers a path of this site. */
export async function arrive(answer: SignInAnswer, returnTo: string | null): Promise<string> {
  if (answer.status === 'mfa-required') {
    const { challengeId, factors, expiresAt } = answer;
    openChallenge.set({ challengeId, factors, expiresAt, returnTo });
    return '/auth/mfa-challenge';
  }
  openChallenge.clear();
  enrolmentOnly.set(false);
  // Nothing that someone else read in this tab may be seen now.
  queryClient.clear();
  const [me, preferences] = await Promise.all([
    queryClient.fetchQuery(meQuery),
    // Nobody is kept outside because their taste in colours cannot be read.
    queryClient.fetchQuery(preferencesQuery).catch(() => null),
  ]);
  if (preferences) await applyPreferences(preferences);
  return destination({ me, returnTo, invited: openInvitation.get() !== null, landingPage: preferences?.landingPage ?? null });
}
