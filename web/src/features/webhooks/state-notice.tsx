import { CircleAlert, CirclePause, KeyRound, ShieldQuestion } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { absoluteTime } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import type { Webhook } from './api.ts';

const TONES = { bad: 'border-bad/35 bg-bad-wash', warn: 'border-warn/35 bg-warn-wash', quiet: 'border-line bg-surface' } as const;
const Notice = ({ tone, icon, action, children }: { tone: keyof typeof TONES; icon: ReactNode; action?: ReactNode; children: ReactNode }) => (
  <div role="status" className={cx('flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border px-4 py-2.5', TONES[tone])}>
    <span className="flex min-w-0 flex-1 basis-60 items-start gap-2">
      {icon}
      <span className="min-w-0">{children}</span>
    </span>
    {action}
  </div>
);

/** Why nothing, or less than everything, is sent, and how it goes on; and that the secret before still signs. */
export function StateNotice({ webhook, onActivate }: { webhook: Webhook; onActivate: () => void }) {
  const blocked = useBlocked('webhooks:write');
  const { state, stateReason, stateAt, previousSecretUntil } = webhook;
  const at = absoluteTime(stateAt);
  const activate = (
    <Button size="sm" variant="primary" blocked={blocked} onClick={onActivate}>
      {t(state === 'paused' ? 'webhooks.resume' : 'webhooks.enable')}
    </Button>
  );
  return (
    <>
      {state === 'disabled' && (
        <Notice tone="bad" icon={<CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />} action={activate}>
          <span className="font-medium">{t('webhooks.notice.disabled', { at })}</span>: {stateReason}
          <span className="block text-ink-2">{t('webhooks.notice.disabled.next')}</span>
        </Notice>
      )}
      {state === 'failing' && (
        <Notice tone="warn" icon={<CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />}>
          <span className="font-medium">{t('webhooks.notice.failing', { at })}</span>: {stateReason}
          <span className="block text-ink-2">{t('webhooks.notice.failing.next')}</span>
        </Notice>
      )}
      {state === 'unproven' && (
        <Notice tone="warn" icon={<ShieldQuestion aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />} action={activate}>
          {t('webhooks.notice.unproven')} {stateReason}
        </Notice>
      )}
      {state === 'paused' && (
        <Notice tone="warn" icon={<CirclePause aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />} action={activate}>
          <span className="font-medium">{t('webhooks.notice.paused', { at })}</span>. {t('webhooks.notice.paused.next')}
        </Notice>
      )}
      {previousSecretUntil && (
        <Notice tone="quiet" icon={<KeyRound aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />}>
          {t('webhooks.notice.rotated', { until: absoluteTime(previousSecretUntil) })}
        </Notice>
      )}
    </>
  );
}
