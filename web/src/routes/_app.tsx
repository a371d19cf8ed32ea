import { createFileRoute, redirect } from '@tanstack/react-router';
import { signedIn } from '#features/auth/guard.ts';
import { inSettings } from '#features/shell/navigation.ts';
import { loadSettingsNavigation } from '#features/shell/settings-groups.ts';
import { Shell } from '#features/shell/shell.tsx';
import { allTexts } from '#lib/i18n.ts';

/** Pages whose texts are in the first load. */
const FIRST_PAGES = /^\/(changes(\/|$)|$)/;

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ location }) => {
    const texts = FIRST_PAGES.test(location.pathname) ? undefined : allTexts();
    const entries = inSettings(location.pathname) ? loadSettingsNavigation() : undefined;
    const { tenant, tenants } = await signedIn(location.href);
    // Everything below works in a tenant.
    if (!tenant && tenants.length === 0) throw redirect({ to: '/onboarding/create-organization' });
    if (!tenant) throw redirect({ to: '/select-organization', search: location.href === '/' ? {} : { returnTo: location.href } });
    await Promise.all([texts, entries]);
  },
  component: Shell,
});
