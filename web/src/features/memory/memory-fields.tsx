import { t } from '#lib/i18n.ts';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { Select } from '#ui/select.tsx';
import { Textarea } from '#ui/textarea.tsx';
import { useSpaces } from './api.ts';
import { EXPIRIES, isConfidence, isSpace, isTags, KEEP, type MemoryDraft } from './draft.ts';
import { LabelsField } from './labels-field.tsx';
import { IMPORTANCES, MEMORY_TYPES, SENSITIVITIES } from './types.ts';
import { useSpaceName } from './words.tsx';

export interface MemoryFieldsProps {
  draft: MemoryDraft;
  onChange: (draft: MemoryDraft) => void;
  /** By pointer, as the server says. */
  errors: Record<string, string>;
  /** Space and key of one that exists stay. */
  fresh: boolean;
}
type PartProps = Pick<MemoryFieldsProps, 'draft' | 'errors'> & { set: (part: Partial<MemoryDraft>) => void };

/** Places of a list have pointers of their own: `/tags/1`. */
const within = (errors: Record<string, string>, field: string): string | undefined =>
  Object.entries(errors).find(([pointer]) => pointer === field || pointer.startsWith(`${field}/`))?.[1];

function Place({ draft, errors, set }: PartProps) {
  const nameOf = useSpaceName();
  const spaces = [...new Set(['tenant', 'user', ...useSpaces().map(({ space }) => space)])];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('memory.space')} help={t('memory.space.help')} required error={isSpace(draft.space) ? errors['/space'] : t('memory.space.bad')}>
        {(control) => (
          <Combobox
            control={control}
            value={draft.space}
            choices={spaces.map((value) => ({ value, label: nameOf(value), ...(nameOf(value) === value ? {} : { hint: value }) }))}
            onChange={(space) => set({ space })}
          />
        )}
      </Field>
      <Field label={t('memory.key')} help={t('memory.key.help')} required={false} error={errors['/key']}>
        {(control) => (
          <Input
            {...control}
            mono
            spellCheck={false}
            maxLength={200}
            placeholder="edge-fra-1/maintenance"
            value={draft.key}
            onChange={(event) => set({ key: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

const Kind = ({ draft, errors, set }: PartProps) => (
  <div className="grid gap-4 sm:grid-cols-2">
    <Field label={t('memory.type')} help={t(`memory.type.${draft.type}.help`)}>
      {(control) => (
        <Select
          {...control}
          value={draft.type}
          onChange={(type) => set({ type })}
          choices={MEMORY_TYPES.map((value) => ({ value, label: t(`memory.type.${value}`), help: t(`memory.type.${value}.help`) }))}
        />
      )}
    </Field>
    <Field label={t('memory.sensitivity')} help={t(`memory.sensitivity.${draft.sensitivity}.help`)} error={errors['/sensitivity']}>
      {(control) => (
        <Select
          {...control}
          value={draft.sensitivity}
          onChange={(sensitivity) => set({ sensitivity })}
          choices={SENSITIVITIES.map((value) => ({ value, label: t(`memory.sensitivity.${value}`), help: t(`memory.sensitivity.${value}.help`) }))}
        />
      )}
    </Field>
    <Field label={t('memory.importance')}>
      {(control) => (
        <Select
          {...control}
          value={draft.importance}
          onChange={(importance) => set({ importance })}
          choices={IMPORTANCES.map((value) => ({ value, label: t(`memory.importance.${value}`) }))}
        />
      )}
    </Field>
    <Field
      label={t('memory.confidence')}
      help={t('memory.confidence.help')}
      error={isConfidence(draft.confidence) ? errors['/confidence'] : t('memory.confidence.bad')}
    >
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          className="max-w-28"
          maxLength={3}
          value={draft.confidence}
          onChange={(event) => set({ confidence: event.target.value.trim() })}
        />
      )}
    </Field>
  </div>
);

const Around = ({ draft, errors, set, fresh }: PartProps & { fresh: boolean }) => (
  <div className="grid gap-4 sm:grid-cols-2">
    <Field
      label={t('memory.tags')}
      help={t('memory.tags.help')}
      required={false}
      error={isTags(draft.tags) ? within(errors, '/tags') : t('memory.tags.bad')}
    >
      {(control) => <Input {...control} placeholder="edge, night shift" value={draft.tags} onChange={(event) => set({ tags: event.target.value })} />}
    </Field>
    <Field label={t('memory.expires')} error={errors['/expires']}>
      {(control) => (
        <Select
          {...control}
          value={draft.expires}
          onChange={(expires) => set({ expires })}
          choices={(fresh ? EXPIRIES : ([KEEP, ...EXPIRIES] as const)).map((value) => ({ value, label: t(`memory.expires.${value}`) }))}
        />
      )}
    </Field>
    <div className="sm:col-span-2">
      <LabelsField value={draft.labels} error={within(errors, '/accessLabels')} onChange={(labels) => set({ labels })} />
    </div>
  </div>
);

/** What is kept, where, and who may see it. */
export function MemoryFields({ draft, onChange, errors, fresh }: MemoryFieldsProps) {
  const set = (part: Partial<MemoryDraft>) => onChange({ ...draft, ...part });
  const props = { draft, errors, set };
  const sealed = !fresh && draft.sensitivity === 'secret';
  return (
    <>
      {fresh && <Place {...props} />}
      <Field label={t('memory.title')} required={false} error={errors['/title']}>
        {(control) => <Input {...control} maxLength={200} value={draft.title} onChange={(event) => set({ title: event.target.value })} />}
      </Field>
      <Field
        label={t('memory.content')}
        help={t(sealed ? 'memory.content.sealed' : 'memory.content.help')}
        required={!sealed}
        error={errors['/content']}
      >
        {(control) => (
          <Textarea {...control} rows={5} maxLength={65_536} value={draft.content} onChange={(event) => set({ content: event.target.value })} />
        )}
      </Field>
      <Kind {...props} />
      <Around {...props} fresh={fresh} />
    </>
  );
}
