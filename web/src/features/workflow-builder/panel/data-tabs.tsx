import { Pin, PinOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { RunState } from '#features/workflow-graph/run-state.tsx';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Textarea } from '#ui/textarea.tsx';
import type { GraphNode, Json } from '../types.ts';
import { changeNode, withSettings } from '../graph/acts.ts';
import { edit, useBuilder, useStore } from '../state/store.ts';
import { DataView } from './data-view.tsx';
import { useScope } from './scope.ts';

/** What comes in, and what the steps before gave: with the data of the last run, or pinned. */
export function InputTab({ node }: { node: GraphNode }) {
  const { upstream, data } = useScope(node.id);
  const with_ = upstream.filter(({ output }) => output !== undefined);
  return (
    <div className="flex flex-col gap-4">
      {data.input !== null && (
        <section>
          <h3 className="text-sm font-medium">{t('builder.input.comes')}</h3>
          <DataView value={data.input} path="input" name="input" />
        </section>
      )}
      {with_.map(({ id, key, name, output, pinned }) => (
        <section key={id}>
          <h3 className="flex items-center gap-1.5 text-sm font-medium">
            {name}
            {pinned && <Pin aria-hidden className="size-3 text-ink-3" />}
          </h3>
          <DataView value={output!} path={`nodes.${key}.output`} name={key} />
        </section>
      ))}
      {data.input === null && with_.length === 0 && (
        <p className="text-ink-3">{t(upstream.length === 0 ? 'builder.input.first' : 'builder.input.none')}</p>
      )}
    </div>
  );
}

/** Pinned data as text that may not be JSON yet. */
function PinField({ node }: { node: GraphNode }) {
  const store = useStore();
  const readOnly = useBuilder((state) => state.readOnly);
  const pinned = node.settings?.pinnedOutput;
  const [text, setText] = useState('');
  const [bad, setBad] = useState(false);
  useEffect(() => setText(pinned === undefined ? '' : JSON.stringify(pinned, null, 2)), [pinned]);
  const take = () => {
    try {
      const value = text.trim() === '' ? undefined : (JSON.parse(text) as Json);
      setBad(false);
      edit(store, t('builder.step.pin'), (doc) => changeNode(doc, node.id, (now) => withSettings(now, { pinnedOutput: value })));
    } catch {
      setBad(true);
    }
  };
  return (
    <Field label={t('builder.pin')} help={t('builder.pin.help')} error={bad ? t('form.json') : undefined} required={false}>
      {(control) => (
        <Textarea {...control} mono rows={6} readOnly={readOnly} value={text} onChange={(event) => setText(event.target.value)} onBlur={take} />
      )}
    </Field>
  );
}

/** What the last run gave here, and what test runs take instead. */
export function OutputTab({ node }: { node: GraphNode }) {
  const store = useStore();
  const readOnly = useBuilder((state) => state.readOnly);
  const run = useBuilder((state) => state.run?.nodes.get(node.id));
  const pinned = node.settings?.pinnedOutput !== undefined;
  const setPin = (value: Json | undefined) =>
    edit(store, t(value === undefined ? 'builder.step.unpin' : 'builder.step.pin'), (doc) =>
      changeNode(doc, node.id, (now) => withSettings(now, { pinnedOutput: value })),
    );
  return (
    <div className="flex flex-col gap-4">
      {run ? (
        <section className="flex flex-col gap-2">
          <div className="flex items-center justify-between gap-2">
            <RunState state={run.status} />
            {run.output !== undefined && !readOnly && (
              <Button size="sm" icon={<Pin aria-hidden className="size-3.5" />} onClick={() => setPin(run.output)}>
                {t('builder.pin.this')}
              </Button>
            )}
          </div>
          {run.error != null && (
            <p className="text-bad [overflow-wrap:anywhere]">{(run.error as { message?: string }).message ?? JSON.stringify(run.error)}</p>
          )}
          {run.output !== undefined && <DataView value={run.output} path={`nodes.${node.key}.output`} name={node.key} />}
        </section>
      ) : (
        <p className="text-ink-3">{t('builder.output.none')}</p>
      )}
      <PinField node={node} />
      {pinned && !readOnly && (
        <div>
          <Button size="sm" icon={<PinOff aria-hidden className="size-3.5" />} onClick={() => setPin(undefined)}>
            {t('builder.pin.remove')}
          </Button>
        </div>
      )}
    </div>
  );
}
