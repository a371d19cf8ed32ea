import { createFileRoute } from '@tanstack/react-router';
import { AccessRequestsPage } from '#features/access-requests/requests-page.tsx';
import { accessRequestsSearch } from '#features/access-requests/search.ts';

export const Route = createFileRoute('/_app/settings/access-requests')({ validateSearch: accessRequestsSearch, component: Page });

function Page() {
  return <AccessRequestsPage search={Route.useSearch()} />;
}
