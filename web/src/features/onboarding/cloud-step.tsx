import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Cloud } from 'lucide-react';
import { useState } from 'react';
import { AddProviderDialog } from '#features/clouds/add-provider-dialog.tsx';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { Page } from '#lib/types.ts';
import { Button } from '#ui/button.tsx';
import { StepFrame } from './step-frame.tsx';

/** The first cloud; may come later. */
export function CloudStep({ onBack, onFinish }: { onBack: () => void; onFinish: () => void }) {
  const [adding, setAdding] = useState(false);
  const clouds = useQuery({
    queryKey: ['/cloud-providers', 'onboarding'],
    queryFn: ({ signal }) => request<Page<{ id: string }>>('GET', '/cloud-providers', { query: { limit: 50 }, signal }),
  });
  const count = clouds.data?.items.length ?? 0;
  return (
    <StepFrame
      title={t('onboarding.cloud.title')}
      lead={t('onboarding.cloud.lead')}
      action={t(count > 0 ? 'onboarding.finish' : 'onboarding.cloud.act')}
      onSubmit={() => (count > 0 ? onFinish() : setAdding(true))}
      onBack={onBack}
      onSkip={count > 0 ? undefined : onFinish}
    >
      <div className="flex min-h-28 flex-wrap items-center justify-center gap-x-4 gap-y-2 rounded-lg border border-line bg-sunken p-6">
        {count > 0 ? <CircleCheck aria-hidden className="size-6 text-good" /> : <Cloud aria-hidden className="size-7 text-ink-3" strokeWidth={1.5} />}
        {clouds.isSuccess && count === 0 && <p className="text-ink-2">{t('onboarding.cloud.none')}</p>}
        {count > 0 && (
          <>
            <p role="status" className="font-medium">
              {t('onboarding.cloud.connected', { count })}
            </p>
            <Button onClick={() => setAdding(true)}>{t('onboarding.cloud.more')}</Button>
          </>
        )}
      </div>
      {adding && <AddProviderDialog onClose={() => setAdding(false)} />}
    </StepFrame>
  );
}
