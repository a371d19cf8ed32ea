import { useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import type { Item } from '#lib/answers.ts';
import { request } from '#lib/api.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Progress } from '#ui/progress.tsx';
import type { Asked } from './replay-dialog.tsx';

type Replay = Item<'webhooks.replays.list'>;
const LOOK_AGAIN_MS = 1_000;

/** How far what is sent again has come: everybody's that is under way, and one's own until the page is left. */
export function ReplayProgress({ webhookId, asked }: { webhookId: string; asked: Asked | null }) {
  const { data = [] } = useQuery({
    queryKey: ['/webhooks', 'replays', webhookId],
    queryFn: ({ signal }) => request<{ items: Replay[] }>('GET', `/webhooks/${webhookId}/replays`, { signal }).then(({ items }) => items),
    refetchInterval: ({ state }) => (state.data?.some(({ endedAt }) => endedAt === null) ? LOOK_AGAIN_MS : false),
  });
  const shown = data.filter(({ id, endedAt }) => endedAt === null || id === asked?.id);
  if (shown.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      {shown.map((replay) => {
        const done = replay.replayed + replay.skipped;
        const text = t(replay.endedAt === null ? 'webhooks.replay.progress' : 'webhooks.replay.ended', { done: number(replay.replayed), count: replay.deliveries, all: number(replay.deliveries) }); // prettier-ignore
        return (
          <div
            key={replay.id}
            role="status"
            className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-surface px-4 py-2.5"
          >
            <RotateCcw aria-hidden className="size-4 shrink-0 text-ink-3" />
            <span className="min-w-0 flex-1 basis-52">
              {text}
              {replay.skipped > 0 && <span className="block text-xs text-ink-2">{t('webhooks.replay.skipped', { count: replay.skipped })}</span>}
            </span>
            <Progress
              className="sm:w-56"
              label={text}
              tone={replay.endedAt === null ? 'accent' : 'good'}
              value={replay.endedAt === null ? (100 * done) / Math.max(1, replay.deliveries) : 100}
            />
          </div>
        );
      })}
    </div>
  );
}
