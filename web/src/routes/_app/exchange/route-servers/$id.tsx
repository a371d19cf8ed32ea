import { createFileRoute } from '@tanstack/react-router';
import { RouteServerPage } from '#features/exchange/route-server-page.tsx';

export const Route = createFileRoute('/_app/exchange/route-servers/$id')({ component: Page });

function Page() {
  const { id } = Route.useParams();
  return <RouteServerPage key={id} id={id} />;
}
