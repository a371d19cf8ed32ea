import type { ReactNode } from 'react';
import type { JsonSchema } from '#lib/schema.ts';
import { Select } from '../select.tsx';
import { pointerTo } from './check.ts';
import { Group } from './group.tsx';
import { helpOf } from './help.tsx';
import { branchLabel, branchOf, initialValue, resolve } from './schema.ts';
import type { SchemaFieldProps } from './types.ts';

export type NestedProps = SchemaFieldProps & { schema: JsonSchema; label: string; aside?: ReactNode };

/** The fields of an object without a frame of their own. Required ones come first; otherwise the order is the schema's. */
export function Properties({ schema, value, onChange, pointer, Draw, ...rest }: Omit<SchemaFieldProps, 'name' | 'required' | 'label' | 'siblings'>) {
  const wanted = new Set(schema.required ?? []);
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const names = Object.keys(schema.properties ?? {});
  return [...names.filter((name) => wanted.has(name)), ...names.filter((name) => !wanted.has(name))].map((name) => (
    <Draw
      key={name}
      {...rest}
      Draw={Draw}
      name={name}
      schema={schema.properties![name]!}
      pointer={pointerTo(pointer, name)}
      required={wanted.has(name)}
      siblings={fields}
      value={fields[name]}
      onChange={(next) => onChange({ ...fields, [name]: next })}
    />
  ));
}

export const ObjectField = ({ label, aside, ...props }: NestedProps) => (
  <Group label={label} help={helpOf(props.schema)} error={props.errors[props.pointer]} aside={aside}>
    <div className="flex flex-col gap-4 border-s-2 border-line ps-3">
      <Properties {...props} />
    </div>
  </Group>
);

/** One of several shapes: choose which, then fill it. */
export function UnionField({ label, aside, ...props }: NestedProps) {
  const { schema, root, value, onChange, pointer, errors } = props;
  const branches = (schema.anyOf ?? []).map((branch) => resolve(branch, root));
  const chosen = branchOf(value, branches, root);
  const branch = branches[chosen]!;
  return (
    <Group label={label} help={helpOf(schema)} error={branch.type === 'object' ? errors[pointer] : undefined} aside={aside}>
      <Select
        aria-label={label}
        value={String(chosen)}
        choices={branches.map((each, i) => ({ value: String(i), label: branchLabel(each, i) }))}
        onChange={(next) => onChange(initialValue(branches[Number(next)]!, root))}
      />
      <div className="flex flex-col gap-4 border-s-2 border-line ps-3 empty:hidden">
        {branch.type === 'object' ? (
          <Properties {...props} schema={branch} />
        ) : (
          <props.Draw {...props} schema={branch} label={branchLabel(branch, chosen)} />
        )}
      </div>
    </Group>
  );
}
