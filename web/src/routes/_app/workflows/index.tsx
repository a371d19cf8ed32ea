import { createFileRoute } from '@tanstack/react-router';
import type { WorkflowsSearch } from '#features/workflows/search.ts';
import { WorkflowsPage } from '#features/workflows/workflows-page.tsx';

/** The page reads what it can of the search: here, that would be code of the first load. */
export const Route = createFileRoute('/_app/workflows/')({ validateSearch: (search) => search as WorkflowsSearch, component: Page });

function Page() {
  return <WorkflowsPage search={Route.useSearch()} />;
}
