import { createFileRoute } from '@tanstack/react-router';
import { TeamsPage } from '#features/teams/teams-page.tsx';
import { textOf, type RawSearch } from '#lib/search.ts';

const validateSearch = (raw: RawSearch): { q?: string } => {
  const q = textOf(raw['q'], 100);
  return q ? { q } : {};
};
export const Route = createFileRoute('/_app/settings/teams')({ validateSearch, component: Page });

function Page() {
  return <TeamsPage q={Route.useSearch().q} />;
}
