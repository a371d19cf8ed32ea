import { createFileRoute } from '@tanstack/react-router';
import { FabricPage } from '#features/exchange/fabric-page.tsx';

export const Route = createFileRoute('/_app/exchange/fabrics/$id')({ validateSearch: (search) => search as { tab?: string }, component: Page });

function Page() {
  const { id } = Route.useParams();
  return <FabricPage key={id} id={id} search={{ ...Route.useSearch() }} />;
}
