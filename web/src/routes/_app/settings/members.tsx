import { createFileRoute, redirect } from '@tanstack/react-router';
import { textOf } from '#lib/search.ts';

/** The older address of the team. */
export const Route = createFileRoute('/_app/settings/members')({
  beforeLoad: ({ search }) => {
    const q = textOf((search as Record<string, unknown>)['q'], 100);
    throw redirect({ to: '/settings/team', search: q ? { q } : {}, replace: true });
  },
});
