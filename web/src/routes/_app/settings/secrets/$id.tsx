import { createFileRoute } from '@tanstack/react-router';
import { secretSearch } from '#features/secrets/search.ts';
import { SecretPage } from '#features/secrets/secret-page.tsx';

export const Route = createFileRoute('/_app/settings/secrets/$id')({ validateSearch: secretSearch, component: Page });

function Page() {
  const { id } = Route.useParams();
  return <SecretPage key={id} id={id} search={Route.useSearch()} />;
}
