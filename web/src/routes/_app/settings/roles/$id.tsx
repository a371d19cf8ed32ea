import { createFileRoute } from '@tanstack/react-router';
import { RolePage } from '#features/access/role-page.tsx';
import { roleSearch } from '#features/access/search.ts';

export const Route = createFileRoute('/_app/settings/roles/$id')({
  validateSearch: roleSearch,
  // Begun on hover; the page itself shows the skeleton or the problem. Fetched here, so that the first load does not carry it.
  loader: ({ context, params }) =>
    void import('#features/access/api.ts').then(({ permissionsQuery, roleQuery }) =>
      Promise.all([context.queryClient.prefetchQuery(roleQuery(params.id)), context.queryClient.prefetchQuery(permissionsQuery)]),
    ),
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  return <RolePage key={id} id={id} search={Route.useSearch()} />;
}
