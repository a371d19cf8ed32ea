import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { request } from '#lib/api.ts';
import { clock, useCountdown } from '#lib/countdown.ts';
import { useFragmentToken } from '#lib/fragment.ts';
import { t } from '#lib/i18n.ts';
import type { SignInAnswer } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { CodeInput } from '#ui/code-input.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { arrive } from './arrive.ts';
import { Frame } from './frame.tsx';
import { typedAddress } from './handover.ts';
import { isAddress } from './methods.ts';
import { MailNote } from './mail-note.tsx';
import { Refusal, useRetryAfter } from './refusal.tsx';

type Given = { token: string } | { email: string; code: string };
type Answer = { status: 'verified'; email: string } | SignInAnswer;
/** Seconds between two mails. */
const RESEND_SECONDS = 60;

const Done = ({ email }: { email: string }) => (
  <Frame title={t('verify.done.title')} step="done" lead={t('verify.done.text', { email })}>
    <Button asChild variant="primary" size="lg" className="mt-7 w-full">
      <Link to="/login">
        <CircleCheck aria-hidden className="size-4" />
        {t('login.submit')}
      </Link>
    </Button>
  </Frame>
);

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

/** Proof that an address is one's own: by the link of the mail, or by its six digits. */
export function VerifyPage() {
  const navigate = useNavigate();
  const { sent = false } = useSearch({ from: '/verify-email' });
  const token = useFragmentToken();
  const [email, setEmail] = useState(typedAddress.get() ?? '');
  const [known, setKnown] = useState(() => typedAddress.get() !== null);
  const [code, setCode] = useState('');
  const [faults, setFaults] = useState<{ email?: string; code?: string }>({});
  const form = useRef<HTMLFormElement>(null);
  const verify = useMutation({
    mutationFn: (given: Given) => request<Answer>('POST', '/auth/verify-email', { body: given }),
    onSuccess: async (answer) => {
      if (answer.status === 'verified') return typedAddress.set(answer.email);
      await navigate({ href: await arrive(answer, null), replace: true });
    },
    onError: () => setCode(''),
  });
  const wait = useRetryAfter(verify.error);
  const begin = verify.mutate;
  const tried = useRef('');
  useEffect(() => {
    // A link works once; a second drawing of the page must not use it up.
    if (!token || tried.current === token) return;
    tried.current = token;
    begin({ token });
  }, [token, begin]);

  if (verify.data?.status === 'verified') return <Done email={verify.data.email} />;
  if (token && (verify.isPending || verify.isIdle || verify.isSuccess))
    return (
      <Frame title={t('verify.title')} step="working">
        <p role="status" className="mt-4 flex items-center gap-2 text-ink-2">
          <Spinner /> {t('verify.working')}
        </p>
      </Frame>
    );

  const give = (digits: string) => {
    const found = {
      ...(isAddress(email.trim()) ? {} : { email: t(email.trim() ? 'auth.address.invalid' : 'auth.address.missing') }),
      ...(/^\d{6}$/.test(digits) ? {} : { code: t('auth.code.missing') }),
    };
    setFaults(found);
    if (found.email) return form.current?.querySelector<HTMLInputElement>('[name="email"]')?.focus();
    if (found.code) return form.current?.querySelector<HTMLInputElement>('[name="code"]')?.focus();
    if (!verify.isPending && !wait) verify.mutate({ email: email.trim(), code: digits });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    give(code);
  };
  return (
    <Frame title={t('verify.title')} lead={known ? t('verify.sent', { email }) : t('verify.ask')}>
      <MailNote />
      <form ref={form} noValidate method="post" onSubmit={submit} className="mt-6 flex flex-col gap-4">
        {verify.error && <Refusal error={verify.error} />}
        {verify.error && token && <p className="text-ink-2">{t('verify.failed')}</p>}
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
        <Button type="submit" variant="primary" size="lg" busy={verify.isPending} disabled={wait !== null} className="w-full">
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
