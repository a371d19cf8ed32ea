import type { ReactNode } from 'react';
import { duration, number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Time } from '#ui/time.tsx';
import type { WebhookDetail } from './api.ts';
import { SuccessRate } from './webhook-columns.tsx';

const Figure = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="min-w-32 flex-1 rounded-lg border border-line bg-surface px-4 py-2.5">
    <dt className="text-xs text-ink-3">{name}</dt>
    <dd className="mt-0.5 text-ink">{children}</dd>
  </div>
);
const span = (ms: number | null): string => (ms === null ? '–' : duration(ms / 1_000));

/** How the receiver has been in the last 24 hours. */
export const FiguresRow = ({ figures }: Pick<WebhookDetail, 'figures'>) => (
  <dl className="flex flex-wrap gap-3">
    <Figure name={t('webhooks.column.success')}>
      <SuccessRate figures={figures} />
    </Figure>
    <Figure name={t('webhooks.figures.p50')}>{span(figures.p50)}</Figure>
    <Figure name={t('webhooks.figures.p95')}>{span(figures.p95)}</Figure>
    <Figure name={t('webhooks.column.waiting')}>{number(figures.waiting)}</Figure>
    <Figure name={t('webhooks.figures.lastError')}>
      {figures.lastError ? (
        <>
          {figures.lastError.status === null ? figures.lastError.error : `HTTP ${figures.lastError.status}`}{' '}
          <span className="text-xs text-ink-3">
            <Time at={figures.lastError.at} />
          </span>
        </>
      ) : (
        t('webhooks.figures.noError')
      )}
    </Figure>
  </dl>
);
