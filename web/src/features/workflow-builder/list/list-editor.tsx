import { ArrowRight, CircleSlash, Copy, MoreHorizontal, Pin, Plus, Settings2, Trash2, Unlink } from 'lucide-react';
import { useMemo } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { NodeIcon } from '#features/workflow-graph/icons.tsx';
import { EffectMark } from '#features/workflow-graph/node-face.tsx';
import { portLabel } from '#features/workflow-graph/ports.ts';
import { RunState } from '#features/workflow-graph/run-state.tsx';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Menu, MenuItem, MenuSeparator } from '#ui/menu.tsx';
import { Workflow } from 'lucide-react';
import type { Connection, GraphNode, Port } from '../types.ts';
import { flowOrder, linesOf, regionOf, type Lines } from '../graph/lines.ts';
import { ProblemMark } from '../canvas/body.tsx';
import { disconnect, duplicate, pin, removeChosen, switchOff } from '../state/acts.ts';
import { openNode, select, useBuilder, useDoc, useStore } from '../state/store.ts';
import { summaryOf } from '../summary.ts';
import { showPalette } from '../view.ts';

/** How deep each node lies in loops. */
function depthsOf(ids: readonly string[], lines: Lines, isLoop: (id: string) => boolean): Map<string, number> {
  const depths = new Map<string, number>();
  for (const loop of ids.filter(isLoop)) for (const id of regionOf(lines, loop)) depths.set(id, (depths.get(id) ?? 0) + 1);
  return depths;
}

const labelAt = (ports: readonly Port[], name: string): string => portLabel(ports.find((port) => port.name === name) ?? { name });

function LineRow({ line, node }: { line: Connection; node: GraphNode }) {
  const store = useStore();
  const target = useBuilder(({ past }) => past.doc.nodes[line.target]);
  const readOnly = useBuilder((state) => state.readOnly);
  const types = useBuilder((state) => state.types);
  const from = labelAt(types.ports(node).outputs, line.sourcePort);
  const to = labelAt(target ? types.ports(target).inputs : [], line.targetPort);
  return (
    <li className="flex items-center gap-1.5 text-xs text-ink-2">
      <ArrowRight aria-hidden className="size-3 shrink-0 rtl:rotate-180" />
      <span className="min-w-0 truncate">
        {from && <span className="text-ink-3">{from}: </span>}
        <button type="button" className="text-accent hover:underline" onClick={() => select(store, [line.target])}>
          {target?.name ?? line.target}
        </button>
        {to && <span className="text-ink-3"> · {to}</span>}
      </span>
      {!readOnly && (
        <button
          type="button"
          aria-label={t('builder.list.disconnect', { from: node.name, to: target?.name ?? '' })}
          onClick={() => disconnect(store, line.id)}
          className="grid size-6 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-bad"
        >
          <Unlink aria-hidden className="size-3" />
        </button>
      )}
    </li>
  );
}

function Acts({ node }: { node: GraphNode }) {
  const store = useStore();
  const readOnly = useBuilder((state) => state.readOnly);
  const outputs = useBuilder(({ types }) => types.ports(node).outputs);
  const here = (act: () => void) => () => {
    select(store, [node.id]);
    act();
  };
  return (
    <div className="flex items-center gap-1">
      <Button size="sm" variant="ghost" icon={<Settings2 aria-hidden className="size-3.5" />} onClick={() => openNode(store, node.id)}>
        {t('builder.list.configure')}
        <span className="sr-only">{node.name}</span>
      </Button>
      {!readOnly && (
        <Menu
          align="end"
          trigger={
            <Button size="icon-sm" variant="ghost" aria-label={t('builder.list.more', { name: node.name })}>
              <MoreHorizontal aria-hidden className="size-4" />
            </Button>
          }
        >
          {outputs.map((port) => (
            <MenuItem key={port.name} icon={<Plus />} onSelect={() => (store.set({ slot: { kind: 'after', node: node.id, port: port.name } }), showPalette())}>
              {outputs.length > 1 ? t('builder.list.addAt', { port: portLabel(port) || 'main' }) : t('builder.list.add')}
            </MenuItem>
          ))}
          {outputs.length > 0 && <MenuItem icon={<ArrowRight />} onSelect={here(() => store.set({ dialog: 'connect' }))}>{t('builder.list.connect')}</MenuItem>}
          <MenuSeparator />
          <MenuItem icon={<Copy />} onSelect={here(() => duplicate(store))}>{t('builder.act.duplicate')}</MenuItem>
          <MenuItem icon={<CircleSlash />} onSelect={here(() => switchOff(store))}>{t(node.settings?.disabled ? 'builder.act.enable' : 'builder.act.disable')}</MenuItem>
          <MenuItem icon={<Pin />} onSelect={here(() => pin(store, node.id))}>{t(node.settings?.pinnedOutput === undefined ? 'builder.act.pin' : 'builder.act.unpin')}</MenuItem>
          <MenuItem icon={<Settings2 />} onSelect={here(() => store.set({ dialog: 'type' }))}>{t('builder.act.type')}</MenuItem>
          <MenuItem danger icon={<Trash2 />} onSelect={here(() => removeChosen(store))}>{t('builder.act.delete')}</MenuItem>
        </Menu>
      )}
    </div>
  ); // prettier-ignore
}

function Card({ node, depth, lines }: { node: GraphNode; depth: number; lines: readonly Connection[] }) {
  const store = useStore();
  const chosen = useBuilder(({ selection }) => selection.has(node.id));
  const run = useBuilder((state) => state.run?.nodes.get(node.id));
  const types = useBuilder((state) => state.types);
  const info = types.of(node.type);
  const toggle = (on: boolean) => select(store, on ? [...store.get().selection, node.id] : [...store.get().selection].filter((id) => id !== node.id));
  return (
    <li
      style={{ marginInlineStart: depth * 16 }}
      className={cx(
        'flex flex-col gap-1 rounded-lg border bg-surface p-3',
        chosen ? 'border-accent' : 'border-line',
        node.settings?.disabled && 'border-dashed',
      )}
    >
      <div className="flex items-center gap-2">
        <Checkbox checked={chosen} onCheckedChange={(on) => toggle(on === true)} aria-label={t('builder.list.select', { name: node.name })} />
        <NodeIcon name={info?.icon} className="size-4 shrink-0 text-ink-2" />
        <h3 className={cx('min-w-0 flex-1 truncate font-medium', node.settings?.disabled && 'line-through')}>{node.name || node.key}</h3>
        {node.settings?.disabled && <span className="sr-only">{t('builder.disabled')}</span>}
        <ProblemMark id={node.id} />
        <EffectMark effect={types.effect(node)} />
        {run && <RunState state={run.status} variant="plain" className="text-xs" />}
      </div>
      <p className="truncate text-xs text-ink-3">
        {info?.label ?? node.type} · {summaryOf(node, info)}
      </p>
      {lines.length > 0 && (
        <ul aria-label={t('builder.list.leads', { name: node.name })}>
          {lines.map((line) => (
            <LineRow key={line.id} line={line} node={node} />
          ))}
        </ul>
      )}
      <Acts node={node} />
    </li>
  );
}

/** The graph as steps in their order: for small screens, for the keyboard, and for those who do not see the canvas. Nothing is missing here. */
export function ListEditor() {
  const doc = useDoc();
  const readOnly = useBuilder((state) => state.readOnly);
  const { order, out, depths } = useMemo(() => {
    const lines = linesOf(doc, { returns: true, hanging: true });
    const ids = flowOrder(doc);
    return { order: ids, out: lines.out, depths: depthsOf(ids, linesOf(doc), (id) => doc.nodes[id]?.type === 'loop') };
  }, [doc]);
  if (order.length === 0)
    return (
      <EmptyState icon={Workflow} title={t('builder.empty')} action={readOnly ? undefined : <Button variant="primary" onClick={showPalette}>{t('builder.list.add')}</Button>}>
        {t('builder.empty.text')}
      </EmptyState>
    ); // prettier-ignore
  return (
    <div className="h-full overflow-y-auto bg-canvas p-3" data-list>
      <h2 className="sr-only">{t('builder.list')}</h2>
      <ol className="mx-auto flex max-w-2xl flex-col gap-2" aria-label={t('builder.list')}>
        {order.map((id) => (
          <Card key={id} node={doc.nodes[id]!} depth={depths.get(id) ?? 0} lines={out.get(id) ?? NONE} />
        ))}
      </ol>
      {!readOnly && (
        <div className="mx-auto mt-3 max-w-2xl">
          <Button icon={<Plus aria-hidden className="size-4" />} onClick={showPalette}>
            {t('builder.list.add')}
          </Button>
        </div>
      )}
    </div>
  );
}
const NONE: readonly Connection[] = [];
