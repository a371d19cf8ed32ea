import { createFileRoute } from '@tanstack/react-router';
import { WorkflowPage } from '#features/workflows/workflow-page.tsx';
import type { ViewSearch } from '#features/workflows/search.ts';

/** Versions, executions, tests, triggers: each reads its own part of the search. */
export const Route = createFileRoute('/_app/workflows/$id/$view')({ validateSearch: (search) => search as ViewSearch, component: Page });

function Page() {
  const { id, view } = Route.useParams();
  return <WorkflowPage key={id} id={id} view={view} search={{ ...Route.useSearch() }} />;
}
