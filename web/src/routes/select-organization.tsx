import { createFileRoute, redirect } from '@tanstack/react-router';
import { ChoosePage } from '#features/auth/choose-page.tsx';
import { signedIn } from '#features/auth/guard.ts';
import { publicPage } from '#features/auth/prepare.ts';
import { safeReturn } from '#lib/session.ts';

export const Route = createFileRoute('/select-organization')({
  validateSearch: (search: Record<string, unknown>): { returnTo?: string } =>
    typeof search['returnTo'] === 'string' ? { returnTo: safeReturn(search['returnTo']) } : {},
  beforeLoad: async ({ location }) => {
    const { tenants } = await signedIn(location.href);
    if (tenants.length === 0) throw redirect({ to: '/onboarding/create-organization' });
  },
  loader: publicPage,
  component: ChoosePage,
});
