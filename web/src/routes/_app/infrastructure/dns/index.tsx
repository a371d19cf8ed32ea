import { createFileRoute } from '@tanstack/react-router';
import { zonesSearch } from '#features/dns/filters.ts';
import { ZonesPage } from '#features/dns/zones-page.tsx';

export const Route = createFileRoute('/_app/infrastructure/dns/')({ validateSearch: zonesSearch, component: Page });

function Page() {
  return <ZonesPage search={Route.useSearch()} />;
}
