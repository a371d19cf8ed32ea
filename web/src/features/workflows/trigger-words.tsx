import { CalendarClock, Hand, Link2, MessageSquare, Radio, TriangleAlert, Webhook, Workflow, Zap, type LucideIcon } from 'lucide-react';
import { hasText, t } from '#lib/i18n.ts';
import { words } from '#lib/formats.ts';
import type { Trigger } from './types.ts';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  manual: Hand,
  webhook: Webhook,
  schedule: CalendarClock,
  event: Radio,
  chat: MessageSquare,
  workflow: Workflow,
  operation: Zap,
  error: TriangleAlert,
  retry: Link2,
};
export const triggerText = (kind: string): string => {
  const key = `workflows.trigger.${kind}`;
  return hasText(key) ? t(key) : words(kind);
};
export function TriggerKindIcon({ kind, className = 'size-3.5' }: { kind: string; className?: string }) {
  const Icon = ICONS[kind] ?? Zap;
  return <Icon aria-hidden className={className} />;
}

/** What starts it: each kind once, by icon and word. */
export function Triggers({ triggers }: { triggers: readonly Pick<Trigger, 'kind'>[] }) {
  const kinds = [...new Set(triggers.map(({ kind }) => kind))];
  if (kinds.length === 0) kinds.push('manual');
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
      {kinds.map((kind) => (
        <span key={kind} className="inline-flex items-center gap-1">
          <TriggerKindIcon kind={kind} />
          {triggerText(kind)}
        </span>
      ))}
    </span>
  );
}
