import { createFileRoute } from '@tanstack/react-router';
import { ApprovalsPage } from '#features/approvals/approvals-page.tsx';
import { inboxSearch } from '#features/approvals/search.ts';

export const Route = createFileRoute('/_app/approvals/')({ validateSearch: inboxSearch, component: Page });

function Page() {
  return <ApprovalsPage search={Route.useSearch()} />;
}
