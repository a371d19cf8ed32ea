import { createFileRoute } from '@tanstack/react-router';
import { NewPolicyPage } from '#features/policies/new-page.tsx';
import { newSearch } from '#features/policies/search.ts';

export const Route = createFileRoute('/_app/policies/new')({ validateSearch: newSearch, component: Page });

function Page() {
  return <NewPolicyPage from={Route.useSearch().from} />;
}
