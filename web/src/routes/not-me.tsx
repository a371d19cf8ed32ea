import { createFileRoute } from '@tanstack/react-router';
import { LinkPage } from '#features/auth/link-page.tsx';
import { publicPage } from '#features/auth/prepare.ts';

export const Route = createFileRoute('/not-me')({ loader: publicPage, component: () => <LinkPage act="notMe" /> });
