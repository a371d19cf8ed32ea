import { createFileRoute } from '@tanstack/react-router';
import { SignInPage } from '#features/organization/sign-in-page.tsx';

export const Route = createFileRoute('/_app/settings/organization/sign-in')({ component: SignInPage });
