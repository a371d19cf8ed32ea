import { createFileRoute } from '@tanstack/react-router';
import { MetricsPage } from '#features/workflow-metrics/metrics-page.tsx';
import type { MetricsSearch } from '#features/workflow-metrics/search.ts';

/** The page reads what it can of the search: here, that would be code of the first load. */
export const Route = createFileRoute('/_app/workflows/metrics')({ validateSearch: (search) => search as MetricsSearch, component: Page });

function Page() {
  return <MetricsPage search={{ ...Route.useSearch() }} />;
}
