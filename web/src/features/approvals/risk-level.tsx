import { Flame, TriangleAlert } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import type { ApprovalSummary } from './types.ts';

const tones: Record<ApprovalSummary['riskLevel'], Tone> = { low: 'quiet', medium: 'outline', high: 'warn', critical: 'bad' };

/** How much attention a request deserves. */
export const RiskLevel = ({ level }: { level: ApprovalSummary['riskLevel'] }) => (
  <Badge tone={tones[level]} icon={level === 'critical' ? <Flame aria-hidden /> : level === 'high' ? <TriangleAlert aria-hidden /> : null}>
    {t(`approvals.level.${level}`)}
  </Badge>
);
