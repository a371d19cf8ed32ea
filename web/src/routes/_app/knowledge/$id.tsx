import { createFileRoute } from '@tanstack/react-router';
import { CollectionPage } from '#features/knowledge/collection-page.tsx';
import type { CollectionSearch } from '#features/knowledge/search.ts';

/** The page reads what it can of the search: here, that would be code of the first load. */
export const Route = createFileRoute('/_app/knowledge/$id')({ validateSearch: (search) => search as CollectionSearch, component: Page });

function Page() {
  const { id } = Route.useParams();
  return <CollectionPage key={id} id={id} search={{ ...Route.useSearch() }} />;
}
