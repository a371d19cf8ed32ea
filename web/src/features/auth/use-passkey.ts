import { useEffect, useRef, useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import {
  canSuggest,
  isGivenUp,
  stopSuggesting,
  suggestPasskeys,
  signWithPasskey,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '#lib/passkey.ts';
import { Problem } from '#lib/problem.ts';
import type { SignInAnswer } from '#lib/session.ts';

interface Asked {
  challengeId: string;
  options: PublicKeyCredentialRequestOptionsJSON;
}
const ask = (): Promise<Asked> => request<Asked>('POST', '/auth/passkey/options', { body: {} });
const answer = (challengeId: string, response: AuthenticationResponseJSON, rememberMe: boolean): Promise<SignInAnswer> =>
  request<SignInAnswer>('POST', '/auth/passkey/login', { body: { challengeId, response, rememberMe, tokenType: 'cookie' } });

/** The browser's own words about keys help nobody. */
const failure = (error: unknown): unknown => (error instanceof Problem ? error : new Error(t('login.passkey.failed')));

export interface PasskeySignIn {
  enabled: boolean;
  rememberMe: () => boolean;
  onAnswer: (answer: SignInAnswer) => Promise<void>;
  onError: (error: unknown) => void;
}
/** Signing in with a passkey: by its button, and from the suggestions of the address field where browsers have them. */
export function usePasskeySignIn({ enabled, ...rest }: PasskeySignIn): { busy: boolean; start: () => void } {
  const [busy, setBusy] = useState(false);
  const latest = useRef(rest);
  latest.current = rest;

  useEffect(() => {
    if (!enabled) return;
    let gone = false;
    const offer = async () => {
      if (!(await canSuggest()) || gone) return;
      const { challengeId, options } = await ask();
      if (gone) return;
      const response = await suggestPasskeys(options);
      await latest.current.onAnswer(await answer(challengeId, response, latest.current.rememberMe()));
    };
    // Nobody asked for it yet, so only a refusal of a key that was picked is worth a word.
    offer().catch((error: unknown) => !gone && error instanceof Problem && error.status !== 429 && latest.current.onError(error));
    return () => {
      gone = true;
      void stopSuggesting();
    };
  }, [enabled]);

  const start = () => {
    setBusy(true);
    const sign = async () => {
      const { challengeId, options } = await ask();
      // Begins a ceremony of its own, which ends the one of the suggestions.
      const response = await signWithPasskey(options);
      await latest.current.onAnswer(await answer(challengeId, response, latest.current.rememberMe()));
    };
    sign()
      .catch((error: unknown) => !isGivenUp(error) && latest.current.onError(failure(error)))
      .finally(() => setBusy(false));
  };
  return { busy, start };
}
