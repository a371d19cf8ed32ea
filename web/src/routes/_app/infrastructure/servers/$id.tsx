import { createFileRoute } from '@tanstack/react-router';
import { serverQuery } from '#features/clouds/api.ts';
import { serverSearch } from '#features/clouds/filters.ts';
import { ServerPage } from '#features/clouds/server-page.tsx';

export const Route = createFileRoute('/_app/infrastructure/servers/$id')({
  validateSearch: serverSearch,
  // Begun on hover; the page itself shows the skeleton or the problem.
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(serverQuery(params.id)),
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  return <ServerPage key={id} id={id} search={Route.useSearch()} />;
}
