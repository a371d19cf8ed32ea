import { useNavigate } from '@tanstack/react-router';
import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { request } from '#lib/api.ts';
import { currentLanguage, t } from '#lib/i18n.ts';
import { writtenLanguage } from '#lib/written.ts';
import { compact } from '#lib/search.ts';
import { useCan, useMe } from '#lib/session.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import type { ActivitySearch } from './activity-search.ts';
import { ActivityTimeline, type Day } from './activity-timeline.tsx';
import { ActorFilter } from './actor-filter.tsx';

/** Pages of days; one that goes on over the end of a page is put together again. */
export const joinedDays = (pages: readonly (readonly Day[])[]): Day[] =>
  pages.flat().reduce<Day[]>((days, next) => {
    const last = days.at(-1);
    return last?.day === next.day ? [...days.slice(0, -1), { day: next.day, items: [...last.items, ...next.items] }] : [...days, next];
  }, []);

const useActivity = (person: string) =>
  useInfiniteQuery({
    queryKey: ['/users', person, 'activity', currentLanguage()],
    queryFn: ({ pageParam, signal }) =>
      request<{ days: Day[]; nextCursor: string | null }>('GET', `/users/${person}/activity`, {
        query: {
          locale: writtenLanguage(),
          zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          limit: 50,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** What somebody did in this tenant, in sentences, day by day. */
export function ActivityPage({ search }: { search: ActivitySearch }) {
  const navigate = useNavigate();
  const mayOthers = useCan('audit:read');
  const { actor } = useMe();
  const activity = useActivity(search.person ?? actor.id);
  const days = joinedDays(activity.data?.pages.map((page) => page.days) ?? []);
  return (
    <PageFrame
      title={t('activity.title')}
      facts={t('activity.lead')}
      width="reading"
      actions={
        mayOthers && (
          <ActorFilter
            value={search.person}
            onChange={(person) => void navigate({ to: '/settings/activity', search: compact<ActivitySearch>({ person }), replace: true })}
          />
        )
      }
    >
      {activity.isPending ? (
        <SkeletonText lines={8} />
      ) : activity.error ? (
        <ProblemView error={activity.error} retry={() => void activity.refetch()} />
      ) : days.length === 0 ? (
        <EmptyState icon={History} title={t('activity.empty')}>
          {t('activity.empty.text')}
        </EmptyState>
      ) : (
        <>
          <ActivityTimeline days={days} />
          {activity.hasNextPage && (
            <Button className="self-center" busy={activity.isFetchingNextPage} onClick={() => void activity.fetchNextPage()}>
              {t('activity.earlier')}
            </Button>
          )}
        </>
      )}
    </PageFrame>
  );
}
