import { createFileRoute } from '@tanstack/react-router';
import { BrandingPage } from '#features/organization/branding-page.tsx';

export const Route = createFileRoute('/_app/settings/organization/branding')({ component: BrandingPage });
