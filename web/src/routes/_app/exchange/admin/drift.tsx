import { createFileRoute } from '@tanstack/react-router';
import { DriftPage } from '#features/exchange/drift-page.tsx';

export const Route = createFileRoute('/_app/exchange/admin/drift')({
  validateSearch: (search) => search as { tab?: string },
  component: Page,
});

function Page() {
  return <DriftPage search={{ ...Route.useSearch() }} />;
}
