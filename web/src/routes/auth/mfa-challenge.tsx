import { createFileRoute } from '@tanstack/react-router';
import { ChallengePage } from '#features/auth/challenge-page.tsx';
import { publicPage } from '#features/auth/prepare.ts';

export const Route = createFileRoute('/auth/mfa-challenge')({ loader: publicPage, component: ChallengePage });
