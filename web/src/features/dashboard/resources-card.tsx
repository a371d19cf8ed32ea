import { useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { Cloud, Globe, Server, type LucideIcon } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { number } from '#lib/formats.ts';
import { t, type MessageKey } from '#lib/i18n.ts';
import { permits, useMe } from '#lib/session.ts';
import type { Tone } from '#ui/badge.tsx';
import { Card } from '#ui/card.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { stateText, stateTone } from '#ui/state.tsx';
import { countStates } from './count-states.ts';
import { statesQuery } from './states-query.ts';

interface Kind {
  path: string;
  page: string;
  permission: string;
  label: MessageKey;
  icon: LucideIcon;
}
const KINDS: readonly Kind[] = [
  { path: '/servers', page: '/infrastructure/servers', permission: 'servers:read', label: 'nav.servers', icon: Server },
  { path: '/dns/zones', page: '/infrastructure/dns', permission: 'dns:read', label: 'nav.dns', icon: Globe },
  { path: '/cloud-providers', page: '/settings/cloud-providers', permission: 'clouds:read', label: 'nav.cloudProviders', icon: Cloud },
];
const bars: Record<Tone, string> = {
  good: 'bg-good',
  accent: 'bg-accent',
  warn: 'bg-warn-fill',
  bad: 'bg-bad',
  quiet: 'bg-ink-3/50',
  outline: 'bg-ink-3/50',
};

function Row({ kind }: { kind: Kind }) {
  const routes = useRouter().routesByPath;
  const { data, error, refetch } = useQuery(statesQuery(kind.path));
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  const Icon = kind.icon;
  const counts = countStates(data?.items ?? []);
  const total = data?.items.length ?? 0;
  const head = (
    <span className="flex items-center gap-2">
      <Icon aria-hidden className="size-4 text-ink-3" strokeWidth={1.75} />
      <span className="flex-1 font-medium">{t(kind.label)}</span>
      {data ? (
        <span className="text-base font-semibold">
          {number(total)}
          {data.nextCursor && '+'}
        </span>
      ) : (
        <Skeleton className="h-4 w-6" />
      )}
    </span>
  );
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3">
      {kind.page in routes ? (
        <Link to={kind.page} className="rounded-sm hover:underline">
          {head}
        </Link>
      ) : (
        head
      )}
      <div aria-hidden className="flex h-1.5 gap-0.5 overflow-hidden rounded-full bg-press">
        {counts.map(({ state, count }) => (
          <span key={state} className={cx('h-full', bars[stateTone(state, 'resource')])} style={{ flexGrow: count }} />
        ))}
      </div>
      <p className="flex min-h-4 flex-wrap gap-x-3 text-xs text-ink-2">
        {counts.map(({ state, count }) => (
          <span key={state}>
            {number(count)} {stateText(state).toLocaleLowerCase()}
          </span>
        ))}
        {data && total === 0 && t('dashboard.resources.none')}
      </p>
    </li>
  );
}

/** How many of each kind there are, and how they are. */
export function ResourcesCard() {
  const { permissions } = useMe();
  const kinds = KINDS.filter(({ permission }) => permits(permissions, permission));
  if (kinds.length === 0) return null;
  return (
    <Card flush title={t('dashboard.resources')}>
      <ul className="divide-y divide-line">
        {kinds.map((kind) => (
          <Row key={kind.path} kind={kind} />
        ))}
      </ul>
    </Card>
  );
}
