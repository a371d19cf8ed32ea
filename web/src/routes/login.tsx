import { createFileRoute, redirect } from '@tanstack/react-router';
import { LoginPage } from '#features/login/login-page.tsx';
import { meQuery, safeReturn } from '#lib/session.ts';

interface Search {
  returnTo?: string;
  /** A session ended under way. */
  ended?: boolean;
}
export const Route = createFileRoute('/login')({
  validateSearch: (search: Record<string, unknown>): Search => ({
    ...(typeof search['returnTo'] === 'string' ? { returnTo: safeReturn(search['returnTo']) } : {}),
    ...(search['ended'] === true ? { ended: true } : {}),
  }),
  beforeLoad: ({ context, search }) => {
    if (context.queryClient.getQueryData(meQuery.queryKey)) throw redirect({ href: search.returnTo ?? '/' });
  },
  component: LoginPage,
});
