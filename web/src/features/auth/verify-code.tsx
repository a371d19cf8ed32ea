import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState, type FormEvent } from 'react';
import { request } from '#lib/api.ts';
import { clock, useCountdown } from '#lib/countdown.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { CodeInput } from '#ui/code-input.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Frame } from './frame.tsx';
import { isAddress } from './methods.ts';
import { MailNote } from './mail-note.tsx';
import { Refusal, useRetryAfter } from './refusal.tsx';

/** Seconds between two mails. */
const RESEND_SECONDS = 60;

/** Another mail, once a minute. */
function Resend({ email, just }: { email: string; just: boolean }) {
  const [left, start] = useCountdown(just ? RESEND_SECONDS : 0);
  const resend = useMutation({
    mutationFn: () => request('POST', '/auth/verify-email/resend', { body: { email } }),
    onSuccess: () => start(RESEND_SECONDS),
  });
  const retry = useRetryAfter(resend.error);
  const wait = left > 0 ? t('auth.wait', { time: clock(left) }) : retry;
  return (
    <div className="mt-6 flex flex-col gap-2">
      {resend.error && <Refusal error={resend.error} />}
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
        <Button busy={resend.isPending} disabled={wait !== null || !isAddress(email)} onClick={() => resend.mutate()}>
          {t('verify.resend')}
        </Button>
        {wait && <span className="text-xs text-ink-3">{wait}</span>}
      </p>
      <p role="status" className="text-ink-2">
        {resend.isSuccess && t('verify.resent')}
      </p>
    </div>
  );
}

interface CodeFormProps {
  /** Where the mail went, when that is known. */
  address: string | null;
  /** A mail was sent a moment ago. */
  sent: boolean;
  busy: boolean;
  error: unknown;
  /** It was the link that did not work. */
  byLink: boolean;
  onCode: (given: { email: string; code: string }) => void;
}

/** The six digits of the mail, typed where somebody signed up or anywhere else. */
export function CodeForm({ address, sent, busy, error, byLink, onCode }: CodeFormProps) {
  const [email, setEmail] = useState(address ?? '');
  const [known, setKnown] = useState(address !== null);
  const [code, setCode] = useState('');
  const [faults, setFaults] = useState<{ email?: string; code?: string }>({});
  const form = useRef<HTMLFormElement>(null);
  const wait = useRetryAfter(error);
  // A code that was refused is out of the way of the next.
  const [seen, setSeen] = useState(error);
  if (seen !== error) {
    setSeen(error);
    if (error) setCode('');
  }

  const give = (digits: string) => {
    const found = {
      ...(isAddress(email.trim()) ? {} : { email: t(email.trim() ? 'auth.address.invalid' : 'auth.address.missing') }),
      ...(/^\d{6}$/.test(digits) ? {} : { code: t('auth.code.missing') }),
    };
    setFaults(found);
    if (found.email) return form.current?.querySelector<HTMLInputElement>('[name="email"]')?.focus();
    if (found.code) return form.current?.querySelector<HTMLInputElement>('[name="code"]')?.focus();
    if (!busy && !wait) onCode({ email: email.trim(), code: digits });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    give(code);
  };
  return (
    <Frame title={t('verify.title')} lead={known ? t('verify.sent', { email }) : t('verify.ask')}>
      <MailNote />
      <form ref={form} noValidate method="post" onSubmit={submit} className="mt-6 flex flex-col gap-4">
        {error !== null && <Refusal error={error} />}
        {error !== null && byLink && <p className="text-ink-2">{t('verify.failed')}</p>}
        {!known && (
          <Field label={t('auth.address')} error={faults.email}>
            {(control) => (
              <Input
                {...control}
                name="email"
                type="email"
                autoComplete="username"
                inputMode="email"
                value={email}
                onChange={(event) => setEmail(event.target.value)}
                className="h-10! text-base!"
              />
            )}
          </Field>
        )}
        <Field label={t('auth.code')} error={faults.code}>
          {(control) => <CodeInput {...control} name="code" autoFocus={known} value={code} onChange={setCode} onFull={give} />}
        </Field>
        <Button type="submit" variant="primary" size="lg" busy={busy} disabled={wait !== null} className="w-full">
          {wait ?? t('verify.submit')}
        </Button>
      </form>
      <Resend email={email.trim()} just={sent} />
      <p className="mt-4 flex flex-wrap gap-x-4 gap-y-1">
        {known && (
          <Button variant="link" onClick={() => setKnown(false)}>
            {t('forgot.again')}
          </Button>
        )}
        <Link to="/login" className="rounded-sm text-accent hover:underline">
          {t('auth.back')}
        </Link>
      </p>
    </Frame>
  );
}
