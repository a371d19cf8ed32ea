import { Link, useNavigate } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Button } from '#ui/button.tsx';
import { DataTable, type Column } from '#ui/data-table/index.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { Time } from '#ui/time.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { REVIEWS, type EmergenciesSearch } from './search.ts';
import type { Emergency } from './types.ts';
import { ReviewState } from './use-facts.tsx';

const Number = ({ change }: Pick<Emergency, 'change'>) => (
  <Link to="/changes/$id" params={{ id: change.number }} className="font-mono text-xs whitespace-nowrap text-bad hover:underline">
    {change.number}
  </Link>
);
const Review = ({ emergency, onReview }: { emergency: Emergency; onReview: (emergency: Emergency) => void }) =>
  emergency.review ? null : (
    <Button
      size="sm"
      blocked={emergency.mayReview.reason}
      aria-label={t('emergency.review.of', { number: emergency.change.number })}
      onClick={() => onReview(emergency)}
    >
      {t('emergency.review.open.act')}
    </Button>
  );

const columnsOf = (onReview: (emergency: Emergency) => void): Column<Emergency>[] => [
  { id: 'number', header: t('changes.column.number'), width: '6.5rem', fixed: true, cell: ({ change }) => <Number change={change} />, csv: ({ change }) => change.number },
  { id: 'summary', header: t('changes.column.summary'), fixed: true, cell: ({ change }) => <span className="line-clamp-1 min-w-40 font-medium">{change.summary}</span>, csv: ({ change }) => change.summary },
  { id: 'by', header: t('emergency.by'), width: '10rem', hideBelow: 'md', cell: ({ by }) => by.name, csv: ({ by }) => by.name },
  { id: 'reason', header: t('emergency.reason'), hideBelow: 'lg', cell: ({ reason }) => <span className="line-clamp-1 text-ink-2">{reason}</span>, csv: ({ reason }) => reason },
  { id: 'ticket', header: t('change.detail.ticket'), width: '8rem', hideBelow: 'lg', cell: ({ ticket }) => <span className="line-clamp-1 text-ink-2">{ticket}</span>, csv: ({ ticket }) => ticket },
  { id: 'used', header: t('emergency.used'), width: '9rem', hideBelow: 'sm', cell: ({ usedAt }) => <Time at={usedAt} />, csv: ({ usedAt }) => usedAt },
  { id: 'review', header: t('emergency.review'), width: '9rem', cell: (one) => <ReviewState use={one} />, csv: ({ review }) => review?.verdict ?? '' },
  { id: 'act', header: t('emergency.act'), width: '7rem', align: 'end', cell: (one) => <Review emergency={one} onReview={onReview} />, csv: () => '' },
]; // prettier-ignore

const compactOf = (onReview: (emergency: Emergency) => void) => (one: Emergency) => (
  <span className="flex flex-col gap-1.5 py-1">
    <span className="font-medium [overflow-wrap:anywhere]">{one.change.summary}</span>
    <span className="text-xs text-ink-2 [overflow-wrap:anywhere]">{one.reason}</span>
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-3">
      <Number change={one.change} />
      {one.by.name}
      <ReviewState use={one} />
      <span className="ms-auto">
        <Review emergency={one} onReview={onReview} />
      </span>
    </span>
  </span>
);

/** Every time approvals and time windows were skipped, and what was said of it afterwards. */
export function EmergenciesPage({ search }: { search: EmergenciesSearch }) {
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Emergency | null>(null);
  const source = usePages<Emergency>('/emergencies', { review: search.review });
  return (
    <PageFrame title={t('emergency.title')} facts={t('emergency.lead')} width="fill">
      <DataTable
        name="emergencies"
        label={t('emergency.title')}
        className="flex-1"
        columns={useMemo(() => columnsOf(setAsked), [])}
        source={source}
        compact={compactOf(setAsked)}
        rowId={({ id }) => id}
        onOpen={({ change }) => void navigate({ to: '/changes/$id', params: { id: change.number } })}
        empty={
          <EmptyState icon={TriangleAlert} title={t('emergency.empty')}>
            {t('emergency.empty.text')}
          </EmptyState>
        }
        toolbar={
          <Filter
            label={t('emergency.review')}
            value={search.review}
            onChange={(review) => void navigate({ to: '/emergencies', search: review ? { review } : {}, replace: true })}
            choices={REVIEWS.map((value) => ({ value, label: t(`emergency.filter.${value}`) }))}
          />
        }
      />
      {asked && <ReviewDialog change={asked.change} use={asked} onClose={() => setAsked(null)} />}
    </PageFrame>
  );
}
