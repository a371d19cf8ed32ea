import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { policySetsQuery } from '../api.ts';
import type { FieldsProps } from './call-fields.tsx';
import { IN_FORCE, type TargetDraft } from './draft.ts';

/** Resources that the call is said to act on, where they cannot be found from the input. */
export function TargetFields({ draft: { targets }, onChange }: FieldsProps) {
  const set = (place: number, part: Partial<TargetDraft>) =>
    onChange({ targets: targets.map((target, at) => (at === place ? { ...target, ...part } : target)) });
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="text-sm font-medium">{t('simulate.targets')}</legend>
      <p className="text-xs text-ink-3">{t('simulate.targets.help')}</p>
      {targets.map((target, place) => (
        // Rows have no name of their own.
        <div key={place} className="flex flex-wrap items-center gap-2">
          {(['type', 'id', 'environment'] as const).map((name) => (
            <Input
              key={name}
              mono
              className="min-w-24 flex-1"
              aria-label={t('simulate.target.field', { field: t(`simulate.target.${name}`), number: place + 1 })}
              placeholder={t(`simulate.target.${name}`)}
              value={target[name]}
              onChange={(event) => set(place, { [name]: event.target.value })}
            />
          ))}
          <Button
            size="icon-sm"
            variant="ghost"
            aria-label={t('simulate.target.remove', { number: place + 1 })}
            onClick={() => onChange({ targets: targets.filter((_, at) => at !== place) })}
          >
            <X aria-hidden className="size-3.5" />
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => onChange({ targets: [...targets, { type: 'server', id: 'example', environment: 'prod' }] })}
        >
          {t('simulate.target.add')}
        </Button>
      </div>
    </fieldset>
  );
}

/** When, and what comes with the call. */
export const AroundFields = ({ draft, onChange, errors }: FieldsProps) => (
  <>
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('simulate.at')} required={false} help={t('simulate.at.help')} error={errors['/at']}>
        {(control) => <Input {...control} type="datetime-local" value={draft.at} onChange={(event) => onChange({ at: event.target.value })} />}
      </Field>
      <Field label={t('run.ticket')} required={false}>
        {(control) => <Input {...control} mono maxLength={100} value={draft.ticket} onChange={(event) => onChange({ ticket: event.target.value })} />}
      </Field>
    </div>
    <Field label={t('run.comment')} required={false}>
      {(control) => <Input {...control} maxLength={2000} value={draft.comment} onChange={(event) => onChange({ comment: event.target.value })} />}
    </Field>
    <Field inline label={t('simulate.emergency')}>
      {(control) => <Checkbox {...control} checked={draft.emergency} onCheckedChange={(checked) => onChange({ emergency: checked === true })} />}
    </Field>
  </>
);

/** Under which rules: what is in force, or one version in the place of its set. */
export function RulesFields({ draft, onChange, errors }: FieldsProps) {
  const { data: sets = [] } = useQuery(policySetsQuery);
  const chosen = sets.find(({ id }) => id === draft.setId);
  return (
    <div className="grid gap-4 sm:grid-cols-[1fr_8rem]">
      <Field label={t('simulate.rules')} error={errors['/setId']}>
        {(control) => (
          <Select
            {...control}
            value={draft.setId}
            onChange={(setId) => onChange({ setId, version: String(sets.find(({ id }) => id === setId)?.version ?? '') })}
            choices={[
              { value: IN_FORCE, label: t('simulate.rules.force') },
              ...sets.map(({ id, name }) => ({ value: id, label: t('simulate.rules.set', { name }) })),
            ]}
          />
        )}
      </Field>
      {chosen && (
        <Field label={t('policies.version')} error={errors['/version']}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={chosen.version}
              value={draft.version}
              onChange={(event) => onChange({ version: event.target.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
