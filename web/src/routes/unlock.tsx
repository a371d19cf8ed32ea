import { createFileRoute } from '@tanstack/react-router';
import { LinkPage } from '#features/auth/link-page.tsx';
import { publicPage } from '#features/auth/prepare.ts';

export const Route = createFileRoute('/unlock')({ loader: publicPage, component: () => <LinkPage act="unlock" /> });
