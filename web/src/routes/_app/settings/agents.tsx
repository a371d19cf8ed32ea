import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { AgentsPage } from '#features/oauth/agents-page.tsx';
import type { RawSearch } from '#lib/search.ts';

const validateSearch = (raw: RawSearch): { tab?: 'programs' } => (raw['tab'] === 'programs' ? { tab: 'programs' } : {});
export const Route = createFileRoute('/_app/settings/agents')({ validateSearch, component: Page });

function Page() {
  const { tab = 'agents' } = Route.useSearch();
  const navigate = useNavigate();
  return (
    <AgentsPage
      tab={tab}
      onTab={(next) => void navigate({ to: '/settings/agents', search: next === 'programs' ? { tab: next } : {}, replace: true })}
    />
  );
}
