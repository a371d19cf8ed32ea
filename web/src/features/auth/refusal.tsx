import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { clock, useCountdown } from '#lib/countdown.ts';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { startOf } from './social-buttons.tsx';

/** A refusal around signing in, with the one step that leads on. */
export function Refusal({ error, returnTo = null }: { error: unknown; returnTo?: string | null }) {
  const problem = toProblem(error);
  const { startUrl, provider, name } = problem.body as { startUrl?: unknown; provider?: unknown; name?: unknown };
  return (
    <div className="flex flex-col gap-2">
      <ProblemView error={error} />
      {problem.slug === 'email-not-verified' && (
        <Button asChild className="self-start">
          <Link to="/verify-email">{t('login.unverified.act')}</Link>
        </Button>
      )}
      {problem.slug === 'sso-required' && typeof startUrl === 'string' && (
        <Button asChild className="self-start">
          <a href={startOf(startUrl, { returnTo })}>{t('auth.with', { name: String(name ?? provider ?? 'SSO') })}</a>
        </Button>
      )}
    </div>
  );
}

/** Seconds to wait after a refusal that names them, and the words for the button. */
export function useRetryAfter(error: unknown): string | null {
  const seconds = error === null || error === undefined ? 0 : Number(toProblem(error).body['retryAfterSeconds']) || 0;
  const [left, start] = useCountdown();
  // Each refusal begins anew, also one that names the same seconds.
  useEffect(() => {
    if (error) start(seconds);
  }, [error, seconds, start]);
  return left > 0 ? t('auth.wait', { time: clock(left) }) : null;
}
