import type { Risk } from './types.ts';

/** The part of JSON Schema 2020-12 that Zod writes, with the form hints of `.meta()`. */
export interface JsonSchema {
  type?: string | string[];
  title?: string;
  description?: string;
  help?: string;
  widget?: string;
  examples?: unknown[];
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: boolean | JsonSchema;
  prefixItems?: JsonSchema[];
  minItems?: number;
  maxItems?: number;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  [hint: string]: unknown;
}

/** One Operation the actor may call, as `GET /manifest` lists it. */
export interface ManifestOperation {
  name: string;
  summary: string;
  description?: string | null;
  group: string;
  risk: Risk;
  permission: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1, `{name}` for path parameters. */
  path: string;
  tool?: string;
  command?: readonly string[];
  input: JsonSchema;
  output?: JsonSchema;
  runs?: 'inline' | 'job';
  change?: boolean | string | null;
  download?: boolean;
  targets?: unknown;
  /** Surfaces on which it is not offered. */
  hiddenFrom?: readonly string[];
}
export interface Manifest {
  operations: ManifestOperation[];
  events?: unknown;
}
