import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, ListChecks } from 'lucide-react';
import { useState } from 'react';
import { openOperation } from '#features/operations/open.ts';
import { queryClient } from '#lib/query.ts';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Filter, FilterToggle } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { LIST, reviewQuery, useItems } from './api.ts';
import { DecideDialog } from './decide-dialog.tsx';
import { Item } from './item.tsx';
import type { AccessReviewsSearch } from './search.ts';
import { Standing } from './standing.tsx';
import { ITEM_STATES, type ReviewItem, type Verdict } from './types.ts';

/** Holdings of one decision. */
const AT_ONCE = 200;

type Asked = { items: readonly ReviewItem[]; verdict: Verdict };
interface Props {
  id: string;
  search: AccessReviewsSearch;
  show: (search: AccessReviewsSearch) => void;
}

/** All that is shown, chosen at once; and what to do with what is chosen. */
function Bulk({ rows, chosen, choose, ask }: { rows: readonly ReviewItem[]; chosen: readonly ReviewItem[]; choose: (ids: string[]) => void; ask: (asked: Asked) => void }) {
  const open = rows.filter(({ actions }) => actions.decide).slice(0, AT_ONCE);
  if (open.length === 0) return null;
  const all = chosen.length >= open.length;
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-3 border-b border-line px-4 py-2">
      <Checkbox aria-label={t('accessReview.all')} checked={all ? true : chosen.length > 0 ? 'indeterminate' : false} onCheckedChange={() => choose(all ? [] : open.map(({ id }) => id))} />
      <span className="text-xs text-ink-2">{t('multi.chosen', { count: chosen.length })}</span>
      {chosen.length > 0 && (
        <span className="flex flex-wrap gap-2">
          <Button size="sm" variant="danger-quiet" onClick={() => ask({ items: chosen, verdict: 'revoke' })}>{t('accessReview.bulk.revoke')}</Button>
          <Button size="sm" onClick={() => ask({ items: chosen, verdict: 'keep' })}>{t('accessReview.bulk.keep')}</Button>
        </span>
      )}
    </div>
  );
} // prettier-ignore

function Items({ id, search, ask, done }: Pick<Props, 'id' | 'search'> & { ask: (asked: Asked) => void; done: number }) {
  const { rows, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useItems(id, search);
  const [choice, setChoice] = useState<{ done: number; ids: readonly string[] }>({ done, ids: [] });
  // A verdict was given: nothing is chosen any more.
  const ids = choice.done === done ? choice.ids : [];
  const choose = (next: readonly string[]) => setChoice({ done, ids: next });
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  if (isPending) return <SkeletonText lines={8} />;
  if (rows.length === 0)
    return (
      <EmptyState icon={ListChecks} title={t('accessReview.none')}>
        {t('accessReview.none.text')}
      </EmptyState>
    );
  const chosen = rows.filter((item) => ids.includes(item.id) && item.actions.decide);
  return (
    <Card flush>
      <Bulk rows={rows} chosen={chosen} choose={choose} ask={ask} />
      <ul aria-label={t('accessReview.holdings')} className="divide-y divide-line">
        {rows.map((item) => (
          <Item
            key={item.id}
            item={item}
            chosen={ids.includes(item.id)}
            onChoose={(on) => choose(on ? [...ids, item.id] : ids.filter((one) => one !== item.id))}
            onVerdict={(verdict) => ask({ items: [item], verdict })}
          />
        ))}
      </ul>
      {hasNextPage && (
        <Button className="m-3" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('accessRequest.more')}
        </Button>
      )}
    </Card>
  );
}

/** One review: how far it is, and each holding with what becomes of it. */
export function Review({ id, search, show }: Props) {
  const { data: review, error, refetch } = useQuery(reviewQuery(id));
  const [asked, setAsked] = useState<Asked | null>(null);
  const [done, setDone] = useState(0);
  const set = (part: AccessReviewsSearch) => show({ ...search, ...part, review: id });
  return (
    <PageFrame
      title={review?.name ?? t('accessReview.title')}
      facts={t('accessReview.lead')}
      width="reading"
      actions={
        <>
          <Button icon={<ArrowLeft aria-hidden className="size-3.5 rtl:rotate-180" />} onClick={() => show({})}>
            {t('accessReview.back')}
          </Button>
          {review?.actions.cancel && (
            <Button
              variant="danger-quiet"
              onClick={() => openOperation({ name: 'accessReviews.cancel', input: { id }, onSettled: () => void queryClient.invalidateQueries({ queryKey: [LIST] }) })} // prettier-ignore
            >
              {t('accessReview.cancel')}
            </Button>
          )}
        </>
      }
    >
      {error ? <ProblemView error={error} retry={() => void refetch()} /> : review ? <Standing review={review} /> : <SkeletonText lines={3} />}
      <div role="group" aria-label={t('accessReview.filters')} className="my-4 flex flex-wrap gap-2">
        <FilterToggle label={t('accessReview.mine')} on={search.mine === true} onChange={(on) => set({ mine: on ? true : undefined })} />
        <FilterToggle label={t('accessReview.unusedOnly')} on={search.unused === true} onChange={(on) => set({ unused: on ? true : undefined })} />
        <Filter
          label={t('accessReview.stateOf')}
          value={search.state}
          onChange={(state) => set({ state })}
          choices={ITEM_STATES.map((value) => ({ value, label: t(`accessReview.state.${value}`) }))}
        />
      </div>
      <Items id={id} search={search} ask={setAsked} done={done} />
      {asked && <DecideDialog reviewId={id} {...asked} onClose={() => setAsked(null)} onDone={() => setDone(done + 1)} />}
    </PageFrame>
  );
}
