import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { InboxPage } from '#features/notifications/inbox-page.tsx';
import type { RawSearch } from '#lib/search.ts';

const validateSearch = (raw: RawSearch): { unread?: true } => (raw['unread'] === true || raw['unread'] === 'true' ? { unread: true } : {});
export const Route = createFileRoute('/_app/notifications')({ validateSearch, component: Page });

function Page() {
  const { unread = false } = Route.useSearch();
  const navigate = useNavigate();
  return (
    <InboxPage unread={unread} onUnread={(only) => void navigate({ to: '/notifications', search: only ? { unread: true } : {}, replace: true })} />
  );
}
