import { createFileRoute } from '@tanstack/react-router';
import { GlassPage } from '#features/exchange-glass/glass-page.tsx';

export const Route = createFileRoute('/_app/exchange/lg')({
  validateSearch: (search) => search as { server?: string; session?: string; view?: string; prefix?: string },
  component: Page,
});

function Page() {
  return <GlassPage search={{ ...Route.useSearch() }} />;
}
