import { Plus, Unlink } from 'lucide-react';
import { t } from '#lib/i18n.ts';
import { NodeIcon } from '#features/workflow-graph/icons.tsx';
import { Button } from '#ui/button.tsx';
import { Combobox } from '#ui/combobox.tsx';
import { Field } from '#ui/field.tsx';
import type { GraphNode, Port } from '../types.ts';
import { flowOrder, hangs } from '../graph/lines.ts';
import { isRefusal, judge, type Wanted } from '../graph/rules.ts';
import { disconnect, join } from '../state/acts.ts';
import { openNode, useBuilder, useDoc, useStore } from '../state/store.ts';
import { showPalette } from '../view.ts';

/** Steps that could hang at this port. */
function useFree(node: GraphNode, port: Port): { value: string; label: string; wanted: Wanted }[] {
  const doc = useDoc();
  const types = useBuilder((state) => state.types);
  return flowOrder(doc).flatMap((id) => {
    const target = doc.nodes[id]!;
    const [input] = types.ports(target).inputs;
    if (id === node.id || !input) return [];
    const wanted = { source: node.id, sourcePort: port.name, target: id, targetPort: input.name };
    return isRefusal(judge(doc, wanted, types.ports)) ? [] : [{ value: id, label: target.name || target.key, wanted }];
  });
}

function OnePort({ node, port, readOnly }: { node: GraphNode; port: Port; readOnly: boolean }) {
  const store = useStore();
  const doc = useDoc();
  const types = useBuilder((state) => state.types);
  const free = useFree(node, port);
  const lines = Object.values(doc.connections).filter(({ source, sourcePort }) => source === node.id && sourcePort === port.name);
  const label = t(port.kind === 'memory' ? 'builder.hung.memory' : 'builder.hung.tool');
  return (
    <section aria-label={label} className="flex flex-col gap-2 rounded-md border border-line p-3">
      <h3 className="text-sm font-medium">{label}</h3>
      {lines.length === 0 && <p className="text-xs text-ink-3">{t(port.kind === 'memory' ? 'builder.hung.memory.none' : 'builder.hung.tool.none')}</p>}
      <ul className="flex flex-col gap-1 empty:hidden">
        {lines.map(({ id, target }) => {
          const tool = doc.nodes[target];
          return (
            <li key={id} className="flex items-center gap-2">
              <NodeIcon name={types.of(tool?.type ?? '')?.icon} className="size-4 shrink-0 text-ink-2" />
              <button type="button" className="min-w-0 flex-1 truncate text-start hover:text-accent hover:underline" onClick={() => openNode(store, target)}>
                {tool?.name || tool?.key}
              </button>
              {!readOnly && (
                <Button size="icon-sm" variant="ghost" aria-label={t('builder.list.disconnect', { from: node.name, to: tool?.name ?? '' })} onClick={() => disconnect(store, id)}>
                  <Unlink aria-hidden className="size-3.5" />
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {!readOnly && (
        <div className="flex flex-wrap items-end gap-2">
          <Button
            size="sm"
            icon={<Plus aria-hidden className="size-3.5" />}
            onClick={() => {
              store.set({ slot: { kind: 'after', node: node.id, port: port.name } });
              showPalette();
            }}
          >
            {t('builder.hung.add')}
          </Button>
          {free.length > 0 && (
            <div className="min-w-40 flex-1">
              <Field label={t('builder.hung.connect')}>
                {(control) => (
                  <Combobox
                    control={control}
                    choices={free}
                    value=""
                    onChange={(id) => {
                      const wanted = free.find(({ value }) => value === id)?.wanted;
                      if (wanted) join(store, wanted);
                    }}
                  />
                )}
              </Field>
            </div>
          )}
        </div>
      )}
    </section>
  );
} // prettier-ignore

/** What an agent may use of the graph: tools and memories that hang on it, to add, connect and take away without the canvas. */
export function Hung({ node }: { node: GraphNode }) {
  const readOnly = useBuilder((state) => state.readOnly);
  const outputs = useBuilder(({ types }) => types.ports(node).outputs);
  return outputs.filter(hangs).map((port) => <OnePort key={port.name} node={node} port={port} readOnly={readOnly} />);
}
