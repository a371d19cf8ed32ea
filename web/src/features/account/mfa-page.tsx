import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, ShieldAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { queryClient } from '#lib/query.ts';
import { enrolmentOnly } from '#lib/session.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Confirm } from '#ui/confirm.tsx';
import { PageFrame } from '#ui/page.tsx';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { changed, mfaQuery, type FactorRow, type MfaStatus } from './api.ts';
import { day } from './day.ts';
import { BackupCodesDialog } from './backup-codes.tsx';
import { Loaded } from './loaded.tsx';
import { PhoneDialog } from './phone-dialog.tsx';
import { TotpWizard } from './totp-wizard.tsx';

type Open = 'totp' | 'disable-totp' | 'codes' | 'number' | 'sms' | 'disable-sms';
const touched = () => changed('/auth/mfa', '/auth/sessions', '/users/me/activity');

const Part = ({ title, on, children, actions }: { title: string; on?: boolean; children: ReactNode; actions: ReactNode }) => (
  <Card title={title} aside={on === undefined ? undefined : <Badge tone={on ? 'good' : 'quiet'}>{t(on ? 'mfa.on' : 'mfa.off')}</Badge>}>
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 max-w-xl flex-[1_1_16rem] text-pretty text-ink-2">{children}</div>
      <div className="flex flex-wrap gap-2">{actions}</div>
    </div>
  </Card>
);

/** What the organisation asks for, as long as it is not there. */
function Demand({ status }: { status: MfaStatus }) {
  const limited = enrolmentOnly.use();
  const ready = status.factors.length > 0;
  const open = () => {
    enrolmentOnly.set(false);
    void queryClient.invalidateQueries();
  };
  if (limited && ready)
    return (
      <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-good-wash px-4 py-3">
        <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
        <span className="flex-1">{t('mfa.done')}</span>
        <Button asChild>
          <Link to="/" onClick={open}>
            {t('mfa.continue')}
          </Link>
        </Button>
      </p>
    );
  const now = limited || status.demanded === 'now';
  if (ready || (!now && status.demanded === 'no')) return null;
  return (
    <p role="alert" className="flex gap-2.5 rounded-lg bg-warn-wash px-4 py-3">
      <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      {now ? t('mfa.demanded.now') : t('mfa.demanded.grace', { date: status.graceEndsAt ? day(status.graceEndsAt) : '' })}
    </p>
  );
}

interface PartProps {
  status: MfaStatus;
  open: (what: Open) => void;
}
const factorOf = ({ factors }: MfaStatus, kind: FactorRow['kind']): FactorRow | undefined => factors.find((factor) => factor.kind === kind);

function AppPart({ status, open }: PartProps) {
  const totp = factorOf(status, 'totp');
  return (
    <Part
      title={t('mfa.totp')}
      on={totp !== undefined}
      actions={
        <>
          <Button variant={totp ? 'secondary' : 'primary'} onClick={() => open('totp')}>
            {t(totp ? 'mfa.totp.replace' : 'mfa.totp.setup')}
          </Button>
          {totp && (
            <Button variant="danger-quiet" onClick={() => open('disable-totp')}>
              {t('mfa.totp.disable')}
            </Button>
          )}
        </>
      }
    >
      {t('mfa.totp.text')}
      {totp?.verifiedAt && (
        <p className="mt-1 text-xs text-ink-3">
          {t('mfa.since')} <Time at={totp.verifiedAt} />
        </p>
      )}
    </Part>
  );
}

function PhonePart({ status, open }: PartProps) {
  const { phone, factors } = status;
  const sms = factorOf(status, 'sms');
  // Refused while there is anything stronger, so not offered either.
  const mayUse = phone?.verified === true && factors.length === 0;
  return (
    <Part
      title={t('mfa.phone')}
      on={sms !== undefined}
      actions={
        <>
          <Button onClick={() => open('number')}>{t(phone ? 'mfa.phone.change' : 'mfa.phone.add')}</Button>
          {mayUse && <Button onClick={() => open('sms')}>{t('mfa.phone.use')}</Button>}
          {sms && (
            <Button variant="danger-quiet" onClick={() => open('disable-sms')}>
              {t('mfa.phone.disable')}
            </Button>
          )}
        </>
      }
    >
      {t('mfa.phone.text')}
      <p className="mt-1 flex items-center gap-2 text-xs text-ink-3">
        {phone ? <span className="font-mono text-ink-2">{phone.masked}</span> : t('mfa.phone.none')}
        {phone?.verified && <Badge tone="good">{t('mfa.phone.verified')}</Badge>}
      </p>
    </Part>
  );
}

function Parts({ status, open }: PartProps) {
  const passkeys = status.factors.filter(({ kind }) => kind === 'webauthn').length;
  const any = status.factors.length > 0;
  return (
    <>
      <AppPart status={status} open={open} />
      <Part
        title={t('mfa.passkeys')}
        on={passkeys > 0}
        actions={
          <Button asChild>
            <Link to="/settings/security">{t('mfa.passkeys.manage')}</Link>
          </Button>
        }
      >
        {passkeys > 0 ? t('mfa.passkeys.text', { count: passkeys }) : t('mfa.passkeys.none')}
      </Part>
      <Part title={t('mfa.backup')} actions={any && <Button onClick={() => open('codes')}>{t('mfa.backup.new')}</Button>}>
        {any ? t('mfa.backup.left', { count: status.backupCodesLeft }) : t('mfa.backup.none')}
      </Part>
      <PhonePart status={status} open={open} />
    </>
  );
}

/** Second factors: what there is, and the ways to set up, renew and turn off. */
export function MfaPage() {
  const mfa = useQuery(mfaQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = () => setOpen(null);
  const done = (text: string, made?: readonly string[] | null) => {
    close();
    setCodes(made ?? null);
    toast.done(text);
    void touched();
  };
  const disable = (path: string, text: string) => async () => {
    await request('DELETE', path);
    done(text);
  };
  const renew = async () => {
    const { backupCodes } = await request<{ backupCodes: string[] }>('POST', '/auth/mfa/backup-codes', { body: {} });
    setCodes(backupCodes);
    await touched();
  };
  return (
    <PageFrame title={t('mfa.title')} facts={t('mfa.lead')} width="reading">
      <Loaded query={mfa} lines={8}>
        {(status) => (
          <>
            <Demand status={status} />
            <Parts status={status} open={setOpen} />
            {(open === 'number' || open === 'sms') && (
              <PhoneDialog
                purpose={open}
                masked={status.phone?.masked ?? ''}
                onDone={({ backupCodes }) => done(t(open === 'sms' ? 'phone.sms.done' : 'phone.done'), backupCodes)}
                onClose={close}
              />
            )}
          </>
        )}
      </Loaded>
      {open === 'totp' && <TotpWizard onDone={() => done(t('wizard.done'))} onClose={() => (close(), void touched())} />}
      <Confirm
        open={open === 'disable-totp'}
        danger
        onOpenChange={(next) => !next && close()}
        title={t('mfa.totp')}
        action={t('mfa.totp.disable')}
        onConfirm={disable('/auth/mfa/totp', t('mfa.totp.disabled'))}
      >
        {t('mfa.totp.disable.text')}
      </Confirm>
      <Confirm
        open={open === 'disable-sms'}
        danger
        onOpenChange={(next) => !next && close()}
        title={t('mfa.phone')}
        action={t('mfa.phone.disable')}
        onConfirm={disable('/auth/mfa/sms', t('mfa.phone.disabled'))}
      >
        {t('mfa.phone.disable.text')}
      </Confirm>
      <Confirm
        open={open === 'codes'}
        onOpenChange={(next) => !next && close()}
        title={t('mfa.backup')}
        action={t('mfa.backup.new')}
        onConfirm={renew}
      >
        {t('mfa.backup.new.text')}
      </Confirm>
      {codes && <BackupCodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </PageFrame>
  );
}
