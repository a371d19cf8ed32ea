import { createFileRoute } from '@tanstack/react-router';
import { simulateSearch } from '#features/policies/search.ts';
import { SimulatePage } from '#features/policies/simulate/simulate-page.tsx';

export const Route = createFileRoute('/_app/policies/simulate')({ validateSearch: simulateSearch, component: Page });

function Page() {
  return <SimulatePage search={Route.useSearch()} />;
}
