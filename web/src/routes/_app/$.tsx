import { createFileRoute } from '@tanstack/react-router';
import { NotFound } from '#features/shell/not-found.tsx';

/** Every address that is none, within the navigation. */
export const Route = createFileRoute('/_app/$')({ component: NotFound });
