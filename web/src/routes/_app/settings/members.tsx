import { createFileRoute } from '@tanstack/react-router';
import { MembersPage } from '#features/settings/members-page.tsx';

const validateSearch = (search: Record<string, unknown>): { q?: string } =>
  typeof search['q'] === 'string' && search['q'] ? { q: search['q'] } : {};
export const Route = createFileRoute('/_app/settings/members')({ validateSearch, component: Page });

function Page() {
  return <MembersPage search={Route.useSearch()} />;
}
