import { words } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Time } from '#ui/time.tsx';
import type { ActivityRow } from './api.ts';
import { NoRows } from './rows.tsx';

const textOf = (kind: string): string => {
  const key = `happened.${kind}`;
  return hasText(key) ? t(key) : words(kind);
};

/** The person's own trail: what was done with the account, from where. */
export function ActivityCard() {
  const { rows, loading, error, hasMore, loadingMore, loadMore, retry } = usePages<ActivityRow>('/users/me/activity', { limit: 20 });
  return (
    <Card flush title={t('activity.card')}>
      {loading ? (
        <div className="p-4">
          <SkeletonText lines={5} />
        </div>
      ) : error ? (
        <div className="p-4">
          <ProblemView error={error} retry={retry} />
        </div>
      ) : rows.length === 0 ? (
        <NoRows>{t('activity.none')}</NoRows>
      ) : (
        <ol className="divide-y divide-line">
          {rows.map((row) => (
            <li key={row.id} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-4 py-2">
              <span className="min-w-0">{textOf(row.kind)}</span>
              <span className="flex flex-wrap gap-x-3 text-xs text-ink-3">
                {row.device && <span>{row.device}</span>}
                {row.ip && <span>{t('activity.from', { ip: row.ip })}</span>}
                <Time at={row.at} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {hasMore && (
        <div className="border-t border-line p-2">
          <Button variant="ghost" size="sm" busy={loadingMore} onClick={loadMore} className="w-full">
            {t('activity.more')}
          </Button>
        </div>
      )}
    </Card>
  );
}
