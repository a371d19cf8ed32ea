import { useNavigate } from '@tanstack/react-router';
import { Siren } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { Time } from '#ui/time.tsx';
import { toast } from '#ui/toast.tsx';
import { useMark, type Notification } from './api.ts';
import { detailOf, headlineOf } from './words.ts';

/** One notification as a link to what it is about; opening it reads it. */
export function Entry({ notification, onOpen }: { notification: Notification; onOpen?: () => void }) {
  const navigate = useNavigate();
  const { mark } = useMark();
  const unread = notification.readAt === null;
  const open = () => {
    if (unread) mark(notification.id, true).catch(toast.failed);
    onOpen?.();
    void navigate({ to: notification.content.page });
  };
  return (
    <a
      href={notification.content.page}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open();
      }}
      className="flex min-w-0 flex-1 items-start gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover"
    >
      <span aria-hidden className={cx('mt-1.5 size-2 shrink-0 rounded-full', unread ? 'bg-accent-fill' : 'bg-transparent')} />
      <span className="min-w-0 flex-1">
        <span className={cx('flex items-center gap-1.5 text-sm', unread && 'font-medium')}>
          {notification.critical && <Siren aria-hidden className="size-3.5 shrink-0 text-bad" />}
          <span className="min-w-0 truncate">{headlineOf(notification)}</span>
          {unread && <span className="sr-only">{t('notifications.unread')}</span>}
        </span>
        <span className="block truncate text-xs text-ink-2">{detailOf(notification)}</span>
      </span>
      <span className="shrink-0 pt-0.5 text-xs text-ink-3">
        <Time at={notification.createdAt} short />
      </span>
    </a>
  );
}
