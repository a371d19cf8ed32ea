import { createFileRoute } from '@tanstack/react-router';
import { CallbackPage, type CallbackSearch } from '#features/auth/callback-page.tsx';
import { publicPage } from '#features/auth/prepare.ts';
import { compact, textOf } from '#lib/search.ts';

export const Route = createFileRoute('/auth/oauth/callback')({
  validateSearch: (search: Record<string, unknown>): CallbackSearch =>
    compact({
      code: textOf(search['code'], 500),
      returnTo: textOf(search['returnTo'], 2000),
      linked: textOf(search['linked']),
      problem: textOf(search['problem']),
      request: textOf(search['request']),
    }),
  loader: publicPage,
  component: CallbackPage,
});
