import { WandSparkles } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Input } from '#ui/input.tsx';
import { pointerTo } from '#ui/operation-form/check.ts';
import { Properties } from '#ui/operation-form/nested-fields.tsx';
import { resolve } from '#ui/operation-form/schema.ts';
import type { PickerFor } from '#ui/operation-form/types.ts';
import { Textarea } from '#ui/textarea.tsx';
import type { Config, GraphNode, Json } from '../types.ts';
import { same } from '../graph/doc.ts';
import { changeNode } from '../graph/acts.ts';
import { keyFault, rekey, usersOf } from '../graph/keys.ts';
import { edit, useBuilder, useDoc, useStore } from '../state/store.ts';
import { findingsOf } from '../state/findings.ts';
import { ConfigField, FieldContext } from './config-field.tsx';
import { DrawContext } from './draw.ts';
import { Hung } from './hung.tsx';

const Describe = lazy(() => import('./describe-step.tsx').then(({ DescribeStep }) => ({ default: DescribeStep })));

/** The form from words instead of field by field. */
function InWords({ node }: { node: GraphNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        className="self-start"
        aria-expanded={open}
        icon={<WandSparkles aria-hidden className="size-3.5" />}
        onClick={() => setOpen(!open)}
      >
        {t('assist.step.describe')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <Describe node={node} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

const noPicker: PickerFor = () => null;

/** A key as one types it: taken over when it is a good one, and every expression that names it follows. */
function KeyField({ node, readOnly }: { node: GraphNode; readOnly: boolean }) {
  const store = useStore();
  const doc = useDoc();
  const [text, setText] = useState(node.key);
  useEffect(() => setText(node.key), [node.key]);
  const fault = keyFault(doc, node.id, text);
  const users = usersOf(doc, node.key).length;
  const take = () => {
    if (!fault && text !== node.key) edit(store, t('builder.step.key'), (now) => rekey(now, node.id, text));
  };
  return (
    <Field
      label={t('builder.key')}
      help={users > 0 ? t('builder.key.users', { count: users }) : t('builder.key.help', { key: node.key })}
      error={fault && text !== node.key ? t(`builder.key.${fault}`) : undefined}
    >
      {(control) => (
        <Input
          {...control}
          mono
          maxLength={40}
          readOnly={readOnly}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => event.key === 'Enter' && take()}
        />
      )}
    </Field>
  );
}

/** What validation says of the configuration, at the field that it is about. */
function useErrors(id: string): Record<string, string> {
  const found = useBuilder(({ findings }) => findingsOf(findings).get(id));
  return useMemo(() => {
    const errors: Record<string, string> = {};
    for (const { pointer = '', message, severity } of found ?? []) {
      const at = pointer.replace(/^\/config/, '');
      if (severity === 'error' && pointer.startsWith('/config')) errors[at] = errors[at] ? `${errors[at]} ${message}` : message;
    }
    return errors;
  }, [found]);
}

/** What holds where nothing is said: shown, but not written into the graph. */
const defaultsOf = (schema: JsonSchema | null): Config =>
  Object.fromEntries(
    Object.entries(schema?.properties ?? {}).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value as Json]])),
  );

/** What a node is called and set to do: its form is its type's schema. */
export function ConfigTab({ node }: { node: GraphNode }) {
  const store = useStore();
  const readOnly = useBuilder((state) => state.readOnly);
  const info = useBuilder(({ types }) => types.of(node.type));
  const errors = useErrors(node.id);
  const place = useRef<HTMLDivElement>(null);
  const root = useMemo(() => (info ? resolve(info.schema, info.schema) : null), [info]);
  const context = useMemo(() => ({ node: node.id, type: node.type, readOnly }), [node.id, node.type, readOnly]);
  const set = (label: string, field: string, change: (now: GraphNode) => GraphNode) =>
    edit(store, label, (doc) => changeNode(doc, node.id, change), `${node.id}/${field}`);
  const defaults = useMemo(() => defaultsOf(root), [root]);
  const shown = useMemo(() => ({ ...defaults, ...node.config }), [defaults, node.config]);
  const configure = (next: unknown) => {
    const said = Object.entries(next as Config).filter(
      ([name, value]) => value !== undefined && (name in node.config || !same(value, defaults[name])),
    );
    const config = Object.fromEntries(said);
    const changed = Object.keys({ ...node.config, ...config }).find((name) => node.config[name] !== config[name]);
    set(t('builder.step.config', { name: node.name }), pointerTo('', changed ?? ''), (now) => ({ ...now, config }));
  };
  return (
    <div ref={place} className="flex flex-col gap-4">
      <Field label={t('builder.name')}>
        {(control) => (
          <Input
            {...control}
            maxLength={100}
            readOnly={readOnly}
            value={node.name}
            onChange={(event) => set(t('builder.step.rename'), 'name', (now) => ({ ...now, name: event.target.value }))}
          />
        )}
      </Field>
      {node.type !== 'note' && <KeyField node={node} readOnly={readOnly} />}
      {node.type !== 'note' && info && !readOnly && <InWords node={node} />}
      <Hung node={node} />
      {root ? (
        <fieldset disabled={readOnly} className="flex flex-col gap-4">
          <legend className="sr-only">{t('builder.tab.config')}</legend>
          <FieldContext value={context}>
            <DrawContext value={ConfigField}>
              <Properties
                schema={root}
                root={info!.schema}
                pointer=""
                value={shown}
                onChange={configure}
                errors={errors}
                pickerFor={noPicker}
                Draw={ConfigField}
              />
            </DrawContext>
          </FieldContext>
        </fieldset>
      ) : (
        <p className="text-bad">{t('builder.type.unknown', { type: node.type })}</p>
      )}
      <Field label={t('builder.description')} required={false} help={t('builder.description.help')}>
        {(control) => (
          <Textarea
            {...control}
            readOnly={readOnly}
            maxLength={2000}
            value={node.description ?? ''}
            onChange={(event) =>
              set(t('builder.step.describe'), 'description', ({ description: _, ...now }) =>
                event.target.value === '' ? now : { ...now, description: event.target.value },
              )
            }
          />
        )}
      </Field>
    </div>
  );
}
