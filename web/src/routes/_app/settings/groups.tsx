import { createFileRoute } from '@tanstack/react-router';
import { GroupsPage } from '#features/groups/groups-page.tsx';
import { textOf, type RawSearch } from '#lib/search.ts';

const validateSearch = (raw: RawSearch): { q?: string } => {
  const q = textOf(raw['q'], 100);
  return q ? { q } : {};
};
export const Route = createFileRoute('/_app/settings/groups')({ validateSearch, component: Page });

function Page() {
  return <GroupsPage q={Route.useSearch().q} />;
}
