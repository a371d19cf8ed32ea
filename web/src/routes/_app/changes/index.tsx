import { createFileRoute } from '@tanstack/react-router';
import { ChangesPage, type ChangesSearch } from '#features/changes/changes-page.tsx';
import { CHANGE_STATES } from '#lib/types.ts';

const validateSearch = (search: Record<string, unknown>): ChangesSearch => {
  const state = CHANGE_STATES.find((known) => known === search['state']);
  return {
    ...(state ? { state } : {}),
    ...(search['mine'] === true ? { mine: true } : {}),
    ...(search['waiting'] === true ? { waiting: true } : {}),
    ...(search['emergencies'] === true ? { emergencies: true } : {}),
    ...(typeof search['operation'] === 'string' ? { operation: search['operation'] } : {}),
  };
};
export const Route = createFileRoute('/_app/changes/')({ validateSearch, component: Page });

function Page() {
  return <ChangesPage search={Route.useSearch()} />;
}
