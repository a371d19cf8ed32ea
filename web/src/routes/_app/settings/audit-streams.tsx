import { createFileRoute } from '@tanstack/react-router';
import { StreamsPage } from '#features/audit/streams-page.tsx';

export const Route = createFileRoute('/_app/settings/audit-streams')({ component: StreamsPage });
