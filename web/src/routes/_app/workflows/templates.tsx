import { createFileRoute } from '@tanstack/react-router';
import { TemplatesPage } from '#features/workflows/templates-page.tsx';

export const Route = createFileRoute('/_app/workflows/templates')({ component: TemplatesPage });
