import { createFileRoute } from '@tanstack/react-router';
import { signedIn } from '#features/auth/guard.ts';
import { publicPage } from '#features/auth/prepare.ts';
import { ConsentPage } from '#features/oauth/consent-page.tsx';
import { RefusedPage } from '#features/oauth/refused-page.tsx';
import { textOf, type RawSearch } from '#lib/search.ts';

interface Search {
  request?: string;
  problem?: string;
  id?: string;
}
const validateSearch = (raw: RawSearch): Search =>
  Object.fromEntries((['request', 'problem', 'id'] as const).flatMap((name) => { const text = textOf(raw[name], 100); return text ? [[name, text]] : []; })); // prettier-ignore

export const Route = createFileRoute('/oauth/consent')({
  validateSearch,
  beforeLoad: async ({ location, search }) => {
    if (search.request) await signedIn(location.href);
  },
  loader: publicPage,
  component: Page,
});

function Page() {
  const { request, problem, id } = Route.useSearch();
  return request ? <ConsentPage id={request} /> : <RefusedPage problem={problem ?? 'oauth-invalid-request'} id={id} />;
}
