import { createFileRoute, redirect } from '@tanstack/react-router';

/** The dashboard's other address. */
export const Route = createFileRoute('/_app/dashboard')({
  beforeLoad: () => {
    throw redirect({ to: '/', replace: true });
  },
});
