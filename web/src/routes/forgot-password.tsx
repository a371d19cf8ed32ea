import { createFileRoute } from '@tanstack/react-router';
import { ForgotPage } from '#features/auth/forgot-page.tsx';
import { publicPage } from '#features/auth/prepare.ts';

export const Route = createFileRoute('/forgot-password')({ loader: publicPage, component: ForgotPage });
