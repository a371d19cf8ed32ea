import { createFileRoute, redirect } from '@tanstack/react-router';
import { LoginPage } from '#features/auth/login-page.tsx';
import { publicPage } from '#features/auth/prepare.ts';
import { oneOf } from '#lib/search.ts';
import { meQuery, safeReturn } from '#lib/session.ts';

interface Search {
  returnTo?: string;
  /** A session ended under way. */
  ended?: boolean;
  /** What was done just before. */
  notice?: 'reset' | 'verified';
}
export const Route = createFileRoute('/login')({
  validateSearch: (search: Record<string, unknown>): Search => {
    const notice = oneOf(['reset', 'verified'] as const, search['notice']);
    return {
      ...(typeof search['returnTo'] === 'string' ? { returnTo: safeReturn(search['returnTo']) } : {}),
      ...(search['ended'] === true ? { ended: true } : {}),
      ...(notice ? { notice } : {}),
    };
  },
  beforeLoad: ({ context, search }) => {
    if (context.queryClient.getQueryData(meQuery.queryKey)) throw redirect({ href: search.returnTo ?? '/' });
  },
  loader: publicPage,
  component: LoginPage,
});
