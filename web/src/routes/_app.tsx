import { createFileRoute, redirect } from '@tanstack/react-router';
import { Shell } from '#features/shell/shell.tsx';
import { allTexts } from '#lib/i18n.ts';
import { Problem } from '#lib/problem.ts';
import { meQuery } from '#lib/session.ts';

/** Pages whose texts are in the first load. */
const FIRST_PAGES = /^\/(changes(\/|$)|$)/;

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    const texts = FIRST_PAGES.test(location.pathname) ? undefined : allTexts();
    await context.queryClient.ensureQueryData(meQuery).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 401)
        throw redirect({ to: '/login', search: location.href === '/' ? {} : { returnTo: location.href } });
      throw error;
    });
    await texts;
  },
  component: Shell,
});
