import { createFileRoute } from '@tanstack/react-router';
import { BrandingPage } from '#features/exchange/branding-page.tsx';

export const Route = createFileRoute('/_app/exchange/admin/branding')({ component: BrandingPage });
