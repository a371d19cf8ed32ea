import { createFileRoute } from '@tanstack/react-router';
import { EmergenciesPage } from '#features/emergencies/emergencies-page.tsx';
import { emergenciesSearch } from '#features/emergencies/search.ts';

export const Route = createFileRoute('/_app/emergencies')({ validateSearch: emergenciesSearch, component: Page });

function Page() {
  return <EmergenciesPage search={Route.useSearch()} />;
}
