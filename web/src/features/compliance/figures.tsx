import { Link } from '@tanstack/react-router';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Card } from '#ui/card.tsx';
import { Time } from '#ui/time.tsx';
import type { ComplianceSearch } from './search.ts';
import type { Metrics } from './types.ts';

interface FigureProps {
  label: string;
  value: number;
  note?: string;
  to: string;
  search?: ComplianceSearch;
}
/** One number, and the way to what it counts. */
export const Figure = ({ label, value, note, to, search = {} }: FigureProps) => (
  <Card title={label}>
    <Link to={to} search={search} aria-label={`${label}: ${number(value)}`} className="text-2xl font-semibold tabular-nums hover:underline">
      {number(value)}
    </Link>
    {note && <p className="mt-1 text-xs text-ink-2">{note}</p>}
  </Card>
);

/** What waits for an approval now, how much of it for too long, and since when the oldest. */
export const Queue = ({ queue: { pending, breaching, oldestAt } }: Pick<Metrics, 'queue'>) => (
  <Card title={t('compliance.queue')}>
    <Link
      to="/approvals"
      search={{ inbox: 'all' }}
      aria-label={t('compliance.queue.pending', { count: pending })}
      className="text-2xl font-semibold tabular-nums hover:underline"
    >
      {number(pending)}
    </Link>
    <p className={breaching > 0 ? 'mt-1 text-xs font-medium text-bad' : 'mt-1 text-xs text-ink-2'}>
      {t('compliance.queue.breaching', { count: breaching })}
    </p>
    {oldestAt && (
      <p className="text-xs text-ink-2">
        {t('compliance.queue.oldest')} <Time at={oldestAt} />
      </p>
    )}
  </Card>
);
