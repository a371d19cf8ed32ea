import { createFileRoute } from '@tanstack/react-router';
import { CompliancePage } from '#features/compliance/compliance-page.tsx';
import { complianceSearch } from '#features/compliance/search.ts';

export const Route = createFileRoute('/_app/compliance')({ validateSearch: complianceSearch, component: Page });

function Page() {
  return <CompliancePage search={Route.useSearch()} />;
}
