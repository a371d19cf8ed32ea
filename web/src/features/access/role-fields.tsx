import { t } from '#lib/i18n.ts';
import type { Risk } from '#lib/types.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { RISKS } from './matrix.ts';

export interface RoleFieldsDraft {
  name: string;
  description: string;
  level: number;
  maxRisk: Risk;
  requiresMfa: boolean;
}
export interface RoleFieldsProps {
  draft: RoleFieldsDraft;
  onChange: (draft: RoleFieldsDraft) => void;
  /** Shown, not changed: a system role, or no right to. */
  readOnly?: boolean;
}
/** What a role is beside its permissions. */
export function RoleFields({ draft, onChange, readOnly = false }: RoleFieldsProps) {
  const set = (part: Partial<RoleFieldsDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <Field label={t('roles.name')} required>
        {(control) => (
          <Input {...control} disabled={readOnly} maxLength={100} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
        )}
      </Field>
      <Field label={t('roles.column.description')} required={false}>
        {(control) => (
          <Textarea
            {...control}
            disabled={readOnly}
            rows={2}
            maxLength={500}
            value={draft.description}
            onChange={(event) => set({ description: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('roles.column.level')} help={t('roles.level.help')}>
          {(control) => (
            <Input
              {...control}
              disabled={readOnly}
              type="number"
              min={2}
              max={100}
              value={draft.level}
              onChange={(event) => set({ level: Number(event.target.value) })}
            />
          )}
        </Field>
        <Field label={t('roles.column.risk')} help={t('roles.risk.help')}>
          {(control) => (
            <Select
              {...control}
              disabled={readOnly}
              value={draft.maxRisk}
              onChange={(maxRisk) => set({ maxRisk })}
              choices={RISKS.map((risk) => ({ value: risk, label: t(`risk.${risk}`) }))}
            />
          )}
        </Field>
      </div>
      <Field label={t('roles.requiresMfa')} help={t('roles.requiresMfa.help')} inline>
        {(control) => (
          <Checkbox {...control} disabled={readOnly} checked={draft.requiresMfa} onCheckedChange={(on) => set({ requiresMfa: on === true })} />
        )}
      </Field>
    </>
  );
}
