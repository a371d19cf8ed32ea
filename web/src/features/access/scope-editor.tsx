import { Plus, Trash2 } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { Button } from '#ui/button.tsx';
import { ChoiceList } from '#ui/choice-list.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { MultiSelect } from '#ui/multi-select.tsx';
import { Select } from '#ui/select.tsx';
import { KINDS, useGroups, useResources } from './api.ts';
import { EMPTY_CLAUSE, scopeOf, typeName, type ClauseDraft, type ScopeDraft } from './scope.ts';

/** What demo and most tenants use; any other can be typed. */
const ENVIRONMENTS = ['dev', 'lab', 'staging', 'prod'].map((value) => ({ value, label: value }));
const ANY = 'any';

interface ClauseProps {
  at: number;
  clause: ClauseDraft;
  fault: string | null;
  onChange: (clause: ClauseDraft) => void;
  onRemove: (() => void) | null;
}
function ClauseEditor({ at, clause, fault, onChange, onRemove }: ClauseProps) {
  const groups = useGroups();
  const { items } = useResources(clause.type);
  const set = (part: Partial<ClauseDraft>) => onChange({ ...clause, ...part });
  const title = t('scope.part', { number: at + 1 });
  return (
    <fieldset aria-label={title} className="flex min-w-0 flex-col gap-3 rounded-lg border border-line p-3">
      <div className="flex min-h-7 items-center justify-between gap-2">
        <p className="text-xs font-medium text-ink-2">{title}</p>
        {onRemove && (
          <Button size="icon-sm" variant="ghost" aria-label={t('scope.part.remove', { number: at + 1 })} onClick={onRemove}>
            <Trash2 aria-hidden className="size-3.5" />
          </Button>
        )}
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('scope.type')}>
          {(control) => (
            <Select
              {...control}
              value={clause.type || ANY}
              onChange={(type) => set({ type: type === ANY ? '' : type, ids: [] })}
              choices={[{ value: ANY, label: t('scope.type.any') }, ...KINDS.map(({ type }) => ({ value: type, label: typeName(type) }))]}
            />
          )}
        </Field>
        <Field label={t('scope.environments')}>
          {(control) => (
            <MultiSelect
              control={control}
              free
              placeholder={t('scope.any')}
              choices={ENVIRONMENTS}
              value={clause.environments}
              onChange={(environments) => set({ environments })}
            />
          )}
        </Field>
        <Field label={t('scope.labels')} help={t('scope.labels.help')}>
          {(control) => (
            <Input
              {...control}
              mono
              placeholder="team=shop tier=web"
              value={clause.labels}
              onChange={(event) => set({ labels: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('scope.groups')}>
          {(control) => (
            <MultiSelect
              control={control}
              placeholder={t('scope.any')}
              choices={groups.map(({ id, name, description }) => ({ value: id, label: name, hint: description }))}
              value={clause.groups}
              onChange={(next) => set({ groups: next })}
            />
          )}
        </Field>
        <div className="sm:col-span-2">
          <Field label={t('scope.ids')} help={clause.type ? undefined : t('scope.ids.help')}>
            {(control) => (
              <MultiSelect
                control={control}
                free
                placeholder={t('scope.any')}
                choices={items.map(({ id, name, environment }) => ({ value: id, label: name, hint: environment }))}
                value={clause.ids}
                onChange={(ids) => set({ ids })}
              />
            )}
          </Field>
        </div>
      </div>
      {fault && <p className="text-xs text-warn">{fault}</p>}
    </fieldset>
  );
}

export interface ScopeEditorProps {
  value: ScopeDraft;
  onChange: (value: ScopeDraft) => void;
}
/** What a right reaches: everything, or parts of it. Within a part all limits hold together; parts add up. */
export function ScopeEditor({ value, onChange }: ScopeEditorProps) {
  const { faults } = scopeOf(value);
  const put = (clauses: readonly ClauseDraft[]) => onChange({ ...value, clauses });
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <ChoiceList
        label={t('scope.title')}
        value={value.all ? 'all' : 'part'}
        onChange={(choice) => onChange({ ...value, all: choice === 'all' })}
        choices={[
          { value: 'all', label: t('scope.all'), help: t('scope.all.help') },
          { value: 'part', label: t('scope.some'), help: t('scope.some.help') },
        ]}
      />
      {!value.all && (
        <>
          {value.clauses.map((clause, at) => (
            <ClauseEditor
              key={at}
              at={at}
              clause={clause}
              fault={faults[at] ?? null}
              onChange={(next) => put(value.clauses.map((other, i) => (i === at ? next : other)))}
              onRemove={value.clauses.length > 1 ? () => put(value.clauses.filter((_, i) => i !== at)) : null}
            />
          ))}
          <Button
            size="sm"
            variant="ghost"
            className="self-start"
            icon={<Plus aria-hidden className="size-3.5" />}
            onClick={() => put([...value.clauses, EMPTY_CLAUSE])}
          >
            {t('scope.part.add')}
          </Button>
        </>
      )}
    </div>
  );
}
