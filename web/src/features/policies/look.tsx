import { Ban, CircleCheck, CircleDashed, Eye, FlaskConical, ShieldQuestion, TriangleAlert, type LucideIcon } from 'lucide-react';
import { hasText, t } from '#lib/i18n.ts';
import { words } from '#lib/formats.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import type { Enforcement, PolicySet, Version } from './types.ts';

const ENFORCEMENT: Record<Enforcement, [tone: Tone, icon: LucideIcon]> = {
  enforce: ['accent', Ban],
  warn: ['warn', TriangleAlert],
  audit: ['outline', Eye],
};
export const EnforcementBadge = ({ value }: { value: Enforcement }) => {
  const [tone, Icon] = ENFORCEMENT[value];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`policies.enforcement.${value}`)}
    </Badge>
  );
};

const STATUS: Record<PolicySet['status'] | Version['status'], [tone: Tone, icon: LucideIcon]> = {
  draft: ['quiet', CircleDashed],
  candidate: ['accent', FlaskConical],
  active: ['good', CircleCheck],
  retired: ['quiet', Ban],
};
export const StatusBadge = ({ value }: { value: keyof typeof STATUS }) => {
  const [tone, Icon] = STATUS[value];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`policies.status.${value}`)}
    </Badge>
  );
};

/** A version that is being tried beside the active one. */
export const TrialBadge = ({ trial }: { trial: NonNullable<PolicySet['trial']> }) => (
  <Badge tone="accent" icon={<FlaskConical aria-hidden />}>
    {trial.mode === 'shadow'
      ? t('policies.trial.shadow', { version: trial.version })
      : t('policies.trial.percentage', { version: trial.version, percent: trial.percent ?? 0 })}
  </Badge>
);

const EFFECT: Record<string, [tone: Tone, icon: LucideIcon]> = {
  allow: ['good', CircleCheck],
  warn: ['warn', TriangleAlert],
  require: ['warn', ShieldQuestion],
  deny: ['bad', Ban],
};
export const EffectBadge = ({ value }: { value: string }) => {
  const [tone, Icon] = EFFECT[value] ?? ['quiet', CircleDashed];
  const key = `policies.effect.${value}`;
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {hasText(key) ? t(key) : words(value)}
    </Badge>
  );
};
