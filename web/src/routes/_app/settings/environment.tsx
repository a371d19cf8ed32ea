import { createFileRoute } from '@tanstack/react-router';
import { EnvironmentPage } from '#features/environment/environment-page.tsx';
import { environmentSearch } from '#features/environment/search.ts';

export const Route = createFileRoute('/_app/settings/environment')({ validateSearch: environmentSearch, component: Page });

function Page() {
  return <EnvironmentPage search={Route.useSearch()} />;
}
