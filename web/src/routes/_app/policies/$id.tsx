import { createFileRoute } from '@tanstack/react-router';
import { PolicyPage } from '#features/policies/policy-page.tsx';
import { setSearch } from '#features/policies/search.ts';

export const Route = createFileRoute('/_app/policies/$id')({ validateSearch: setSearch, component: Page });

function Page() {
  const { id } = Route.useParams();
  return <PolicyPage key={id} id={id} search={Route.useSearch()} />;
}
