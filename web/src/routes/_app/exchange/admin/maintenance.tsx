import { createFileRoute } from '@tanstack/react-router';
import { MaintenancePage } from '#features/exchange/maintenance-page.tsx';

export const Route = createFileRoute('/_app/exchange/admin/maintenance')({
  validateSearch: (search) => search as { tab?: string },
  component: Page,
});

function Page() {
  return <MaintenancePage search={{ ...Route.useSearch() }} />;
}
