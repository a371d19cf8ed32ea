import { createFileRoute } from '@tanstack/react-router';
import { changeQuery } from '#features/changes/api.ts';
import { ChangePage, type ChangeSearch, type ChangeTab } from '#features/changes/change-page.tsx';
import { CHANGE_ACTIONS } from '#lib/types.ts';

const TABS: readonly ChangeTab[] = ['overview', 'audit', 'json'];
const validateSearch = (search: Record<string, unknown>): ChangeSearch => {
  const tab = TABS.find((known) => known === search['tab']);
  const decide = CHANGE_ACTIONS.find((known) => known === search['decide']);
  return { ...(tab ? { tab } : {}), ...(decide ? { decide } : {}) };
};
export const Route = createFileRoute('/_app/changes/$id')({
  validateSearch,
  // Begun on hover; the page itself shows the skeleton or the problem.
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(changeQuery(params.id)),
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  return <ChangePage key={id} id={id} search={Route.useSearch()} />;
}
