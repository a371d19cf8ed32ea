import { createFileRoute } from '@tanstack/react-router';
import { DomainPage } from '#features/organization/domain-page.tsx';

export const Route = createFileRoute('/_app/settings/organization/domain')({ component: DomainPage });
