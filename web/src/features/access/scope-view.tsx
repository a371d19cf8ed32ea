import type { Scope } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { useGroups } from './api.ts';
import { clauseParts } from './scope.ts';

/** What a right reaches, in words. */
export function ScopeView({ scope }: { scope: Scope | null }) {
  const groups = useGroups();
  if (scope === null || 'all' in scope) return <span className="text-ink-2">{t('scope.all')}</span>;
  if (scope.any.length === 0) return <Badge tone="warn">{t('scope.none')}</Badge>;
  const nameOf = (id: string): string => groups.find((group) => group.id === id)?.name ?? id;
  return (
    <ul aria-label={t('scope.title')} className="flex min-w-0 flex-col gap-1">
      {scope.any.map((clause, at) => (
        <li key={at} className="flex min-w-0 flex-wrap gap-1">
          {clauseParts(clause, nameOf).map((part) => (
            <Badge key={part} tone="outline">
              {part}
            </Badge>
          ))}
        </li>
      ))}
    </ul>
  );
}
