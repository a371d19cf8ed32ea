import { createFileRoute } from '@tanstack/react-router';
import { MfaPage } from '#features/account/mfa-page.tsx';
import { authTexts } from '#lib/i18n.ts';

export const Route = createFileRoute('/_app/settings/security/mfa')({
  // Its dialogs share words with those of signing in.
  loader: authTexts,
  component: MfaPage,
});
