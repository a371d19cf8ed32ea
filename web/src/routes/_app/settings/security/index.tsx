import { createFileRoute } from '@tanstack/react-router';
import { SecurityPage } from '#features/account/security-page.tsx';
import { authTexts } from '#lib/i18n.ts';

export const Route = createFileRoute('/_app/settings/security/')({
  // Its field for a new password is that of the pages for signing up and resetting.
  loader: authTexts,
  component: SecurityPage,
});
