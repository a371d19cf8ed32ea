import { createFileRoute } from '@tanstack/react-router';
import { zoneQuery } from '#features/dns/api.ts';
import { zoneSearch } from '#features/dns/filters.ts';
import { ZonePage } from '#features/dns/zone-page.tsx';

export const Route = createFileRoute('/_app/infrastructure/dns/$id')({
  validateSearch: zoneSearch,
  // Begun on hover; the page itself shows the skeleton or the problem.
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(zoneQuery(params.id)),
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  return <ZonePage key={id} id={id} search={Route.useSearch()} />;
}
