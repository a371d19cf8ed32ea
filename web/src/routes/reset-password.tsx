import { createFileRoute } from '@tanstack/react-router';
import { ResetPage } from '#features/auth/reset-page.tsx';
import { publicPage } from '#features/auth/prepare.ts';

export const Route = createFileRoute('/reset-password')({ loader: publicPage, component: ResetPage });
