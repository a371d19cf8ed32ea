import { createFileRoute } from '@tanstack/react-router';
import { AuditPage } from '#features/audit/audit-page.tsx';
import { auditSearch } from '#features/audit/filters.ts';

export const Route = createFileRoute('/_app/audit')({ validateSearch: auditSearch, component: Page });

function Page() {
  return <AuditPage search={Route.useSearch()} />;
}
