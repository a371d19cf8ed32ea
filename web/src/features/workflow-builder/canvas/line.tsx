import { BaseEdge, EdgeLabelRenderer, useConnection, Panel, type EdgeProps } from '@xyflow/react';
import { Plus, X } from 'lucide-react';
import { memo } from 'react';
import { t } from '#lib/i18n.ts';
import { isRefusal, judge } from '../graph/rules.ts';
import { disconnect } from '../state/acts.ts';
import { useBuilder, useStore } from '../state/store.ts';
import { reasonText } from '../reasons.ts';
import { showPalette } from '../view.ts';
import { pathOf } from './path.ts';

const button =
  'nodrag nopan grid size-5 place-items-center rounded-full border border-line-strong bg-surface text-ink-2 shadow-control hover:border-accent hover:text-accent';

/** A line between two ports; chosen, it offers to put a node in it and to take it away. */
export const Line = memo(function Line({ id, selected, markerEnd, style, ...ends }: EdgeProps) {
  const store = useStore();
  const readOnly = useBuilder((state) => state.readOnly);
  const [path, x, y] = pathOf(ends);
  return (
    <>
      <BaseEdge id={id} path={path} {...(markerEnd ? { markerEnd } : {})} {...(style ? { style } : {})} interactionWidth={16} />
      {selected && !readOnly && (
        <EdgeLabelRenderer>
          <div className="pointer-events-auto absolute flex gap-1" style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
            <button
              type="button"
              className={button}
              aria-label={t('builder.line.insert')}
              onClick={() => {
                store.set({ slot: { kind: 'line', line: id } });
                showPalette();
              }}
            >
              <Plus aria-hidden className="size-3" />
            </button>
            <button type="button" className={button} aria-label={t('builder.line.remove')} onClick={() => disconnect(store, id)}>
              <X aria-hidden className="size-3" />
            </button>
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

/** While a line is drawn: why it cannot end where the pointer is. */
export function ConnectionHint() {
  const store = useStore();
  const hint = useConnection(({ inProgress, fromHandle, toHandle }) => {
    if (!inProgress || !fromHandle || !toHandle || fromHandle === toHandle) return null;
    const [source, target] = fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle];
    if (source.type === target.type) return t('builder.reason.kinds');
    const wanted = { source: source.nodeId, sourcePort: source.id ?? 'main', target: target.nodeId, targetPort: target.id ?? 'main' };
    const { past, types } = store.get();
    const verdict = judge(past.doc, wanted, types.ports);
    return isRefusal(verdict) ? reasonText(verdict) : null;
  });
  return (
    <Panel position="bottom-center">
      <p role="status" className={hint ? 'max-w-md rounded-md border border-bad/40 bg-surface px-3 py-1.5 text-sm text-bad shadow-float' : 'sr-only'}>
        {hint}
      </p>
    </Panel>
  );
}
