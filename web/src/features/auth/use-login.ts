import { useEffect, useRef, useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { SignInAnswer } from '#lib/session.ts';
import { methodsFor, PLAIN } from './api.ts';
import { typedAddress } from './handover.ts';
import { isAddress, nextFor, type Next } from './methods.ts';
import { useRetryAfter } from './refusal.tsx';
import { startOf } from './social-buttons.tsx';

export interface LoginProps {
  returnTo: string | null;
  error: unknown;
  onError: (error: unknown) => void;
  onAnswer: (answer: SignInAnswer) => Promise<void>;
  onRemember: (wanted: boolean) => void;
}

/** Managers fill fields without telling React, so values are read from the form. */
const textIn = (form: HTMLFormElement, field: string): string => {
  const value = new FormData(form).get(field);
  return typeof value === 'string' ? value : '';
};
const addressFault = (email: string): string | undefined =>
  email === '' ? t('auth.address.missing') : isAddress(email) ? undefined : t('auth.address.invalid');

const login = (email: string, password: string, rememberMe: boolean): Promise<SignInAnswer> =>
  request<SignInAnswer>('POST', '/auth/login', { body: { email, password, rememberMe, tokenType: 'cookie' } });

/** The two steps of signing in: an address, and then what its organisation uses. */
export function useLogin({ returnTo, error, onError, onAnswer, onRemember }: LoginProps) {
  const form = useRef<HTMLFormElement>(null);
  const [next, setNext] = useState<Next | null>(null);
  const [email, setEmail] = useState('');
  const [fault, setFault] = useState<{ email?: string | undefined; password?: string }>({});
  const [busy, setBusy] = useState(false);
  const [remember, setRemember] = useState(false);
  const wait = useRetryAfter(error);
  const asksPassword = next?.kind === 'password';
  const focus = (name: string) => form.current?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.focus();
  useEffect(() => {
    if (asksPassword) form.current?.querySelector<HTMLInputElement>('[name="password"]')?.focus();
  }, [asksPassword]);

  const signIn = async (address: string, password: string): Promise<void> => onAnswer(await login(address, password, remember));
  const submitAddress = async (): Promise<void> => {
    const address = textIn(form.current!, 'username').trim();
    const wrong = addressFault(address);
    setFault({ email: wrong });
    if (wrong) return focus('username');
    typedAddress.set(address);
    // A server that cannot tell the methods may still take a password.
    const found = nextFor(await methodsFor(address).catch(() => PLAIN));
    setEmail(address);
    setNext(found);
    if (found.kind === 'sso') location.assign(startOf(found.startUrl, { returnTo, purpose: 'login' }));
  };
  const refused = (cause: unknown): void => {
    onError(cause);
    focus('password');
  };
  const submitPassword = async (): Promise<void> => {
    const password = textIn(form.current!, 'password');
    setFault(password ? {} : { password: t('auth.password.missing') });
    if (!password) return focus('password');
    await signIn(email, password);
  };
  return {
    form,
    next,
    email,
    fault,
    busy,
    wait,
    asksPassword,
    remember,
    setRemember: (wanted: boolean) => void (setRemember(wanted), onRemember(wanted)),
    submit: () => {
      if (busy || wait) return;
      onError(null);
      setBusy(true);
      const over = (): void => setBusy(false);
      void (asksPassword ? submitPassword() : submitAddress()).then(over, (cause: unknown) => (over(), refused(cause)));
    },
    change: () => {
      setNext(null);
      onError(null);
      // The field is back only after the next paint.
      requestAnimationFrame(() => focus('username'));
    },
  };
}
