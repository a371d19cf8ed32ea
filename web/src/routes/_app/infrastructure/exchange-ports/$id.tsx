import { createFileRoute } from '@tanstack/react-router';
import { PortPage } from '#features/exchange-ports/port-page.tsx';

export const Route = createFileRoute('/_app/infrastructure/exchange-ports/$id')({
  validateSearch: (search) => search as { platform?: string },
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  return <PortPage key={id} id={id} search={{ ...Route.useSearch() }} />;
}
