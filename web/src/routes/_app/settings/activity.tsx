import { createFileRoute } from '@tanstack/react-router';
import { ActivityPage, activitySearch } from '#features/audit/activity-page.tsx';

export const Route = createFileRoute('/_app/settings/activity')({ validateSearch: activitySearch, component: Page });

function Page() {
  return <ActivityPage search={Route.useSearch()} />;
}
