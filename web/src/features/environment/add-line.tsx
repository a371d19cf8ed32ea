import { useState } from 'react';
import { useEscape } from '#features/dns/use-escape.ts';
import type { Call } from '#features/review/call.ts';
import { useTell } from '#features/review/submit.ts';
import { isName } from '#features/secrets/draft.ts';
import { nameWords } from '#features/secrets/one-fields.tsx';
import { asName, isEnvironment, isProject, valueFault } from '#features/secrets/rules.ts';
import { t } from '#lib/i18n.ts';
import { errorsByPointer, toProblem } from '#lib/problem.ts';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { ProblemView } from '#ui/problem-view.tsx';
import { Select } from '#ui/select.tsx';
import { useLine } from './api.ts';
import { VARIABLE_TYPES, VariableValue, type VariableType } from './value-input.tsx';

interface Line {
  name: string;
  type: VariableType;
  value: string;
  /** Empty for the workspace. */
  project: string;
  /** Empty for all. */
  environment: string;
}
const isPlaced = ({ project, environment }: Line): boolean => (project === '' || isProject(project)) && isEnvironment(environment);

function callOf(line: Line): Call | null {
  const { name, type, value, project, environment } = line;
  if (!isName(name) || value === '' || valueFault(type, value) || !isPlaced(line)) return null;
  const place = { scope: project ? 'project' : 'workspace', project: project || null, environment: environment || null };
  return { method: 'POST', path: '/env-vars', body: { name, type, value, ...place } };
}

interface PlaceProps {
  line: Line;
  set: (part: Partial<Line>) => void;
  projects: readonly string[];
  environments: readonly string[];
}
const Place = ({ line, set, projects, environments }: PlaceProps) => (
  <>
    <Field label={t('secrets.project')} error={isProject(line.project || 'x') ? undefined : t('secrets.project.form')}>
      {(control) => (
        <Combobox
          control={control}
          value={line.project}
          onChange={(project) => set({ project: project.trim() })}
          placeholder={t('secrets.workspace')}
          choices={[{ value: '', label: t('secrets.workspace') }, ...projects.map((value) => ({ value, label: value }))]}
        />
      )}
    </Field>
    <Field label={t('secrets.environment')} error={isEnvironment(line.environment) ? undefined : t('secrets.environment.form')}>
      {(control) => (
        <Combobox
          control={control}
          value={line.environment}
          onChange={(environment) => set({ environment: environment.trim() })}
          placeholder={t('secrets.environment.all')}
          choices={[{ value: '', label: t('secrets.environment.all') }, ...environments.map((value) => ({ value, label: value }))]}
        />
      )}
    </Field>
  </>
);

export interface AddLineProps {
  project: string;
  environment: string;
  projects: readonly string[];
  environments: readonly string[];
  /** Where it was added, so that it can be shown. */
  onAdded: (environment: string) => void;
  onClose: () => void;
}
/** Variables one after the other: the line stays open, at the same place. */
export function AddLine({ project, environment, projects, environments, onAdded, onClose }: AddLineProps) {
  const tell = useTell();
  const form = useEscape<HTMLFormElement>(onClose);
  const [line, setLine] = useState<Line>({ name: '', type: 'text', value: '', project, environment });
  const set = (part: Partial<Line>) => setLine((now) => ({ ...now, ...part }));
  const call = () => callOf(line);
  const { send, isPending, error, reset } = useLine(call, (outcome) => {
    tell(outcome, t('vars.added', { name: line.name }));
    set({ name: '', value: '' });
    onAdded(line.environment);
  });
  const errors = errorsByPointer(error && toProblem(error));
  return (
    <Card title={t('vars.add')}>
      <form
        ref={form}
        autoComplete="off"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {error && <ProblemView error={error} placed={(pointer) => pointer in errors} />}
        <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
          <Field label={t('secrets.name')} error={nameWords(line.name) ?? errors['/name']} required>
            {(control) => (
              <Input
                {...control}
                mono
                autoFocus
                autoComplete="off"
                spellCheck={false}
                maxLength={64}
                placeholder="LOG_LEVEL"
                value={line.name}
                onChange={(event) => {
                  reset();
                  set({ name: asName(event.target.value) });
                }}
              />
            )}
          </Field>
          <Field label={t('secrets.type')}>
            {(control) => (
              <Select
                {...control}
                value={line.type}
                onChange={(type) => set({ type })}
                choices={VARIABLE_TYPES.map((value) => ({ value, label: t(`secrets.type.${value}`) }))}
              />
            )}
          </Field>
          <VariableValue type={line.type} value={line.value} onChange={(value) => set({ value })} error={errors['/value']} />
          <Place line={line} set={set} projects={projects} environments={environments} />
        </div>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('action.close')}</Button>
          <Button type="submit" variant="primary" busy={isPending} disabled={call() === null}>
            {t('vars.add.go')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
