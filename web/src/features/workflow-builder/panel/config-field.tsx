import { FunctionSquare } from 'lucide-react';
import { createContext, Suspense, useContext, useState, type ReactNode } from 'react';
import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { helpOf } from '#ui/operation-form/help.tsx';
import { kindOf, labelOf, withoutNull, type Kind } from '#ui/operation-form/schema.ts';
import { SchemaField } from '#ui/operation-form/schema-field.tsx';
import type { SchemaFieldProps } from '#ui/operation-form/types.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { ExpressionField, LazyCode } from '../expression/expression-field.tsx';
import { ModelField, ModelsField } from './model-field.tsx';
import { PatternsField, WorkflowsField } from './pattern-fields.tsx';
import { OperationInput, OperationName } from './operation-fields.tsx';
import { SecretField } from './secret-field.tsx';

/** The node whose fields are drawn. */
export const FieldContext = createContext<{ node: string; type: string; readOnly: boolean }>({ node: '', type: '', readOnly: false });

/** Kinds of fields that may be written as an expression instead of a value. */
const TOGGLES: ReadonlySet<Kind> = new Set<Kind>(['text', 'number', 'boolean', 'list', 'json', 'enum', 'set', 'record']);
const isTemplate = (value: unknown): value is string => typeof value === 'string' && value.includes('{{');
/** A value as the expression that gives it. */
const asTemplate = (value: unknown): string =>
  value === undefined || value === null || value === '' ? '' : typeof value === 'string' ? value : `{{ ${JSON.stringify(value)} }}`;
/** An expression that is nothing but a value, as that value. */
function asValue(text: string, kind: Kind): unknown {
  const [, inner] = /^\{\{\s*(.*?)\s*\}\}$/s.exec(text) ?? [];
  if (inner !== undefined) {
    try {
      return JSON.parse(inner) as unknown;
    } catch {
      // It is more than a value, and goes when the field is a plain one again.
    }
  }
  return kind === 'text' && !isTemplate(text) ? text : undefined;
}
const expressionOf = (schema: JsonSchema): unknown => schema['expression'];
/** What decides on other fields, or is counted on before a run, stays a plain value. */
const mayBeExpression = (schema: JsonSchema, kind: Kind): boolean =>
  expressionOf(schema) === 'tpl' ||
  (TOGGLES.has(kind) && kind === 'text' && !schema.pattern && schema.widget === undefined && expressionOf(schema) === undefined);

interface DrawnProps {
  props: SchemaFieldProps;
  schema: JsonSchema;
  label: string;
}

function Expression({ props, schema, label, mode, aside }: DrawnProps & { mode: 'expr' | 'tpl'; aside?: React.ReactNode }) {
  const { node, readOnly } = useContext(FieldContext);
  const { value, onChange, errors, pointer, required } = props;
  return (
    <Field label={label} help={helpOf(schema)} error={errors[pointer]} required={required} aside={aside}>
      {(control) => (
        <ExpressionField
          control={control}
          label={label}
          mode={mode}
          node={node}
          value={typeof value === 'string' ? value : asTemplate(value)}
          onChange={(next) => onChange(next === '' ? undefined : next)}
          readOnly={readOnly}
          lines={schema.widget === 'textarea' || schema.widget === 'code' ? 4 : 1}
        />
      )}
    </Field>
  );
}

function Toggle({ on, label, onClick }: { on: boolean; label: string; onClick: () => void }) {
  return (
    <Button
      size="icon-sm"
      variant="ghost"
      className="size-6!"
      aria-pressed={on}
      aria-label={t('builder.field.expression', { label })}
      title={t('builder.field.expression', { label })}
      onClick={onClick}
    >
      <FunctionSquare aria-hidden className={on ? 'size-4 text-accent' : 'size-4'} />
    </Button>
  );
}

function Toggled({ props, schema, label, kind }: DrawnProps & { kind: Kind }) {
  const { readOnly } = useContext(FieldContext);
  const [wanted, setWanted] = useState(false);
  const { value, onChange } = props;
  const on = wanted || isTemplate(value);
  const flip = () => {
    if (on && typeof value === 'string') onChange(asValue(value, kind));
    if (!on && value !== undefined && kind !== 'text') onChange(asTemplate(value));
    setWanted(!on);
  };
  const toggle = readOnly ? undefined : <Toggle on={on} label={label} onClick={flip} />;
  if (on) return <Expression props={props} schema={schema} label={label} mode="tpl" aside={toggle} />;
  return <SchemaField {...props} aside={toggle} />;
}

function Script({ props, schema, label }: DrawnProps) {
  const { readOnly } = useContext(FieldContext);
  const { value, onChange, errors, pointer, required } = props;
  return (
    <Field label={label} help={helpOf(schema)} error={errors[pointer]} required={required}>
      {(control) => (
        <Suspense fallback={<Skeleton className="h-40" />}>
          <LazyCode
            control={control}
            label={label}
            mode="javascript"
            value={typeof value === 'string' ? value : ''}
            onChange={onChange}
            readOnly={readOnly}
            lines={10}
          />
        </Suspense>
      )}
    </Field>
  );
}

/** Which purpose a model of a step has: the default of it holds where none is named. */
const PURPOSES: Readonly<Record<string, string>> = { ai_agent: 'agent', planner: 'planner' };
const WIDGETS: Readonly<Record<string, (drawn: DrawnProps, type: string) => ReactNode>> = {
  aiModel: (drawn, type) => <ModelField {...drawn} purpose={PURPOSES[type] ?? 'llm'} />,
  aiEmbeddingModel: (drawn) => <ModelField {...drawn} purpose="embedding" />,
  aiModels: (drawn) => <ModelsField {...drawn} />,
  operationPatterns: (drawn) => <PatternsField {...drawn} />,
  workflows: (drawn) => <WorkflowsField {...drawn} />,
};

/** Fields that mean something only where another field says so: `showWhen` in the schema. */
function isShown({ siblings, root }: SchemaFieldProps, schema: JsonSchema): boolean {
  const { field, values } = (schema['showWhen'] ?? {}) as { field?: string; values?: readonly unknown[] };
  return field === undefined || values === undefined || values.includes(siblings[field] ?? root.properties?.[field]?.default);
}

/** One field of a configuration: as forms draw it, and besides as an expression, a secret, code or an Operation. */
export function ConfigField(props: SchemaFieldProps) {
  const { type } = useContext(FieldContext);
  const { schema } = withoutNull(props.schema, props.root);
  const kind = kindOf(schema, props.root);
  const drawn: DrawnProps = { props, schema, label: props.label ?? labelOf(props.name, schema) };
  const how = expressionOf(schema);
  if (!isShown(props, schema)) return null;
  const widget = WIDGETS[schema.widget ?? ''];
  if (widget) return widget(drawn, type);
  if (type === 'operation' && props.pointer === '/operation') return <OperationName {...drawn} />;
  if (type === 'operation' && props.pointer === '/input') return <OperationInput {...drawn} />;
  if (how === 'secret' || schema.widget === 'secret') return <SecretField {...drawn} />;
  if (how === 'expr') return <Expression {...drawn} mode="expr" />;
  if (type === 'code' && props.name === 'code') return <Script {...drawn} />;
  return mayBeExpression(schema, kind) ? <Toggled {...drawn} kind={kind} /> : <SchemaField {...props} />;
}
