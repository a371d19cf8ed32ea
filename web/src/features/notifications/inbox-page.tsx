import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { BellOff, CheckCheck, Mail, MailOpen } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { usePages } from '#lib/pages.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { FilterToggle } from '#ui/filter.tsx';
import { PageFrame } from '#ui/page.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { SkeletonText } from '#ui/skeleton.tsx';
import { toast } from '#ui/toast.tsx';
import { unreadQuery, useMark, type Notification } from './api.ts';
import { Entry } from './entry.tsx';
import { headlineOf } from './words.ts';

function Row({ notification }: { notification: Notification }) {
  const { mark } = useMark();
  const unread = notification.readAt === null;
  const label = t(unread ? 'notifications.mark.read' : 'notifications.mark.unread', { what: headlineOf(notification) });
  return (
    <li className="flex items-center gap-1 px-2 py-1">
      <Entry notification={notification} />
      <Button variant="ghost" size="icon-sm" aria-label={label} title={label} onClick={() => void mark(notification.id, unread).catch(toast.failed)}>
        {unread ? <MailOpen aria-hidden className="size-3.5" /> : <Mail aria-hidden className="size-3.5" />}
      </Button>
    </li>
  );
}

/** Everything that one was told of, the newest first. */
export function InboxPage({ unread, onUnread }: { unread: boolean; onUnread: (only: boolean) => void }) {
  const { rows, loading, error, hasMore, loadingMore, loadMore, retry } = usePages<Notification>('/notifications', unread ? { unread: true } : {});
  const count = useQuery(unreadQuery).data ?? 0;
  const { markAll } = useMark();
  return (
    <PageFrame
      title={t('notifications.title')}
      facts={t('notifications.lead')}
      width="reading"
      actions={
        <>
          <FilterToggle label={t('notifications.unreadOnly')} on={unread} onChange={onUnread} />
          <Button
            icon={<CheckCheck aria-hidden className="size-3.5" />}
            blocked={count === 0 ? t('notifications.nothingUnread') : null}
            onClick={() => void markAll().catch(toast.failed)}
          >
            {t('notifications.readAll')}
          </Button>
        </>
      }
    >
      {error ? (
        <ProblemView error={error} retry={retry} />
      ) : loading ? (
        <SkeletonText lines={6} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={BellOff}
          title={t('notifications.empty.title')}
          action={
            <Button asChild>
              <Link to="/settings/notifications">{t('notifications.settings')}</Link>
            </Button>
          }
        >
          {t('notifications.empty.text')}
        </EmptyState>
      ) : (
        <Card flush title={t('notifications.list')}>
          <ul className="divide-y divide-line">
            {rows.map((one) => (
              <Row key={one.id} notification={one} />
            ))}
          </ul>
        </Card>
      )}
      {hasMore && (
        <Button className="self-center" busy={loadingMore} onClick={loadMore}>
          {t('notifications.loadMore')}
        </Button>
      )}
    </PageFrame>
  );
}
