import { KeyRound, MessageSquareText, ScrollText, Smartphone, SquareAsterisk, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import { clock } from '#lib/countdown.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { CodeInput } from '#ui/code-input.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { PasswordInput } from '#ui/password-input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import type { ProofFactor } from './proof.ts';
import { useProof, type ProofSource, type ProofState } from './use-proof.ts';

const icons: Record<ProofFactor, LucideIcon> = {
  totp: Smartphone,
  webauthn: KeyRound,
  password: SquareAsterisk,
  sms: MessageSquareText,
  backup: ScrollText,
};

/** What is typed for the chosen proof; nothing for a passkey, nor before a message was sent. */
function ProofField({ factor, text, setText, missing, wrong, toSend, give }: ProofState) {
  const fault = missing ?? wrong;
  if (factor === 'webauthn' || toSend) return null;
  if (factor === 'password')
    return (
      <Field label={t('auth.password')} error={fault}>
        {(control) => (
          <PasswordInput {...control} large autoComplete="current-password" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
    );
  if (factor === 'backup')
    return (
      <Field label={t('challenge.backup')} error={fault}>
        {(control) => (
          <Input
            {...control}
            mono
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={20}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="h-11! max-w-56 text-lg!"
          />
        )}
      </Field>
    );
  return (
    <Field label={t('auth.code')} error={fault}>
      {(control) => <CodeInput {...control} value={text} onChange={setText} onFull={give} />}
    </Field>
  );
}

const SentAgain = ({ resend, busy, send }: ProofState) => (
  <p className="flex flex-wrap items-center gap-x-3 text-ink-2">
    <span role="status">{t('challenge.sent')}</span>
    <Button variant="link" disabled={resend > 0 || busy} onClick={send}>
      {resend > 0 ? t('auth.wait', { time: clock(resend) }) : t('challenge.sendAgain')}
    </Button>
  </p>
);

const OtherWays = ({ factors, choose }: { factors: readonly ProofFactor[]; choose: (factor: ProofFactor) => void }) => (
  <div role="group" aria-label={t('challenge.other')} className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-3">
    <span aria-hidden>{t('challenge.other')}:</span>
    {factors.map((each) => (
      <Button key={each} variant="link" className="min-h-6" onClick={() => choose(each)}>
        {t(`challenge.factor.${each}`)}
      </Button>
    ))}
  </div>
);

export interface ProofFormProps extends ProofSource {
  submit: string;
  /** Between the field and the button. */
  children?: ReactNode;
}
/** Asks for one of several proofs: code, passkey or password. The other ways are one press away. */
export function ProofForm({ submit, children, ...source }: ProofFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const proof = useProof(source, form);
  const { factor, error, wrong, busy, wait, toSend } = proof;
  const shown = `${factor} ${toSend}`;
  useEffect(() => {
    if (shown) form.current?.querySelector<HTMLElement>('input, [data-main]')?.focus();
  }, [shown]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    // To React a form in a dialog is inside the form that opened it.
    event.stopPropagation();
    proof.submit();
  };
  const Icon = icons[factor];
  const act = toSend ? t('challenge.send') : factor === 'webauthn' ? t('challenge.passkey') : submit;
  return (
    <form ref={form} noValidate method="post" onSubmit={onSubmit} className="flex flex-col gap-4">
      {error !== null && (!wrong || factor === 'webauthn') && <ProblemView error={error} />}
      <p className="flex gap-2.5 text-ink-2">
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
        {t(`challenge.lead.${factor}`)}
      </p>
      <ProofField {...proof} />
      {factor === 'sms' && !toSend && <SentAgain {...proof} />}
      {children}
      <Button type="submit" data-main variant="primary" size="lg" busy={busy} disabled={wait !== null} className="w-full">
        {wait ?? act}
      </Button>
      {source.factors.length > 1 && <OtherWays factors={source.factors.filter((each) => each !== factor)} choose={proof.choose} />}
    </form>
  );
}
