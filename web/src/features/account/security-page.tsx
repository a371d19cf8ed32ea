import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ActivityCard } from './activity-card.tsx';
import { mfaQuery, type MfaStatus } from './api.ts';
import { Loaded } from './loaded.tsx';
import { PasskeysCard } from './passkeys-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { DevicesCard, SessionsCard } from './sessions-card.tsx';

const NAMES = { totp: 'mfa.totp', sms: 'mfa.phone', webauthn: 'mfa.passkeys' } as const;

function Summary({ status }: { status: MfaStatus }) {
  const kinds = [...new Set(status.factors.filter(({ verifiedAt }) => verifiedAt).map(({ kind }) => kind))];
  const on = kinds.length > 0;
  const Icon = on ? ShieldCheck : ShieldAlert;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <p className="flex min-w-0 items-center gap-2.5">
        <Icon aria-hidden className={on ? 'size-4.5 shrink-0 text-good' : 'size-4.5 shrink-0 text-warn'} />
        {on ? t('mfa.summary.on', { factors: kinds.map((kind) => t(NAMES[kind])).join(', ') }) : t('mfa.summary.off')}
      </p>
      <Button asChild variant={on ? 'secondary' : 'primary'}>
        <Link to="/settings/security/mfa">{t('mfa.summary.open')}</Link>
      </Button>
    </div>
  );
}

/** How one signs in, where one is signed in, and what happened with the account. */
export function SecurityPage() {
  const mfa = useQuery(mfaQuery);
  return (
    <PageFrame title={t('security.title')} facts={t('security.lead')} width="reading">
      <Card title={t('mfa.summary')}>
        <Loaded query={mfa} lines={1}>
          {(status) => <Summary status={status} />}
        </Loaded>
      </Card>
      <PasskeysCard />
      <PasswordCard />
      <SessionsCard />
      <DevicesCard />
      <ActivityCard />
    </PageFrame>
  );
}
