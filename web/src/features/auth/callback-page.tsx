import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { request } from '#lib/api.ts';
import { hasText, t, type MessageKey } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { safeReturn, type SignInAnswer } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Spinner } from '#ui/spinner.tsx';
import { toast } from '#ui/toast.tsx';
import { arrive } from './arrive.ts';
import { Frame } from './frame.tsx';

export interface CallbackSearch {
  /** Good for one sign-in within two minutes. */
  code?: string;
  returnTo?: string;
  /** Provider whose identity was linked to the account that is signed in. */
  linked?: string;
  /** Code of a refusal, and of the request that met it. */
  problem?: string;
  request?: string;
}
interface Failure {
  slug: string;
  request: string | undefined;
  title?: string | undefined;
  detail?: string | undefined;
}
const failureOf = (error: unknown): Failure => {
  const { slug, body } = toProblem(error);
  return { slug, request: body.instance, title: body.title, detail: body.detail };
};
const textFor = (slug: string, part: 'title' | 'text'): MessageKey | null => {
  const key = `callback.${slug}.${part}`;
  return hasText(key) ? key : null;
};

function Failed({ failure, back }: { failure: Failure; back: string }) {
  const title = textFor(failure.slug, 'title');
  const text = textFor(failure.slug, 'text');
  const linking = back.startsWith('/settings/');
  return (
    <Frame
      step="failed"
      title={title ? t(title) : (failure.title ?? t('callback.title'))}
      lead={<span role="alert">{text ? t(text) : (failure.detail ?? t('callback.other.text'))}</span>}
    >
      <dl className="mt-6 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1 text-xs text-ink-2">
        <dt className="text-ink-3">{t('callback.code')}</dt>
        <dd>
          <code>{failure.slug}</code>
        </dd>
        {failure.request && (
          <>
            <dt className="text-ink-3">{t('callback.request')}</dt>
            <dd className="flex items-center gap-1">
              <code className="[overflow-wrap:anywhere]">{failure.request}</code>
              <CopyButton text={failure.request} label={t('problem.copyRequest')} />
            </dd>
          </>
        )}
      </dl>
      <Button asChild variant="primary" size="lg" className="mt-7">
        {failure.slug === 'email-not-verified' ? (
          <Link to="/verify-email">{t('verify.title')}</Link>
        ) : (
          <Link to={linking ? back : '/login'} search={{}}>
            {t(linking ? 'callback.again' : 'auth.back')}
          </Link>
        )}
      </Button>
    </Frame>
  );
}

/** Where a provider's flow ends: the one-time code becomes a session, or the refusal is explained. */
export function CallbackPage() {
  const search = useSearch({ from: '/auth/oauth/callback' });
  const navigate = useNavigate();
  const [given] = useState(search);
  const [failure, setFailure] = useState<Failure | null>(() =>
    given.code || given.linked ? null : { slug: given.problem ?? 'oauth-state-invalid', request: given.request },
  );
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    if (given.linked) {
      toast.done(t('callback.linked'));
      void navigate({ href: safeReturn(given.returnTo), replace: true });
    }
    if (!given.code) return;
    // Neither the history nor a screenshot keeps the code.
    history.replaceState(history.state, '', location.pathname);
    request<SignInAnswer>('POST', '/auth/oauth/complete', { body: { code: given.code, tokenType: 'cookie' } })
      .then((answer) => arrive(answer, given.returnTo ?? null))
      .then((href) => navigate({ href, replace: true }))
      .catch((error: unknown) => setFailure(failureOf(error)));
  }, [given, navigate]);
  if (failure) return <Failed failure={failure} back={safeReturn(given.returnTo)} />;
  return (
    <Frame title={t('login.submit')}>
      <p role="status" className="mt-4 flex items-center gap-2 text-ink-2">
        <Spinner /> {t('callback.working')}
      </p>
    </Frame>
  );
}
