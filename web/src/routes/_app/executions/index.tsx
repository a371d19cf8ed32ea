import { createFileRoute } from '@tanstack/react-router';
import { ExecutionsPage } from '#features/executions/executions-page.tsx';
import type { ExecutionsSearch } from '#features/executions/search.ts';

export const Route = createFileRoute('/_app/executions/')({ validateSearch: (search) => search as ExecutionsSearch, component: Page });

function Page() {
  return <ExecutionsPage search={{ ...Route.useSearch() }} />;
}
