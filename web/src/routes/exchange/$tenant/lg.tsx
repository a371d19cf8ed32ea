import { createFileRoute } from '@tanstack/react-router';
import { PublicGlassPage } from '#features/exchange-glass/public-page.tsx';
import { allTexts } from '#lib/i18n.ts';

export const Route = createFileRoute('/exchange/$tenant/lg')({
  validateSearch: (search) => search as { server?: string; session?: string; prefix?: string },
  loader: allTexts,
  component: Page,
});

function Page() {
  return <PublicGlassPage tenant={Route.useParams().tenant} search={{ ...Route.useSearch() }} />;
}
