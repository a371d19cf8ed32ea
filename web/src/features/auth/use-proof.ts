import { useState, type RefObject } from 'react';
import { useCountdown } from '#lib/countdown.ts';
import { t } from '#lib/i18n.ts';
import { isGivenUp, signWithPasskey, type PublicKeyCredentialRequestOptionsJSON } from '#lib/passkey.ts';
import { Problem } from '#lib/problem.ts';
import { backupCode, triesLeft, type Proof, type ProofFactor } from './proof.ts';
import { useRetryAfter } from './refusal.tsx';

export interface ProofSource {
  factors: readonly ProofFactor[];
  prove: (proof: Proof) => Promise<void>;
  /** What the passkey has to sign. */
  passkeyOptions: () => Promise<PublicKeyCredentialRequestOptionsJSON>;
  /** Has the text message sent; seconds until it may be sent again. */
  sendSms: () => Promise<{ resendAfterSeconds?: number }>;
}

/** The proof that was typed, or what is missing of it. */
function proofOf(factor: Exclude<ProofFactor, 'webauthn'>, typed: string): Proof | string {
  if (factor === 'password') return typed ? { factor, password: typed } : t('auth.password.missing');
  if (factor === 'backup') return backupCode(typed) ? { factor, code: backupCode(typed) } : t('challenge.backup.missing');
  return /^\d{6}$/.test(typed) ? { factor, code: typed } : t('auth.code.missing');
}

const wrongText = (left: number | null): string =>
  left === null ? t('challenge.wrong') : `${t('challenge.wrong')} ${t('challenge.triesLeft', { count: left })}`;

/** One of several proofs on its way: which, what is typed, what the server said. */
export function useProof({ factors, prove, passkeyOptions, sendSms }: ProofSource, form: RefObject<HTMLFormElement | null>) {
  const [factor, setFactor] = useState<ProofFactor>(factors[0] ?? 'totp');
  const [text, setText] = useState('');
  const [missing, setMissing] = useState<string | undefined>();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(false);
  const [resend, startResend] = useCountdown();
  const wait = useRetryAfter(error);
  const toField = () => form.current?.querySelector('input')?.focus();

  const failed = (cause: unknown): void => {
    if (isGivenUp(cause)) return;
    setError(cause instanceof Problem ? cause : new Error(t('login.passkey.failed')));
    setText('');
    toField();
  };
  const during = (work: Promise<void>): void => {
    setBusy(true);
    setError(null);
    // At once with what is then shown: a code that is typed as soon as somebody reads of the fault would else be taken for one too many.
    const over = (): void => setBusy(false);
    void work.then(over, (cause: unknown) => (over(), failed(cause)));
  };
  const sending = async (): Promise<void> => {
    const { resendAfterSeconds } = await sendSms();
    setSent(true);
    startResend(resendAfterSeconds ?? 60);
  };
  const signing = async (): Promise<void> => prove({ factor: 'webauthn', response: await signWithPasskey(await passkeyOptions()) });
  const give = (typed: string): void => {
    if (busy || wait) return;
    if (factor === 'webauthn') return during(signing());
    const proof = proofOf(factor, typed);
    setMissing(typeof proof === 'string' ? proof : undefined);
    if (typeof proof === 'string') toField();
    else during(prove(proof));
  };
  const toSend = factor === 'sms' && !sent;
  return {
    factor,
    choose: (next: ProofFactor) => {
      setFactor(next);
      setText('');
      setError(null);
      setMissing(undefined);
    },
    text,
    setText,
    missing,
    error,
    /** Refused as wrong; said beside the field where there is one. */
    wrong: error instanceof Problem && error.slug === 'mfa-invalid' ? wrongText(triesLeft(error)) : undefined,
    busy,
    wait,
    /** The message has still to be sent. */
    toSend,
    resend,
    send: () => during(sending()),
    give,
    submit: () => (toSend ? during(sending()) : give(text)),
  };
}
export type ProofState = ReturnType<typeof useProof>;
