import { t } from '#lib/i18n.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';
import type { PlaceDraft } from './draft.ts';
import { isEnvironment, isProject } from './rules.ts';
import type { Places } from './api.ts';

const USUAL = ['dev', 'staging', 'prod'];

export interface PlaceFieldsProps {
  draft: PlaceDraft;
  onChange: (draft: PlaceDraft) => void;
  places: Places;
  errors: Record<string, string>;
}
/** The workspace or a project, and all environments or one. */
export function PlaceFields({ draft, onChange, places, errors }: PlaceFieldsProps) {
  const set = (part: Partial<PlaceDraft>) => onChange({ ...draft, ...part });
  const isProjects = draft.scope === 'project';
  const projectFault = draft.project && !isProject(draft.project) ? t('secrets.project.form') : undefined;
  return (
    <div className="grid items-start gap-4 sm:grid-cols-3">
      <Field label={t('secrets.scope')} error={errors['/scope']}>
        {(control) => (
          <Select
            {...control}
            value={draft.scope}
            onChange={(scope) => set({ scope })}
            choices={(['workspace', 'project'] as const).map((value) => ({ value, label: t(`secrets.scope.${value}`) }))}
          />
        )}
      </Field>
      {isProjects && (
        <Field label={t('secrets.project')} error={projectFault ?? errors['/project']} required>
          {(control) => (
            <Combobox
              control={control}
              value={draft.project}
              onChange={(project) => set({ project: project.trim() })}
              placeholder={t('secrets.project.choose')}
              note={t('secrets.place.type')}
              choices={places.projects.map((value) => ({ value, label: value }))}
            />
          )}
        </Field>
      )}
      <Field label={t('secrets.environment')} error={isEnvironment(draft.environment) ? errors['/environment'] : t('secrets.environment.form')}>
        {(control) => (
          <Combobox
            control={control}
            value={draft.environment}
            onChange={(environment) => set({ environment: environment.trim() })}
            placeholder={t('secrets.environment.all')}
            choices={[
              { value: '', label: t('secrets.environment.all') },
              ...[...new Set([...USUAL, ...places.environments])].map((value) => ({ value, label: value })),
            ]}
          />
        )}
      </Field>
    </div>
  );
}
