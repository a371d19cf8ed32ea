import { createFileRoute } from '@tanstack/react-router';
import { DelegationsPage } from '#features/approvals/delegations-page.tsx';

export const Route = createFileRoute('/_app/settings/delegations')({ component: DelegationsPage });
