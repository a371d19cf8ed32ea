import { createFileRoute } from '@tanstack/react-router';
import { serversSearch } from '#features/clouds/filters.ts';
import { ServersPage } from '#features/clouds/servers-page.tsx';

export const Route = createFileRoute('/_app/infrastructure/servers/')({ validateSearch: serversSearch, component: Page });

function Page() {
  return <ServersPage search={Route.useSearch()} />;
}
