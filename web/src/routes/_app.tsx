import { createFileRoute, redirect } from '@tanstack/react-router';
import { Shell } from '#features/shell/shell.tsx';
import { Problem } from '#lib/problem.ts';
import { meQuery } from '#lib/session.ts';

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    await context.queryClient.ensureQueryData(meQuery).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 401)
        throw redirect({ to: '/login', search: location.href === '/' ? {} : { returnTo: location.href } });
      throw error;
    });
  },
  component: Shell,
});
