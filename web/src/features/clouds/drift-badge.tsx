import { GitCompareArrows } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import type { Server } from './types.ts';

/** It is not as it should be: somebody changed it outside. */
export const DriftBadge = ({ drift }: Pick<Server, 'drift'>) =>
  drift.state === 'none' ? null : (
    <Badge tone="warn" icon={<GitCompareArrows aria-hidden />}>
      {t('servers.drift', { count: drift.open })}
    </Badge>
  );
