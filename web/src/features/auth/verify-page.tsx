import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { request } from '#lib/api.ts';
import { useFragmentToken } from '#lib/fragment.ts';
import { t } from '#lib/i18n.ts';
import type { SignInAnswer } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { arrive } from './arrive.ts';
import { Frame } from './frame.tsx';
import { typedAddress } from './handover.ts';
import { CodeForm } from './verify-code.tsx';
import { VerifyFinish, type PasswordRequired } from './verify-finish.tsx';

type Given = { token: string } | { email: string; code: string };
type Answer = { status: 'verified'; email: string } | PasswordRequired | SignInAnswer;

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

/** Proof that an address is one's own: by the link of the mail, or by its six digits. */
export function VerifyPage() {
  const navigate = useNavigate();
  const { sent = false } = useSearch({ from: '/verify-email' });
  const token = useFragmentToken();
  const [address, setAddress] = useState(typedAddress.get);
  const [confirmed, setConfirmed] = useState<string | null>(null);
  /** The link led nowhere, or no further: on by the code. */
  const [byCode, setByCode] = useState(false);
  const done = (email: string): void => {
    typedAddress.set(email);
    setConfirmed(email);
  };
  const verify = useMutation({
    mutationFn: (given: Given) => request<Answer>('POST', '/auth/verify-email', { body: given }),
    onSuccess: async (answer) => {
      if (answer.status === 'verified') return done(answer.email);
      if (answer.status === 'password-required') return undefined;
      await navigate({ href: await arrive(answer, null), replace: true });
    },
  });
  const begin = verify.mutate;
  const tried = useRef('');
  useEffect(() => {
    // A link works once; a second drawing of the page must not use it up.
    if (!token || tried.current === token) return;
    tried.current = token;
    begin({ token });
  }, [token, begin]);

  if (confirmed !== null) return <Done email={confirmed} />;
  if (verify.data?.status === 'password-required') {
    const { email } = verify.data;
    const again = (): void => {
      setAddress(email);
      setByCode(true);
      verify.reset();
    };
    return <VerifyFinish proven={verify.data} onDone={done} onAgain={again} />;
  }
  if (token && !byCode && !verify.isError)
    return (
      <Frame title={t('verify.title')} step="working">
        <p role="status" className="mt-4 flex items-center gap-2 text-ink-2">
          <Spinner /> {t('verify.working')}
        </p>
      </Frame>
    );
  const isLink = verify.variables !== undefined && 'token' in verify.variables;
  return (
    <CodeForm
      address={address}
      sent={sent}
      busy={verify.isPending}
      error={verify.error}
      byLink={isLink}
      onCode={(given) => {
        setByCode(true);
        verify.mutate(given);
      }}
    />
  );
}
