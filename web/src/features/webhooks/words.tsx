import { CircleCheck, CirclePause, CircleX, Hourglass, RotateCw, ShieldQuestion, TriangleAlert, type LucideIcon } from 'lucide-react';
import { words } from '#lib/formats.ts';
import { hasText, t } from '#lib/i18n.ts';
import { Badge, type Tone } from '#ui/badge.tsx';
import type { Attempt, Delivery, Webhook } from './api.ts';

type Look = readonly [tone: Tone, icon: LucideIcon];
const STATES: Record<Webhook['state'], Look> = {
  active: ['good', CircleCheck],
  paused: ['warn', CirclePause],
  failing: ['warn', TriangleAlert],
  disabled: ['bad', CircleX],
  unproven: ['quiet', ShieldQuestion],
};
const Shown = ({ look: [tone, Icon], text }: { look: Look; text: string }) => (
  <Badge tone={tone} icon={<Icon aria-hidden />}>
    {text}
  </Badge>
);

/** How an endpoint stands: icon, word and colour together. */
export const WebhookState = ({ state }: { state: Webhook['state'] }) => <Shown look={STATES[state]} text={t(`webhooks.state.${state}`)} />;

const DELIVERIES: Record<Delivery['state'], Look> = {
  waiting: ['quiet', Hourglass],
  delivered: ['good', CircleCheck],
  failed: ['bad', CircleX],
};
/** How a delivery stands; one that failed before and is tried again says so. */
export const DeliveryState = ({ delivery: { state, attempts } }: { delivery: Delivery }) =>
  state === 'waiting' && attempts > 0 ? (
    <Shown look={['warn', RotateCw]} text={t('webhooks.delivery.again')} />
  ) : (
    <Shown look={DELIVERIES[state]} text={t(`webhooks.delivery.${state}`)} />
  );

/** Why a delivery has not arrived, in words. */
export function reasonText(code: string): string {
  const key = `webhooks.code.${code}`;
  return hasText(key) ? t(key) : words(code);
}

/** The answer in a few signs: its status, or why there is none. */
export const answerText = ({ status, code }: Pick<Delivery, 'status' | 'code'>): string =>
  [status === null ? null : `HTTP ${status}`, code === null ? null : reasonText(code)].filter(Boolean).join(', ') || '–';

export const attemptText = ({ status, outcome, error }: Pick<Attempt, 'status' | 'outcome' | 'error'>): string =>
  [status === null ? null : `HTTP ${status}`, outcome === 'delivered' ? null : (error ?? reasonText(outcome))].filter(Boolean).join(', ') || '–';

/** 0 to 1 as people read it. */
export const percent = (rate: number): string => `${rate === 1 ? 100 : Math.min(99.9, Math.floor(rate * 1_000) / 10)} %`;
