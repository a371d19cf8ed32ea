import { createFileRoute } from '@tanstack/react-router';
import { publicPage } from '#features/auth/prepare.ts';
import { VerifyPage } from '#features/auth/verify-page.tsx';

export const Route = createFileRoute('/verify-email')({
  // A mail was sent a moment ago.
  validateSearch: (search: Record<string, unknown>): { sent?: boolean } => (search['sent'] === true ? { sent: true } : {}),
  loader: publicPage,
  component: VerifyPage,
});
