import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useRef, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { passkeysAreThere } from '#lib/passkey.ts';
import type { SignInAnswer } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { methodsQuery, PLAIN } from './api.ts';
import { arrive } from './arrive.ts';
import { useBrand } from './brand.ts';
import { Frame } from './frame.tsx';
import { LoginForm } from './login-form.tsx';
import { Or, SocialButtons } from './social-buttons.tsx';
import { usePasskeySignIn } from './use-passkey.ts';

const LEADS = { ended: 'login.lead.ended', reset: 'login.lead.reset', verified: 'login.lead.verified' } as const;

/** Sign-in: the address first, then what its organisation uses; or a passkey, or a provider. */
export function LoginPage() {
  const { returnTo = null, ended, notice } = useSearch({ from: '/login' });
  const navigate = useNavigate();
  const brand = useBrand();
  const methods = useQuery(methodsQuery).data ?? PLAIN;
  const [error, setError] = useState<unknown>(null);
  const remember = useRef(false);

  const onAnswer = async (answer: SignInAnswer): Promise<void> => {
    const href = await arrive(answer, returnTo);
    await navigate({ href, replace: answer.status === 'signed-in' });
  };
  const passkey = usePasskeySignIn({
    enabled: methods.passkeys && passkeysAreThere(),
    rememberMe: () => remember.current,
    onAnswer,
    onError: setError,
  });
  const lead = ended ? 'ended' : notice;
  return (
    <Frame title={t('login.title', { name: brand?.name ?? t('app.name') })} lead={lead ? t(LEADS[lead]) : (brand?.loginText ?? t('login.lead'))}>
      <LoginForm
        methods={methods}
        returnTo={returnTo}
        error={error}
        onError={setError}
        onAnswer={onAnswer}
        onRemember={(wanted) => (remember.current = wanted)}
      />
      {(methods.providers.length > 0 || methods.passkeys) && <Or />}
      <div className="flex flex-col gap-2">
        {methods.passkeys && passkeysAreThere() && (
          <Button
            size="lg"
            busy={passkey.busy}
            icon={<KeyRound aria-hidden className="size-4 text-ink-2" strokeWidth={1.75} />}
            onClick={() => {
              setError(null);
              passkey.start();
            }}
            className="w-full text-sm!"
          >
            {t(passkey.busy ? 'login.passkey.waiting' : 'login.passkey')}
          </Button>
        )}
        <SocialButtons providers={methods.providers} returnTo={returnTo} purpose="login" />
      </div>
      {methods.signup === 'open' && (
        <p className="mt-6 text-ink-2">
          {t('login.signup')}{' '}
          <Link to="/signup" className="rounded-sm font-medium text-accent hover:underline">
            {t('login.signup.link')}
          </Link>
        </p>
      )}
    </Frame>
  );
}
