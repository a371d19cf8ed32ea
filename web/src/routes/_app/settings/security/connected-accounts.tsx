import { createFileRoute } from '@tanstack/react-router';
import { ConnectedPage } from '#features/account/connected-page.tsx';

export const Route = createFileRoute('/_app/settings/security/connected-accounts')({ component: ConnectedPage });
