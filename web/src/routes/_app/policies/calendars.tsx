import { createFileRoute } from '@tanstack/react-router';
import { CalendarsPage } from '#features/policies/calendars/calendars-page.tsx';
import { calendarSearch } from '#features/policies/search.ts';

export const Route = createFileRoute('/_app/policies/calendars')({ validateSearch: calendarSearch, component: Page });

function Page() {
  return <CalendarsPage search={Route.useSearch()} />;
}
