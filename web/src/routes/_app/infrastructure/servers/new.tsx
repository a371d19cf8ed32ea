import { createFileRoute } from '@tanstack/react-router';
import { NewServerPage } from '#features/clouds/new-server-page.tsx';
import { STEPS, type Step } from '#features/clouds/wizard-step.ts';
import { oneOf, type RawSearch } from '#lib/search.ts';

const validateSearch = (raw: RawSearch): { step?: Step } => {
  const step = oneOf(STEPS, raw['step']);
  return step ? { step } : {};
};
export const Route = createFileRoute('/_app/infrastructure/servers/new')({ validateSearch, component: Page });

function Page() {
  return <NewServerPage wanted={Route.useSearch().step ?? 'place'} />;
}
