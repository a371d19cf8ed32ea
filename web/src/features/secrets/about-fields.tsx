import { t } from '#lib/i18n.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { isInFlight, isRotation, type AboutDraft } from './draft.ts';
import { tagsOf } from './rules.ts';
import { useTeams } from './api.ts';

export interface AboutFieldsProps {
  draft: AboutDraft;
  onChange: (draft: AboutDraft) => void;
  errors: Record<string, string>;
}
/** What it is for, who answers for it, and how long it is good. */
export function AboutFields({ draft, onChange, errors }: AboutFieldsProps) {
  const teams = useTeams();
  const set = (part: Partial<AboutDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <Field label={t('secrets.description')} error={errors['/description']} required={false}>
        {(control) => <Input {...control} maxLength={500} value={draft.description} onChange={(event) => set({ description: event.target.value })} />}
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field
          label={t('secrets.tags')}
          help={t('secrets.tags.help')}
          error={tagsOf(draft.tags) === null ? t('secrets.tags.form') : errors['/tags']}
          required={false}
        >
          {(control) => (
            <Input {...control} mono placeholder="tier=edge pci" value={draft.tags} onChange={(event) => set({ tags: event.target.value })} />
          )}
        </Field>
        <Field label={t('secrets.service')} help={t('secrets.service.help')} error={errors['/service']} required={false}>
          {(control) => (
            <Input
              {...control}
              maxLength={63}
              placeholder="postgresql"
              value={draft.service}
              onChange={(event) => set({ service: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('secrets.team')} help={t('secrets.team.help')} error={errors['/ownerTeam']} required={false}>
          {(control) => (
            <Combobox
              control={control}
              value={draft.ownerTeam}
              onChange={(ownerTeam) => set({ ownerTeam })}
              placeholder={t('value.none')}
              choices={[{ value: '', label: t('value.none') }, ...teams.map(({ slug, name }) => ({ value: slug, label: name, hint: slug }))]}
            />
          )}
        </Field>
        <Field
          label={t('secrets.rotateEvery')}
          help={t('secrets.rotateEvery.help')}
          error={isRotation(draft.rotateEvery) ? errors['/rotateEvery'] : t('secrets.rotateEvery.form')}
          required={false}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              placeholder="90"
              value={draft.rotateEvery}
              onChange={(event) => set({ rotateEvery: event.target.value.trim() })}
            />
          )}
        </Field>
        <Field label={t('secrets.expires')} help={t('secrets.expires.help')} error={errors['/expiresAt']} required={false}>
          {(control) => <Input {...control} type="datetime-local" value={draft.expires} onChange={(event) => set({ expires: event.target.value })} />}
        </Field>
        <Field
          label={t('secrets.maxInFlight')}
          help={t('secrets.maxInFlight.help')}
          error={isInFlight(draft.maxInFlight) ? errors['/maxInFlight'] : t('secrets.maxInFlight.form')}
          required={false}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              placeholder="5"
              value={draft.maxInFlight}
              onChange={(event) => set({ maxInFlight: event.target.value.trim() })}
            />
          )}
        </Field>
      </div>
    </>
  );
}
