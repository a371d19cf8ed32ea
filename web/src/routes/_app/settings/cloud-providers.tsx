import { createFileRoute } from '@tanstack/react-router';
import { ProvidersPage } from '#features/clouds/providers-page.tsx';

export const Route = createFileRoute('/_app/settings/cloud-providers')({ component: ProvidersPage });
