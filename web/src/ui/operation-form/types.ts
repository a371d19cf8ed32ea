import type { ComponentType, ReactNode } from 'react';
import type { JsonSchema } from '#lib/schema.ts';
import type { FieldControl } from '../field.tsx';

/** A control that a page supplies for certain fields, e.g. a search for the resource that an id names. */
export interface PickerProps {
  control: FieldControl;
  schema: JsonSchema;
  value: unknown;
  onChange: (value: unknown) => void;
  /** The other fields of the same object: what can be chosen may depend on them. */
  siblings: Record<string, unknown>;
}
export type PickerFor = (name: string, schema: JsonSchema) => ComponentType<PickerProps> | null;

/** What every field of a generated form gets. */
export interface SchemaFieldProps {
  name: string;
  /** As it stands in the document; resolved by the field. */
  schema: JsonSchema;
  root: JsonSchema;
  /** JSON pointer into the input: where errors of the server land. */
  pointer: string;
  required: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
  errors: Record<string, string>;
  siblings: Record<string, unknown>;
  pickerFor: PickerFor;
  /** Draws a schema inside this one: `SchemaField`, handed down so that files do not import one another in a circle. */
  Draw: ComponentType<SchemaFieldProps>;
  /** Items of a list have a number for a name. */
  label?: string;
  /** At the end of the label's line, behind what the field has there itself. */
  aside?: ReactNode;
}
