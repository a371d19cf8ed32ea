import type { SecondFactorAsked } from '#lib/session.ts';
import type { InvitationFacts } from './api.ts';

/** What one page around signing in leaves for the next. In the tab's own storage: it survives a reload, not the tab, and is in no address. */
const store = <T>(name: string) => {
  const key = `switchyard.${name}`;
  return {
    get(): T | null {
      try {
        return JSON.parse(sessionStorage.getItem(key) ?? 'null') as T | null;
      } catch {
        return null;
      }
    },
    set: (value: T): void => sessionStorage.setItem(key, JSON.stringify(value)),
    clear: (): void => sessionStorage.removeItem(key),
  };
};

/** The address last typed, so that nobody types it twice. */
export const typedAddress = store<string>('address');
/** The token of an invitation that waits for its person to sign in or up. */
export const openInvitation = store<string>('invitation');
/** What it offers, as it was read with its token. */
export const seenInvitation = store<{ token: string; facts: InvitationFacts }>('invitation.seen');
/** The second factor that was asked for, and where to go after it. */
export const openChallenge = store<Omit<SecondFactorAsked, 'status'> & { returnTo: string | null }>('challenge');
