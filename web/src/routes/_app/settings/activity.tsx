import { createFileRoute } from '@tanstack/react-router';
import { ActivityPage } from '#features/audit/activity-page.tsx';
import { activitySearch } from '#features/audit/activity-search.ts';

export const Route = createFileRoute('/_app/settings/activity')({ validateSearch: activitySearch, component: Page });

function Page() {
  return <ActivityPage search={Route.useSearch()} />;
}
