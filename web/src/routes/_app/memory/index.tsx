import { createFileRoute } from '@tanstack/react-router';
import { MemoriesPage } from '#features/memory/memories-page.tsx';
import type { MemoriesSearch } from '#features/memory/search.ts';

/** The page reads what it can of the search: here, that would be code of the first load. */
export const Route = createFileRoute('/_app/memory/')({ validateSearch: (search) => search as MemoriesSearch, component: Page });

function Page() {
  return <MemoriesPage search={{ ...Route.useSearch() }} />;
}
