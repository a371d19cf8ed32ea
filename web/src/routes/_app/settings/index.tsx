import { createFileRoute, redirect } from '@tanstack/react-router';

/** Settings begin with one's own. */
export const Route = createFileRoute('/_app/settings/')({
  beforeLoad: () => {
    throw redirect({ to: '/settings/profile', replace: true });
  },
});
