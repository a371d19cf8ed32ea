import { createFileRoute } from '@tanstack/react-router';
import { keysSearch } from '#features/access/search.ts';
import { KeysPage } from '#features/keys/keys-page.tsx';

export const Route = createFileRoute('/_app/settings/api-keys')({ validateSearch: keysSearch, component: Page });

function Page() {
  return <KeysPage search={Route.useSearch()} />;
}
