import { createFileRoute } from '@tanstack/react-router';
import { RolesPage } from '#features/access/roles-page.tsx';
import { rolesSearch } from '#features/access/search.ts';

export const Route = createFileRoute('/_app/settings/roles/')({ validateSearch: rolesSearch, component: Page });

function Page() {
  return <RolesPage search={Route.useSearch()} />;
}
