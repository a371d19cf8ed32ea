import { CircleCheck, CircleX, Clock, RefreshCw, Trash2, type LucideIcon } from 'lucide-react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { useNow } from '#lib/now.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import { Environment } from '#ui/environment.tsx';
import { Time } from '#ui/time.tsx';
import { nearness } from './rules.ts';
import type { Secret } from './types.ts';

const STATES: Record<Secret['state'], [tone: Tone, icon: LucideIcon]> = {
  active: ['good', CircleCheck],
  expiring: ['warn', Clock],
  due: ['warn', RefreshCw],
  expired: ['bad', CircleX],
  deleted: ['quiet', Trash2],
};
export const SecretState = ({ value }: { value: Secret['state'] }) => {
  const [tone, Icon] = STATES[value];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`secrets.state.${value}`)}
    </Badge>
  );
};

/** Where it holds: in the workspace or one project, in all environments or one. */
export const Place = ({ of: { project, environment } }: { of: Pick<Secret, 'project' | 'environment'> }) => (
  <span className="flex flex-wrap items-center gap-1">
    {project ? <Badge>{project}</Badge> : <span className="text-ink-2">{t('secrets.workspace')}</span>}
    {environment && <Environment name={environment} />}
  </span>
);

const INKS = { over: 'text-bad', soon: 'text-warn', later: '' };
/** When it ends, or is to be rotated if that comes first. */
export function Due({ of: { expiresAt, rotateDueAt } }: { of: Pick<Secret, 'expiresAt' | 'rotateDueAt'> }) {
  const now = useNow();
  const rotates = rotateDueAt !== null && (expiresAt === null || rotateDueAt < expiresAt);
  const at = rotates ? rotateDueAt : expiresAt;
  if (at === null) return <span className="text-ink-3">{t('secrets.due.never')}</span>;
  const near = nearness(at, now);
  return (
    <span className={cx(INKS[near])}>
      {rotates && <span className="me-1 text-xs">{t('secrets.due.rotate')}</span>}
      <Time at={at} />
    </span>
  );
}
