import { createFileRoute } from '@tanstack/react-router';
import { securitySearch } from '#features/audit/security-api.ts';
import { SecurityPage } from '#features/audit/security-page.tsx';

export const Route = createFileRoute('/_app/settings/security-events')({ validateSearch: securitySearch, component: Page });

function Page() {
  return <SecurityPage search={Route.useSearch()} />;
}
