import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { Role } from '#features/settings/types.ts';

/** A role by name and key, with what sets it apart; leads to it. */
export const RoleName = ({ role }: { role: Role }) => (
  <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
    <Link to="/settings/roles/$id" params={{ id: role.id }} className="rounded-sm font-medium hover:underline">
      {role.name}
    </Link>
    <code className="text-xs text-ink-3">{role.key}</code>
    {role.system && (
      <Badge tone="outline" icon={<Lock aria-hidden />}>
        {t('roles.system')}
      </Badge>
    )}
    {role.requiresMfa && <Badge tone="accent">{t('roles.mfa')}</Badge>}
  </span>
);
