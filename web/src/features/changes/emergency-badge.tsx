import { TriangleAlert } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';

/** Marks what went without approvals, wherever a Change is listed. */
export const EmergencyBadge = () => (
  <Badge tone="bad" icon={<TriangleAlert aria-hidden />}>
    {t('changes.emergency')}
  </Badge>
);
