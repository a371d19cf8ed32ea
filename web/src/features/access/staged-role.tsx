import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import type { RoleDetail } from '#features/settings/types.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { permissionsQuery } from './api.ts';
import { difference, MOST_PATTERNS, type Difference } from './matrix.ts';

const Keys = ({ title, keys, tone }: { title: string; keys: readonly string[]; tone: 'good' | 'bad' }) =>
  keys.length === 0 ? null : (
    <div>
      <p className="mb-1 text-xs text-ink-2">{title}</p>
      <ul className="flex max-h-40 flex-wrap gap-1 overflow-y-auto">
        {keys.map((key) => (
          <li key={key}>
            <Badge tone={tone} className="font-mono">
              {key}
            </Badge>
          </li>
        ))}
      </ul>
    </div>
  );

const Gist = ({ gained, lost, moved }: Difference & { moved: boolean }) => (
  <>
    {gained.length > 0 && <Badge tone="good">{t('roles.staged.more', { count: gained.length })}</Badge>}
    {lost.length > 0 && <Badge tone="bad">{t('roles.staged.fewer', { count: lost.length })}</Badge>}
    {gained.length + lost.length === 0 && <span className="text-ink-2">{t(moved ? 'roles.staged.rewritten' : 'roles.staged.details')}</span>}
  </>
);

export interface StagedRoleProps {
  role: RoleDetail;
  patterns: readonly string[];
  body: Record<string, unknown>;
  onReset: () => void;
}
/** The edit that waits at the foot of the page: what it changes, and the way to see who gains and who loses what before it is made. */
export function StagedRole({ role, patterns, body, onReset }: StagedRoleProps) {
  const tell = useTell();
  const [open, setOpen] = useState(false);
  const keys = (useQuery(permissionsQuery).data ?? []).map(({ key }) => key);
  const change = difference(role.patterns, patterns, keys);
  const tooMany = patterns.length > MOST_PATTERNS ? t('patterns.tooMany', { most: MOST_PATTERNS }) : null;
  const none = patterns.length === 0 ? t('patterns.none') : null;
  return (
    <div
      role="region"
      aria-label={t('roles.staged')}
      className="sticky bottom-0 z-10 -mx-4 mt-auto flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-raised px-4 py-3 shadow-float sm:-mx-6 sm:px-6"
    >
      <p role="status" className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
        <span className="font-medium">{t('roles.staged')}</span>
        <Gist {...change} moved={'patterns' in body} />
      </p>
      <Button onClick={onReset}>{t('roles.staged.discard')}</Button>
      <Button variant="primary" blocked={none ?? tooMany} onClick={() => setOpen(true)}>
        {t('roles.staged.review')}
      </Button>
      {open && (
        <ReviewDialog
          title={t('roles.edit.of', { name: role.name })}
          description={t('roles.edit.text')}
          call={{ method: 'PATCH', path: `/roles/${role.id}`, body, ifMatch: role.version }}
          action={t('action.save')}
          width="xl"
          touched={['/roles', 'me']}
          onClose={() => setOpen(false)}
          onOutcome={(outcome) => {
            tell(outcome, t('roles.edited', { name: role.name }));
            // It waits for approval now; what was staged must not be sent twice.
            if (outcome.status === 'accepted') onReset();
          }}
        >
          <Keys title={t('roles.staged.gained')} keys={change.gained} tone="good" />
          <Keys title={t('roles.staged.lost')} keys={change.lost} tone="bad" />
        </ReviewDialog>
      )}
    </div>
  );
}
