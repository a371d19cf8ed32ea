import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Hourglass } from 'lucide-react';
import { changeQuery } from '#features/changes/api.ts';
import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { useCan } from '#lib/session.ts';
import type { ChangeSummary, Page } from '#lib/types.ts';
import { Progress } from '#ui/progress.tsx';
import { State } from '#ui/state.tsx';

const NumberLink = ({ id, text }: { id: string; text: string }) => (
  <Link to="/changes/$id" params={{ id }} className="font-mono text-xs whitespace-nowrap text-accent hover:underline">
    {text}
  </Link>
);

/** The Change at work on a resource, as it goes. */
export function AtWork({ change }: { change: { id: string; number: string | null } }) {
  const id = change.number ?? change.id;
  const enabled = useCan('changes:read');
  const { data } = useQuery({ ...changeQuery(id), enabled });
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-accent/35 bg-accent-wash px-4 py-2.5">
      <p className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
        <NumberLink id={id} text={data?.number ?? change.number ?? t('servers.openChange')} />
        <span className="font-medium">{data?.summary}</span>
        {data?.job?.message && <span className="text-ink-2">{data.job.message}</span>}
      </p>
      {data && <State value={data.state} variant="plain" />}
      {data?.job && (
        <span className="flex w-full items-center gap-2 sm:w-48">
          <Progress value={data.job.progress} label={t('change.run.progress')} />
          <span className="w-9 text-end text-xs whitespace-nowrap text-ink-2">{data.job.progress} %</span>
        </span>
      )}
    </div>
  );
}

/** Changes of a resource that wait for someone's approval. */
export function Waiting({ targetId }: { targetId: string }) {
  const enabled = useCan('changes:read');
  const { data } = useQuery({
    queryKey: ['/changes', 'waiting-on', targetId],
    queryFn: ({ signal }) => request<Page<ChangeSummary>>('GET', '/changes', { query: { targetId, state: 'awaiting_approval', limit: 5 }, signal }),
    enabled,
  });
  if (!data || data.items.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5 rounded-lg border border-warn/40 bg-surface px-4 py-2.5">
      {data.items.map((change) => (
        <li key={change.id} className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <Hourglass aria-hidden className="size-3.5 shrink-0 text-warn" />
          <NumberLink id={change.number} text={change.number} />
          <span className="font-medium">{change.summary}</span>
          <span className="text-ink-2">{t('review.waiting', { name: change.requester.name })}</span>
        </li>
      ))}
    </ul>
  );
}
