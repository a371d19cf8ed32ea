import { createFileRoute } from '@tanstack/react-router';
import { secretsSearch } from '#features/secrets/search.ts';
import { SecretsPage } from '#features/secrets/secrets-page.tsx';

export const Route = createFileRoute('/_app/settings/secrets/')({ validateSearch: secretsSearch, component: Page });

function Page() {
  return <SecretsPage search={Route.useSearch()} />;
}
