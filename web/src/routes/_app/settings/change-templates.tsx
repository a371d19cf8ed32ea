import { createFileRoute } from '@tanstack/react-router';
import { TemplatesPage } from '#features/change-templates/templates-page.tsx';

export const Route = createFileRoute('/_app/settings/change-templates')({ component: TemplatesPage });
