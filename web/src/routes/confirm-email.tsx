import { createFileRoute } from '@tanstack/react-router';
import { LinkPage } from '#features/auth/link-page.tsx';
import { publicPage } from '#features/auth/prepare.ts';

export const Route = createFileRoute('/confirm-email')({ loader: publicPage, component: () => <LinkPage act="confirmEmail" /> });
