import { useQuery } from '@tanstack/react-query';
import { CornerDownRight } from 'lucide-react';
import { Loaded } from '#features/account/loaded.tsx';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { useMe } from '#lib/session.ts';
import { Badge } from '#ui/badge.tsx';
import { RiskBadge } from '#ui/risk.tsx';
import { rolesQuery } from './api.ts';
import { ladderOf, type Rung } from './ladder.ts';
import { RoleName } from './role-name.tsx';

/** How far a copy is moved in for each time it was copied; deeper ones stay readable on a phone. */
const STEPS = ['', 'ms-4 sm:ms-8', 'ms-8 sm:ms-16', 'ms-10 sm:ms-24'];

/** Power as a bar: level 1 fills it. */
const Power = ({ level }: { level: number }) => (
  <span aria-hidden className="hidden h-1.5 w-24 overflow-hidden rounded-full bg-quiet-wash sm:block">
    <span className="block h-full rounded-full bg-accent-fill" style={{ width: `${101 - level}%` }} />
  </span>
);

const Line = ({ rung, own, first }: { rung: Rung; own: boolean; first: boolean }) => {
  const { role, depth } = rung;
  return (
    <li className="relative flex gap-3">
      <span className="flex w-8 shrink-0 flex-col items-center">
        <span className={cx('w-px flex-none bg-line-strong', first ? 'h-3 opacity-0' : 'h-3')} />
        <span className="grid size-8 shrink-0 place-items-center rounded-full border border-line-strong bg-surface text-xs font-medium tabular-nums">
          <span className="sr-only">{t('roles.column.level')} </span>
          {role.level}
        </span>
        <span className="w-px flex-1 bg-line-strong" />
      </span>
      <div
        className={cx(
          'my-1.5 flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1.5 rounded-lg border border-line bg-surface px-3 py-2',
          STEPS[Math.min(depth, 3)],
        )}
      >
        <div className="min-w-0 flex-[1_1_16rem]">
          <span className="flex items-start gap-x-2">
            {depth > 0 && (
              <CornerDownRight role="img" aria-label={t('roles.copy')} className="mt-0.5 size-3.5 shrink-0 text-ink-3 rtl:-scale-x-100" />
            )}
            <RoleName role={role} />
            {own && <Badge tone="accent">{t('roles.yours')}</Badge>}
          </span>
          <p className="mt-0.5 text-xs text-ink-2">{role.description}</p>
        </div>
        <Power level={role.level} />
        <span className="sm:w-24">
          <RiskBadge risk={role.maxRisk} />
        </span>
        <span className="w-24 text-end text-xs text-ink-2">{t('roles.members.count', { count: role.members })}</span>
      </div>
    </li>
  );
};

/** Roles as a ladder: the most power on top, copies below what they were made from. Nobody gives a role above their own. */
export function RoleHierarchyTree() {
  const roles = useQuery(rolesQuery);
  const own = new Set(useMe().roles.map(({ key }) => key));
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <p className="mb-3 max-w-2xl text-pretty text-ink-2">{t('roles.ladder.text')}</p>
      <Loaded query={roles} lines={8}>
        {(all) => (
          <ol aria-label={t('roles.view.ladder')} className="max-w-4xl">
            {ladderOf(all).map((rung, at) => (
              <Line key={rung.role.id} rung={rung} own={own.has(rung.role.key)} first={at === 0} />
            ))}
          </ol>
        )}
      </Loaded>
    </div>
  );
}
