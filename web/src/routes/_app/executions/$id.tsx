import { createFileRoute } from '@tanstack/react-router';
import { ExecutionPage } from '#features/executions/execution-page.tsx';
import type { ExecutionSearch } from '#features/executions/search.ts';

export const Route = createFileRoute('/_app/executions/$id')({ validateSearch: (search) => search as ExecutionSearch, component: Page });

function Page() {
  const { id } = Route.useParams();
  return <ExecutionPage key={id} id={id} search={{ ...Route.useSearch() }} />;
}
