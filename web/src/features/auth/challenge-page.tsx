import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { passkeysAreThere, type PublicKeyCredentialRequestOptionsJSON } from '#lib/passkey.ts';
import { Problem } from '#lib/problem.ts';
import type { SignInAnswer } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { arrive } from './arrive.ts';
import { Frame } from './frame.tsx';
import { openChallenge } from './handover.ts';
import { offered, type Proof } from './proof.ts';
import { ProofForm } from './proof-form.tsx';

const Over = () => (
  <Frame title={t('challenge.over.title')} lead={t('challenge.over.text')} step="over">
    <Button asChild variant="primary" size="lg" className="mt-7 w-full">
      <Link to="/login">{t('auth.back')}</Link>
    </Button>
  </Frame>
);
const isOver = (error: unknown): boolean => error instanceof Problem && error.slug === 'challenge-expired';

/** The second factor of a sign-in whose first was right. */
export function ChallengePage() {
  const navigate = useNavigate();
  const [challenge] = useState(() => openChallenge.get());
  const [over, setOver] = useState(() => challenge === null || Date.parse(challenge.expiresAt) < Date.now());
  const [trustDevice, setTrustDevice] = useState(false);
  if (over || !challenge) return <Over />;

  const { challengeId, factors, returnTo } = challenge;
  const guarded = <T,>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      if (isOver(error)) {
        openChallenge.clear();
        setOver(true);
      }
      throw error;
    });
  const prove = async (proof: Proof): Promise<void> => {
    const body = { challengeId, ...proof, trustDevice };
    const answer = await guarded(request<SignInAnswer>('POST', '/auth/mfa/challenge', { body }));
    await navigate({ href: await arrive(answer, returnTo), replace: true });
  };
  return (
    <Frame title={t('challenge.title')}>
      <div className="mt-5">
        <ProofForm
          factors={offered(factors, passkeysAreThere())}
          submit={t('challenge.submit')}
          prove={prove}
          passkeyOptions={() =>
            guarded(request<PublicKeyCredentialRequestOptionsJSON>('POST', '/auth/mfa/challenge/options', { body: { challengeId } }))
          }
          sendSms={() => guarded(request<{ resendAfterSeconds?: number }>('POST', '/auth/mfa/challenge/send', { body: { challengeId } }))}
        >
          <label className="flex min-h-6 items-center gap-2">
            <Checkbox checked={trustDevice} onCheckedChange={(checked) => setTrustDevice(checked === true)} />
            {t('challenge.trust')}
          </label>
        </ProofForm>
      </div>
      <p className="mt-6 text-xs text-ink-3">{t('challenge.lost')}</p>
      <p className="mt-2">
        <Link to="/login" className="rounded-sm text-accent hover:underline">
          {t('auth.back')}
        </Link>
      </p>
    </Frame>
  );
}
