import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useRetryAfter } from '#features/auth/refusal.tsx';
import { request } from '#lib/api.ts';
import { clock, useCountdown } from '#lib/countdown.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { CodeInput } from '#ui/code-input.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';

interface Sent {
  resendAfterSeconds?: number;
}
interface Enabled {
  /** Null when there are some already. */
  backupCodes?: string[] | null;
}
export interface PhoneDialogProps {
  /** `number`: it is asked for and confirmed. `sms`: the confirmed number is tried out as a second factor. */
  purpose: 'number' | 'sms';
  masked: string;
  onDone: (enabled: Enabled) => void;
  onClose: () => void;
}
const send = (purpose: 'number' | 'sms', phone: string): Promise<Sent> =>
  purpose === 'number'
    ? request<Sent>('POST', '/auth/phone/verify', { body: { phone } })
    : request<Sent>('POST', '/auth/mfa/sms/setup', { body: {} });
const confirmWith = (purpose: 'number' | 'sms', phone: string, code: string): Promise<Enabled> =>
  purpose === 'number'
    ? request<Enabled>('POST', '/auth/phone/verify', { body: { phone, code } })
    : request<Enabled>('POST', '/auth/mfa/sms/verify', { body: { code } });

/** Sending the code, and giving it back. */
function usePhone({ purpose, onDone }: PhoneDialogProps) {
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const [left, start] = useCountdown();
  const sending = useMutation({
    mutationFn: () => send(purpose, phone.trim()),
    onSuccess: ({ resendAfterSeconds }) => start(resendAfterSeconds ?? 60),
  });
  const confirm = useMutation({
    mutationFn: (digits: string) => confirmWith(purpose, phone.trim(), digits),
    onSuccess: onDone,
    onError: () => setCode(''),
    gcTime: 0,
  });
  const sent = sending.isSuccess || !confirm.isIdle;
  const wait = useRetryAfter(sending.error);
  const told = errorsByPointer(sending.error && toProblem(sending.error))['/phone'];
  const ask = () => {
    const wrong = purpose === 'number' && !/^\+[\d\s()./-]{6,}$/.test(phone.trim()) ? t('phone.number.missing') : undefined;
    setFault(wrong);
    if (!wrong && !sending.isPending) sending.mutate();
  };
  const give = (digits: string) => {
    const wrong = /^\d{6}$/.test(digits) ? undefined : t('wizard.code.missing');
    setFault(wrong);
    if (!wrong && !confirm.isPending) confirm.mutate(digits);
  };
  return {
    phone,
    setPhone,
    code,
    setCode,
    sent,
    left,
    /** Beside the field. */
    fault: fault ?? told,
    error: confirm.error ?? (told ? null : sending.error),
    busy: sending.isPending || confirm.isPending,
    /** Texts go out once a minute. */
    wait: sent ? null : wait,
    again: () => !sending.isPending && sending.mutate(),
    give,
    submit: () => (sent ? give(code) : ask()),
  };
}

/** A code to a phone, and back: proves that the number is one's own. */
export function PhoneDialog(props: PhoneDialogProps) {
  const { purpose, masked, onClose } = props;
  const { phone, setPhone, code, setCode, sent, left, fault, error, busy, wait, again, give, submit } = usePhone(props);
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title={t(purpose === 'number' ? 'phone.title' : 'phone.sms.title')}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="phone" variant="primary" busy={busy} disabled={wait !== null}>
            {wait ?? t(sent ? 'phone.confirm' : 'phone.send')}
          </Button>
        </>
      }
    >
      <form
        id="phone"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {error && <ProblemView error={error} />}
        {purpose === 'sms' && !sent && <p className="text-ink-2">{t('phone.sms.text', { phone: masked })}</p>}
        {purpose === 'number' && !sent && (
          <Field label={t('phone.number')} help={t('phone.number.help')} error={fault} required>
            {(control) => (
              <Input
                {...control}
                autoFocus
                type="tel"
                autoComplete="tel"
                inputMode="tel"
                placeholder="+49 170 1234567"
                value={phone}
                onChange={(event) => setPhone(event.target.value)}
              />
            )}
          </Field>
        )}
        {sent && (
          <>
            <p role="status" className="text-ink-2">
              {t('phone.sent', { phone: purpose === 'number' ? phone.trim() : masked })}
            </p>
            <Field label={t('wizard.code')} error={fault}>
              {(control) => <CodeInput {...control} autoFocus value={code} onChange={setCode} onFull={give} />}
            </Field>
            <Button variant="link" className="self-start" disabled={left > 0 || busy} onClick={again}>
              {left > 0 ? t('phone.again.in', { time: clock(left) }) : t('phone.again')}
            </Button>
          </>
        )}
      </form>
    </Dialog>
  );
}
