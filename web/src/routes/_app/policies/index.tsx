import { createFileRoute } from '@tanstack/react-router';
import { PoliciesPage } from '#features/policies/policies-page.tsx';
import { listSearch } from '#features/policies/search.ts';

export const Route = createFileRoute('/_app/policies/')({ validateSearch: listSearch, component: Page });

function Page() {
  return <PoliciesPage search={Route.useSearch()} />;
}
