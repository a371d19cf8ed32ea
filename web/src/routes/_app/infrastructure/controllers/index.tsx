import { createFileRoute } from '@tanstack/react-router';
import { ControllersPage } from '#features/zerotier/controllers-page.tsx';

export const Route = createFileRoute('/_app/infrastructure/controllers/')({ component: ControllersPage });
