import { createFileRoute } from '@tanstack/react-router';
import { InvitationPage } from '#features/auth/invitation-page.tsx';
import { publicPage } from '#features/auth/prepare.ts';

export const Route = createFileRoute('/invitations/accept')({ loader: publicPage, component: InvitationPage });
