import { hasText, t } from '#lib/i18n.ts';
import type { Notification } from './api.ts';

/** What a kind is called; one that this page does not know yet goes by its own name. */
export function kindName(kind: string): string {
  const key = `notifications.kind.${kind}`;
  return hasText(key) ? t(key) : kind;
}

/** One line: which Change, what happened. */
export const headlineOf = ({ kind, content }: Pick<Notification, 'kind' | 'content'>): string =>
  [content.number, kindName(kind)].filter(Boolean).join(': ');

/** Beneath it: what it is about, and for whom. */
export function detailOf({
  content: { summary, requester, targets = [], targetCount = 0, environment, reason },
}: Pick<Notification, 'content'>): string {
  const more = targetCount > targets.length ? t('notifications.more', { count: targetCount - targets.length }) : null;
  const concerns = summary ? null : [targets.join(', '), more].filter(Boolean).join(' ');
  return [summary, concerns, environment, requester && t('notifications.by', { name: requester }), reason].filter(Boolean).join(' · ');
}
