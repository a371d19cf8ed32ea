import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { CodeInput } from '#ui/code-input.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { BackupCodes, SavedTick } from './backup-codes.tsx';

interface Setup {
  factorId: string;
  otpauthUri: string;
  /** Base32, for apps that cannot scan. */
  secret: string;
  qrSvg: string;
  expiresAt: string;
}
const STEPS = ['scan', 'confirm', 'codes'] as const;
type Step = (typeof STEPS)[number];

/** In groups of four, as people read it out. */
const grouped = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret;
/** As a picture, so that nothing in it can run. */
const asImage = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

const Scan = ({ setup }: { setup: Setup }) => (
  <div className="flex flex-col gap-4">
    <p className="text-ink-2">{t('wizard.scan.text')}</p>
    {/* Cameras need dark on light, in the dark theme too. */}
    <img src={asImage(setup.qrSvg)} alt={t('wizard.scan.qr')} className="mx-auto size-52 rounded-lg bg-white p-3" />
    <div className="flex flex-col gap-1.5">
      <p className="text-xs text-ink-3">{t('wizard.scan.cannot')}</p>
      <CodeBlock wrap label={t('wizard.scan.secret')} code={grouped(setup.secret)} />
      <a href={setup.otpauthUri} className="self-start rounded-sm text-xs text-accent hover:underline">
        {t('wizard.scan.open')}
      </a>
    </div>
  </div>
);

interface ConfirmProps {
  code: string;
  onChange: (code: string) => void;
  onGive: (code: string) => void;
  missing: string | undefined;
  error: unknown;
}
function Confirm({ code, onChange, onGive, missing, error }: ConfirmProps) {
  const wrong = error && toProblem(error).slug === 'mfa-invalid' ? t('wizard.code.wrong') : undefined;
  return (
    <form
      id="totp-confirm"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onGive(code);
      }}
    >
      {error && !wrong ? <ProblemView error={error} /> : null}
      <p className="text-ink-2">{t('wizard.confirm.text')}</p>
      <Field label={t('wizard.code')} error={missing ?? wrong}>
        {(control) => <CodeInput {...control} autoFocus value={code} onChange={onChange} onFull={onGive} />}
      </Field>
    </form>
  );
}

export interface TotpWizardProps {
  /** The app counts now; the codes are kept. */
  onDone: () => void;
  onClose: () => void;
}
/** From a picture to scan, by a code that proves it worked, to the backup codes. Until the code is right nothing has changed. */
export function TotpWizard({ onDone, onClose }: TotpWizardProps) {
  const [step, setStep] = useState<Step>('scan');
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState<string | undefined>();
  const [saved, setSaved] = useState(false);
  const setup = useQuery({
    queryKey: ['totp-setup'],
    queryFn: () => request<Setup>('POST', '/auth/mfa/totp/setup', { body: {} }),
    // The secret is made once and must not stay in memory.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  const confirm = useMutation({
    mutationFn: (digits: string) => request<{ backupCodes: string[] }>('POST', '/auth/mfa/totp/verify', { body: { code: digits } }),
    onSuccess: () => setStep('codes'),
    onError: () => setCode(''),
    gcTime: 0,
  });
  const give = (digits: string) => {
    const short = /^\d{6}$/.test(digits) ? undefined : t('wizard.code.missing');
    setMissing(short);
    if (!short && !confirm.isPending) confirm.mutate(digits);
  };
  // Once there are codes, only the tick leads out: they cannot be read again.
  const close = () => step !== 'codes' && onClose();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('wizard.title')}
      description={t('wizard.step', { now: STEPS.indexOf(step) + 1, all: STEPS.length, what: t(`wizard.${step}`) })}
      footer={
        step === 'codes' ? (
          <>
            <SavedTick saved={saved} onChange={setSaved} />
            <Button variant="primary" disabled={!saved} onClick={onDone}>
              {t('codes.finish')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={step === 'scan' ? onClose : () => setStep('scan')}>{t(step === 'scan' ? 'action.cancel' : 'action.back')}</Button>
            {step === 'scan' ? (
              // Other elements, by key: the press that shows the second must not send its form.
              <Button key="scanned" variant="primary" disabled={!setup.data} onClick={() => setStep('confirm')}>
                {t('wizard.scanned')}
              </Button>
            ) : (
              <Button key="confirm" type="submit" form="totp-confirm" variant="primary" busy={confirm.isPending}>
                {t('wizard.confirm.act')}
              </Button>
            )}
          </>
        )
      }
    >
      {step === 'scan' && setup.isPending && <SkeletonText lines={6} />}
      {step === 'scan' && setup.error && <ProblemView error={setup.error} retry={() => void setup.refetch()} />}
      {step === 'scan' && setup.data && <Scan setup={setup.data} />}
      {step === 'confirm' && <Confirm code={code} onChange={setCode} onGive={give} missing={missing} error={confirm.error} />}
      {step === 'codes' && confirm.data && <BackupCodes codes={confirm.data.backupCodes} />}
    </Dialog>
  );
}
