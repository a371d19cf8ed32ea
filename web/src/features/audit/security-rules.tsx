import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '#features/account/loaded.tsx';
import { ReviewDialog } from '#features/review/review-dialog.tsx';
import { useTell } from '#features/review/submit.ts';
import { request } from '#lib/api.ts';
import { number } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Switch } from '#ui/switch.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { useBlocked } from '#ui/permission-gate.tsx';
import { Select } from '#ui/select.tsx';
import { ACTIONS, SEVERITIES, type SecurityRule } from './security-api.ts';
import { ruleText, SeverityBadge } from './security-words.tsx';

/** “5 within 15 minutes”, or nothing where one is enough. */
const oftenText = ({ count, windowSeconds }: SecurityRule): string | null =>
  count > 1 ? t('alarms.often', { count: number(count), minutes: number(Math.round(windowSeconds / 60)) }) : null;

function RuleDialog({ rule, onClose }: { rule: SecurityRule; onClose: () => void }) {
  const tell = useTell();
  const [draft, setDraft] = useState(rule);
  const set = (next: Partial<SecurityRule>) => setDraft({ ...draft, ...next });
  const { enabled, count, windowSeconds, severity, action } = draft;
  const body = { enabled, count, windowSeconds, severity, action };
  const changed = (['enabled', 'count', 'windowSeconds', 'severity', 'action'] as const).some((name) => body[name] !== rule[name]);
  const wholeOr = (text: string, otherwise: number): number => (/^\d+$/.test(text) ? Number(text) : otherwise);
  return (
    <ReviewDialog
      title={ruleText(rule.id)}
      call={changed ? { method: 'PATCH', path: `/security-rules/${rule.id}`, body } : null}
      action={t('action.save')}
      touched={['/security-rules']}
      onClose={onClose}
      onOutcome={(outcome) => tell(outcome, t('alarms.rule.saved'))}
    >
      <Field label={t('alarms.rule.on')}>{(control) => <Switch {...control} checked={enabled} onCheckedChange={(on) => set({ enabled: on })} />}</Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('alarms.rule.count')}>
          {(control) => <Input {...control} inputMode="numeric" value={String(count)} onChange={({ target }) => set({ count: wholeOr(target.value, count) })} />}
        </Field>
        <Field label={t('alarms.rule.window')}>
          {(control) => (
            <Input {...control} inputMode="numeric" value={String(windowSeconds)} onChange={({ target }) => set({ windowSeconds: wholeOr(target.value, windowSeconds) })} />
          )}
        </Field>
        <Field label={t('alarms.column.severity')}>
          {(control) => (
            <Select {...control} value={severity} onChange={(next) => set({ severity: next })} choices={SEVERITIES.map((value) => ({ value, label: t(`alarms.severity.${value}`) }))} />
          )}
        </Field>
        <Field label={t('alarms.action')}>
          {(control) => <Select {...control} value={action} onChange={(next) => set({ action: next })} choices={ACTIONS.map((value) => ({ value, label: t(`alarms.action.${value}`) }))} />}
        </Field>
      </div>
    </ReviewDialog>
  );
} // prettier-ignore

/** The rules as this tenant has them. */
export function SecurityRules() {
  const [editing, setEditing] = useState<SecurityRule>();
  const blocked = useBlocked('securityEvents:configure');
  const rules = useQuery({
    queryKey: ['/security-rules'],
    queryFn: ({ signal }) => request<{ items: SecurityRule[] }>('GET', '/security-rules', { signal }),
  });
  return (
    <Loaded query={rules} lines={8}>
      {({ items }) => (
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface" aria-label={t('alarms.tab.rules')}>
          {items.map((rule) => (
            <li key={rule.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
              <span className="min-w-0 flex-[1_1_16rem]">
                <span className="font-medium">{ruleText(rule.id)}</span>
                <span className="block text-xs text-ink-2">{[oftenText(rule), t(`alarms.action.${rule.action}`)].filter(Boolean).join(' · ')}</span>
              </span>
              {!rule.enabled && <Badge>{t('alarms.rule.off')}</Badge>}
              {rule.changed && <Badge tone="accent">{t('alarms.rule.changed')}</Badge>}
              <SeverityBadge severity={rule.severity} />
              <Button size="sm" blocked={blocked} onClick={() => setEditing(rule)} aria-label={t('alarms.rule.edit', { rule: ruleText(rule.id) })}>
                {t('alarms.rule.change')}
              </Button>
            </li>
          ))}
          {editing && <RuleDialog rule={editing} onClose={() => setEditing(undefined)} />}
        </ul>
      )}
    </Loaded>
  );
}
