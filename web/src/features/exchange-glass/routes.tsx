import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX, Star, type LucideIcon } from 'lucide-react';
import { number } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { Age } from './age.tsx';
import type { Route, RoutesPage, RoutesQuery } from './api.ts';

type Reason = NonNullable<Route['reason']>;

/** In the reader's language where the exchange's own numbers are used, else as the server says it. */
function reasonTexts({ code, title, remedy }: Reason): { title: string; remedy: string } {
  const [titleKey, remedyKey] = [`glass.reason.${code}`, `glass.remedy.${code}`];
  return { title: hasText(titleKey) ? t(titleKey) : title, remedy: hasText(remedyKey) ? t(remedyKey) : remedy };
}

export function Why({ reason }: { reason: Reason }) {
  const { title, remedy } = reasonTexts(reason);
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone="bad" icon={<CircleX aria-hidden />}>
        {title}
      </Badge>
      <span className="min-w-0 text-ink-2">{remedy}</span>
    </p>
  );
}

const RPKI: Record<NonNullable<Route['rpki']>, Tone> = { valid: 'good', unknown: 'quiet', unchecked: 'quiet', invalid: 'bad' };
const ICONS: Partial<Record<Tone, LucideIcon>> = { good: CircleCheck, bad: CircleX };
function Rpki({ state }: { state: NonNullable<Route['rpki']> }) {
  const Icon = ICONS[RPKI[state]];
  return (
    <Badge tone={RPKI[state]} {...(Icon ? { icon: <Icon aria-hidden /> } : {})}>
      {t(`glass.rpki.${state}`)}
    </Badge>
  );
}

const Communities = ({ route: { communities, largeCommunities, extCommunities } }: { route: Route }) => {
  const all = [...communities, ...largeCommunities, ...extCommunities];
  return all.length === 0 ? null : (
    <details>
      <summary className="cursor-pointer text-xs text-ink-3 pointer-coarse:py-2">{t('glass.communities', { count: all.length })}</summary>
      <p className="font-mono text-xs [overflow-wrap:anywhere]" dir="ltr">
        {all.join('  ')}
      </p>
    </details>
  );
};

const Line = ({ route }: { route: Route }) => (
  <li className="flex flex-col gap-1 px-4 py-2">
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="font-mono font-medium [overflow-wrap:anywhere]" dir="ltr">
        {route.prefix}
      </span>
      {route.primary && route.reason === null && (
        <Badge icon={<Star aria-hidden />} tone="outline">
          {t('glass.best')}
        </Badge>
      )}
      {route.rpki !== null && <Rpki state={route.rpki} />}
    </div>
    {route.reason !== null && <Why reason={route.reason} />}
    <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
      <span>
        {t('glass.path')}{' '}
        <span className="font-mono [overflow-wrap:anywhere]" dir="ltr">
          {route.asPath || '–'}
        </span>
      </span>
      {route.nextHop !== null && (
        <span>
          {t('glass.nextHop')}{' '}
          <span className="font-mono [overflow-wrap:anywhere]" dir="ltr">
            {route.nextHop}
          </span>
        </span>
      )}
    </p>
    <Communities route={route} />
  </li>
);

/** How many there are, and when that was said. */
const Head = ({ page: { total, found, readAt, stale } }: { page: RoutesPage }) => (
  <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2 text-xs text-ink-2">
    <span role="status">
      {found === total ? t('glass.total', { count: total }) : t('glass.found', { found: number(found), total: number(total) })}
    </span>
    <Age readAt={readAt} stale={stale} />
  </div>
);

/** Routes page by page; what is refused with its reason and what to do. */
export function Routes({ query, label, empty }: { query: RoutesQuery; label: string; empty: string }) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(query);
  if (error && !data) return <ProblemView error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonText lines={4} />;
  const routes = data.pages.flatMap(({ items }) => items);
  return (
    <div className="rounded-md border border-line">
      <Head page={data.pages[0]!} />
      {routes.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">{empty}</p>
      ) : (
        <ul aria-label={label} className="divide-y divide-line">
          {routes.map((route, at) => (
            <Line key={`${route.prefix} ${route.protocol} ${at}`} route={route} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button className="m-3" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('glass.more')}
        </Button>
      )}
    </div>
  );
}
