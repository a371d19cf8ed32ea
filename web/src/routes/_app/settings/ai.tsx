import { createFileRoute } from '@tanstack/react-router';
import { AiPage } from '#features/ai/ai-page.tsx';
import type { AiSearch } from '#features/ai/search.ts';

/** The page reads what it can of the search: here, that would be code of the first load. */
export const Route = createFileRoute('/_app/settings/ai')({ validateSearch: (search) => search as AiSearch, component: Page });

function Page() {
  return <AiPage search={{ ...Route.useSearch() }} />;
}
