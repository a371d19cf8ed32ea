import { createFileRoute } from '@tanstack/react-router';
import { MemoryPage } from '#features/memory/memory-page.tsx';
import type { MemorySearch } from '#features/memory/search.ts';

/** The page reads what it can of the search: here, that would be code of the first load. */
export const Route = createFileRoute('/_app/memory/$id')({ validateSearch: (search) => search as MemorySearch, component: Page });

function Page() {
  const { id } = Route.useParams();
  return <MemoryPage key={id} id={id} search={{ ...Route.useSearch() }} />;
}
