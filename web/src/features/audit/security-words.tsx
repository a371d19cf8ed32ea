import { words } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import type { SecurityEvent } from './security-api.ts';

const tones: Record<SecurityEvent['severity'], Tone> = { low: 'quiet', medium: 'warn', high: 'bad', critical: 'bad' };
export const SeverityBadge = ({ severity }: Pick<SecurityEvent, 'severity'>) => (
  <Badge tone={tones[severity]}>{t(`alarms.severity.${severity}`)}</Badge>
);
/** What a rule looks for, in words; its own name for one that is newer than this page. */
export const ruleText = (rule: string): string => {
  const key = `alarms.rule.${rule}`;
  return hasText(key) ? t(key) : words(rule);
};
