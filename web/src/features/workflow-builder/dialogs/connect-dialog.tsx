import { useMemo, useState } from 'react';
import { t } from '#lib/i18n.ts';
import { portLabel } from '#features/workflow-graph/ports.ts';
import { Button } from '#ui/button.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';
import type { GraphNode } from '../types.ts';
import { flowOrder } from '../graph/lines.ts';
import { isRefusal, judge, type Refusal, type Wanted } from '../graph/rules.ts';
import { join, joinByMerge } from '../state/acts.ts';
import { useBuilder, useDoc, useStore } from '../state/store.ts';
import { reasonText } from '../reasons.ts';

interface Target {
  value: string;
  label: string;
  wanted: Wanted;
  refusal: Refusal | null;
}
const titleOf = (name: string, port: string): string => (port === 'main' ? name : `${name} · ${port}`);

/** Every input of every other node, those that can be joined first, the others with the reason. */
function useTargets(node: GraphNode, port: string): Target[] {
  const doc = useDoc();
  const types = useBuilder((state) => state.types);
  return useMemo(() => {
    const all = flowOrder(doc).flatMap((id) => {
      const target = doc.nodes[id]!;
      if (id === node.id || target.type === 'note') return [];
      return types.ports(target).inputs.map((input): Target => {
        const wanted = { source: node.id, sourcePort: port, target: id, targetPort: input.name };
        const verdict = judge(doc, wanted, types.ports);
        return {
          value: `${id} ${input.name}`,
          label: titleOf(target.name, portLabel(input) || 'main'),
          wanted,
          refusal: isRefusal(verdict) ? verdict : null,
        };
      });
    });
    return [...all.filter(({ refusal }) => !refusal), ...all.filter(({ refusal }) => refusal && refusal.reason !== 'twice')];
  }, [doc, types, node.id, port]);
}

function Inside({ node, onClose }: { node: GraphNode; onClose: () => void }) {
  const store = useStore();
  const outputs = useBuilder(({ types }) => types.ports(node).outputs);
  const [port, setPort] = useState(() => outputs[0]?.name ?? 'main');
  const [chosen, setChosen] = useState('');
  const targets = useTargets(node, port);
  const target = targets.find(({ value }) => value === chosen);
  const connect = (merge: boolean) => {
    if (!target) return;
    if (merge ? joinByMerge(store, target.wanted) : join(store, target.wanted)) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('builder.connect', { name: node.name })}
      footer={
        <>
          {target?.refusal?.reason === 'taken' && <Button onClick={() => connect(true)}>{t('builder.merge.insert')}</Button>}
          <Button variant="primary" disabled={!target || target.refusal !== null} onClick={() => connect(false)}>
            {t('builder.connect.action')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {outputs.length > 1 && (
          <Field label={t('builder.connect.from')}>
            {(control) => (
              <Select
                {...control}
                value={port}
                onChange={setPort}
                choices={outputs.map((output) => ({ value: output.name, label: portLabel(output) || 'main' }))}
              />
            )}
          </Field>
        )}
        <Field label={t('builder.connect.to')} error={target?.refusal ? reasonText(target.refusal) : undefined}>
          {(control) => (
            <Combobox
              control={control}
              choices={targets.map(({ value, label, refusal }) => ({ value, label, hint: refusal ? reasonText(refusal) : undefined }))}
              value={chosen}
              onChange={setChosen}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}

/** Joins a port of the chosen node to another: what a drawn line does, by keyboard. */
export function ConnectDialog({ onClose }: { onClose: () => void }) {
  const node = useBuilder(({ selection, past }) => past.doc.nodes[[...selection][0] ?? '']);
  return node ? <Inside node={node} onClose={onClose} /> : null;
}
