import { createFileRoute } from '@tanstack/react-router';
import { SignupPage } from '#features/auth/signup-page.tsx';
import { publicPage } from '#features/auth/prepare.ts';

export const Route = createFileRoute('/signup')({ loader: publicPage, component: SignupPage });
