import { createFileRoute } from '@tanstack/react-router';
import { OrganizationPage } from '#features/organization/organization-page.tsx';
import { organizationSearch } from '#features/organization/search.ts';

export const Route = createFileRoute('/_app/settings/organization/')({ validateSearch: organizationSearch, component: Page });

function Page() {
  return <OrganizationPage search={Route.useSearch()} />;
}
