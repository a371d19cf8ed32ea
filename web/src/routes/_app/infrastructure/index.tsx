import { createFileRoute, redirect } from '@tanstack/react-router';

/** The area begins with its servers. */
export const Route = createFileRoute('/_app/infrastructure/')({
  beforeLoad: () => {
    throw redirect({ to: '/infrastructure/servers', replace: true });
  },
});
