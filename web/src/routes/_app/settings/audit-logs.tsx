import { createFileRoute, redirect } from '@tanstack/react-router';
import { auditSearch } from '#features/audit/filters.ts';

/** The older address of the audit log. */
export const Route = createFileRoute('/_app/settings/audit-logs')({
  validateSearch: auditSearch,
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/audit', search, replace: true });
  },
});
