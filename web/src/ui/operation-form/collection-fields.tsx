import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import { Button } from '../button.tsx';
import { Checkbox } from '../checkbox.tsx';
import { Field } from '../field.tsx';
import { Input } from '../input.tsx';
import { Textarea } from '../textarea.tsx';
import { pointerTo } from './check.ts';
import { Group } from './group.tsx';
import { helpOf } from './help.tsx';
import type { NestedProps } from './nested-fields.tsx';
import { initialValue, kindOf, setChoices, Unparsed, withoutNull } from './schema.ts';

const Remove = ({ label, onClick }: { label: string; onClick: () => void }) => (
  <Button variant="ghost" size="icon-sm" aria-label={label} onClick={onClick}>
    <X aria-hidden className="size-3.5" />
  </Button>
);
const Add = ({ label, onClick, disabled }: { label: string; onClick: () => void; disabled?: boolean }) => (
  <div>
    <Button size="sm" variant="ghost" className="-ms-2" disabled={disabled} icon={<Plus aria-hidden className="size-3.5" />} onClick={onClick}>
      {label}
    </Button>
  </div>
);

/** Any number of values of one schema. */
export function ListField({ label, aside, ...props }: NestedProps) {
  const { schema, root, value, onChange, pointer, errors, required } = props;
  const items = Array.isArray(value) ? (value as unknown[]) : [];
  const item = schema.items as JsonSchema;
  const simple = !['object', 'union', 'list', 'record'].includes(kindOf(withoutNull(item, root).schema, root));
  const remove = (at: number) => onChange(items.length === 1 && !required ? undefined : items.filter((_, i) => i !== at));
  return (
    <Group label={label} help={helpOf(schema)} error={errors[pointer]} aside={aside}>
      {items.map((each, i) => (
        <div
          key={i}
          className={
            simple
              ? 'flex items-start gap-1 [&>div:first-child]:flex-1'
              : 'flex items-start gap-1 rounded-md border border-line p-3 [&>div:first-child]:flex-1'
          }
        >
          <props.Draw
            {...props}
            schema={item}
            label={t('form.item', { label, number: i + 1 })}
            pointer={pointerTo(pointer, i)}
            required
            value={each}
            onChange={(next) => onChange(items.map((old, j) => (j === i ? next : old)))}
          />
          <Remove label={t('form.removeItem', { label, number: i + 1 })} onClick={() => remove(i)} />
        </div>
      ))}
      <Add
        label={t('form.addItem', { label })}
        disabled={items.length >= (schema.maxItems ?? Infinity)}
        onClick={() => onChange([...items, initialValue(item, root)])}
      />
    </Group>
  );
}

/** Some of a fixed few. */
export function SetField({ label, aside, schema, root, value, onChange, pointer, errors }: NestedProps) {
  const chosen = Array.isArray(value) ? (value as unknown[]) : [];
  const choices = setChoices(schema, root) ?? [];
  const toggle = (choice: unknown, on: boolean) => {
    const next = choices.filter((each) => (each === choice ? on : chosen.includes(each)));
    onChange(next.length > 0 ? next : undefined);
  };
  return (
    <Group label={label} help={helpOf(schema)} error={errors[pointer]} aside={aside}>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {choices.map((choice) => (
          <label key={String(choice)} className="flex items-center gap-2">
            <Checkbox checked={chosen.includes(choice)} onCheckedChange={(on) => toggle(choice, on === true)} />
            {String(choice)}
          </label>
        ))}
      </div>
    </Group>
  );
}

type Entry = [name: string, value: unknown];

/** Names and values of one's own choosing, e.g. labels. Rows are kept apart from the value, so that a half-written name loses nothing. */
export function RecordField({ label, aside, ...props }: NestedProps) {
  const { schema, root, value, onChange, pointer, errors } = props;
  const [entries, setEntries] = useState<Entry[]>(() => Object.entries((value ?? {}) as Record<string, unknown>));
  const change = (next: Entry[]) => {
    setEntries(next);
    const named = next.filter(([name]) => name !== '');
    onChange(named.length > 0 ? Object.fromEntries(named) : undefined);
  };
  const set = (at: number, entry: Entry) => change(entries.map((old, i) => (i === at ? entry : old)));
  const inner = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  return (
    <Group label={label} help={helpOf(schema)} error={errors[pointer]} aside={aside}>
      {entries.map(([name, each], i) => (
        <div key={i} className="flex items-end gap-1">
          <div className="w-2/5">
            <Field label={t('form.key')}>
              {(control) => <Input {...control} mono autoComplete="off" value={name} onChange={(event) => set(i, [event.target.value, each])} />}
            </Field>
          </div>
          <div className="flex-1">
            <props.Draw
              {...props}
              name={name}
              schema={inner}
              label={t('form.value')}
              pointer={pointerTo(pointer, name)}
              required
              value={each}
              onChange={(next) => set(i, [name, next ?? ''])}
            />
          </div>
          <Remove label={t('form.removeItem', { label, number: i + 1 })} onClick={() => change(entries.filter((_, j) => j !== i))} />
        </div>
      ))}
      <Add
        label={t('form.addItem', { label })}
        onClick={() => change([...entries, ['', kindOf(withoutNull(inner, root).schema, root) === 'text' ? '' : initialValue(inner, root)]])}
      />
    </Group>
  );
}

/** Anything the schema leaves open, written as JSON. */
export function JsonField({ label, aside, schema, value, onChange, pointer, errors, required }: NestedProps) {
  const id = useId();
  const text = value instanceof Unparsed ? value.text : value === undefined ? '' : JSON.stringify(value, null, 2);
  const [typed, setTyped] = useState(text);
  const read = (next: string) => {
    setTyped(next);
    if (next.trim() === '') return onChange(undefined);
    try {
      onChange(JSON.parse(next) as unknown);
    } catch {
      onChange(new Unparsed(next));
    }
  };
  return (
    <Field label={label} help={helpOf(schema) ?? t('form.json.help')} error={errors[pointer]} required={required} aside={aside}>
      {(control) => <Textarea key={id} {...control} mono rows={4} spellCheck={false} value={typed} onChange={(event) => read(event.target.value)} />}
    </Field>
  );
}
