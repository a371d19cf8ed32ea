import { createFileRoute } from '@tanstack/react-router';
import { PortsPage } from '#features/exchange-ports/ports-page.tsx';

export const Route = createFileRoute('/_app/infrastructure/exchange-ports/')({
  validateSearch: (search) => search as { whose?: string },
  component: Page,
});

function Page() {
  return <PortsPage search={{ ...Route.useSearch() }} />;
}
