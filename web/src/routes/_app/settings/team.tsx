import { createFileRoute } from '@tanstack/react-router';
import { teamSearch } from '#features/team/filters.ts';
import { TeamPage } from '#features/team/team-page.tsx';

export const Route = createFileRoute('/_app/settings/team')({ validateSearch: teamSearch, component: Page });

function Page() {
  return <TeamPage search={Route.useSearch()} />;
}
