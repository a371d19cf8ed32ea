import { createFileRoute } from '@tanstack/react-router';
import { MfaPage } from '#features/account/mfa-page.tsx';

export const Route = createFileRoute('/_app/settings/security/mfa')({ component: MfaPage });
