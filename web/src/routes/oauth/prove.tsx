import { createFileRoute } from '@tanstack/react-router';
import { signedIn } from '#features/auth/guard.ts';
import { publicPage } from '#features/auth/prepare.ts';
import { ProvePage } from '#features/oauth/prove-page.tsx';
import { textOf, type RawSearch } from '#lib/search.ts';

const validateSearch = (raw: RawSearch): { agent: string; tenant: string } => ({
  agent: textOf(raw['agent'], 64) ?? '',
  tenant: textOf(raw['tenant'], 64) ?? '',
});
export const Route = createFileRoute('/oauth/prove')({
  validateSearch,
  beforeLoad: async ({ location }) => void (await signedIn(location.href)),
  loader: publicPage,
  component: Page,
});

function Page() {
  return <ProvePage {...Route.useSearch()} />;
}
