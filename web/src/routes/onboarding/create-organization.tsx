import { createFileRoute } from '@tanstack/react-router';
import { signedIn } from '#features/auth/guard.ts';
import { publicPage } from '#features/auth/prepare.ts';
import { OnboardingPage } from '#features/onboarding/onboarding-page.tsx';
import { STEPS, type Step } from '#features/onboarding/step.ts';
import { allTexts } from '#lib/i18n.ts';
import { oneOf } from '#lib/search.ts';

export const Route = createFileRoute('/onboarding/create-organization')({
  validateSearch: (search: Record<string, unknown>): { step?: Step } => {
    const step = oneOf(STEPS, search['step']);
    return step ? { step } : {};
  },
  beforeLoad: ({ location }) => signedIn(location.href).then(() => undefined),
  loader: () => Promise.all([publicPage(), allTexts()]),
  component: Page,
});

function Page() {
  return <OnboardingPage wanted={Route.useSearch().step} />;
}
