import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bell as Icon } from 'lucide-react';
import { useState } from 'react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Popover } from '#ui/popover.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { toast } from '#ui/toast.tsx';
import { latestQuery, unreadQuery, useMark } from './api.ts';
import { Entry } from './entry.tsx';

function Latest({ onOpen }: { onOpen: () => void }) {
  const { data, error, refetch } = useQuery(latestQuery);
  if (error) return <ProblemView error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonText lines={4} />;
  if (data.length === 0) return <p className="px-2 py-4 text-center text-sm text-ink-2">{t('notifications.empty.title')}</p>;
  return (
    <ul className="flex max-h-[60dvh] flex-col overflow-y-auto">
      {data.map((one) => (
        <li key={one.id} className="flex">
          <Entry notification={one} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}

/** How much is unread, and the latest of it. */
export function Bell() {
  const count = useQuery(unreadQuery).data ?? 0;
  const [open, setOpen] = useState(false);
  const { markAll } = useMark();
  const label = count > 0 ? t('notifications.bell.count', { count }) : t('notifications.title');
  return (
    <Popover
      label={t('notifications.title')}
      open={open}
      onOpenChange={setOpen}
      className="w-96 p-2"
      trigger={
        <button
          type="button"
          aria-label={label}
          title={label}
          className="relative grid size-7 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink aria-expanded:bg-press pointer-coarse:size-10"
        >
          <Icon aria-hidden className="size-4" />
          {count > 0 && (
            <span
              aria-hidden
              className="absolute -end-0.5 -top-0.5 min-w-4 rounded-full bg-accent-fill px-1 text-center text-2xs leading-4 font-medium text-white"
            >
              {count > 99 ? '99+' : count}
            </span>
          )}
        </button>
      }
    >
      <div className="flex items-center justify-between gap-2 px-2 pb-1.5">
        <h2 className="text-sm font-semibold">{t('notifications.title')}</h2>
        {count > 0 && (
          <Button variant="link" onClick={() => void markAll().catch(toast.failed)}>
            {t('notifications.readAll')}
          </Button>
        )}
      </div>
      <Latest onOpen={() => setOpen(false)} />
      <div className="flex justify-between gap-2 border-t border-line px-2 pt-2 text-sm">
        <Link to="/notifications" onClick={() => setOpen(false)} className="text-accent underline-offset-2 hover:underline">
          {t('notifications.all')}
        </Link>
        <Link to="/settings/notifications" onClick={() => setOpen(false)} className="text-ink-2 underline-offset-2 hover:underline">
          {t('notifications.settings')}
        </Link>
      </div>
    </Popover>
  );
}
