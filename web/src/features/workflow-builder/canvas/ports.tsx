import { Handle, Position, useStore as useFlow } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { memo } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { portLabel } from '#features/workflow-graph/ports.ts';
import type { Port } from '../types.ts';
import type { Direction } from '../graph/layout.ts';
import { useBuilder, useStore } from '../state/store.ts';
import { showPalette } from '../view.ts';
import { hangs, takenPorts } from '../graph/lines.ts';
import { edgesOf, shareOf, sideOf } from './flow.ts';

interface PortsProps {
  node: string;
  ports: readonly Port[];
  type: 'source' | 'target';
  direction: Direction;
}

/** Round for order and data, square for tools, a lozenge for memory: shape says the kind, not only colour. */
const SHAPES = {
  flow: 'rounded-full! border! border-line-control! bg-surface! hover:border-accent! hover:bg-accent!',
  tool: 'rounded-xs! border! border-line-control! bg-surface! hover:border-accent! hover:bg-accent!',
  // Only the sign stands on its corner, not what belongs to it.
  memory:
    'border-0! bg-transparent! before:absolute before:inset-0 before:rotate-45 before:rounded-xs before:border before:border-line-control before:bg-surface hover:before:border-accent hover:before:bg-accent',
};

/** Far out nobody reads the names of ports. */
const FROM_ZOOM = 0.55;
const useNear = (): boolean => useFlow(({ transform }) => transform[2] >= FROM_ZOOM);

function AddAfter({ node, port, side }: { node: string; port: Port; side: Position }) {
  const store = useStore();
  // One more tool is always possible.
  const free = useBuilder(({ past, readOnly }) => !readOnly && (hangs(port) || !takenPorts(past.doc).has(`${node} ${port.name}`)));
  if (!free || port.name === 'error') return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={t('builder.port.add', { port: portLabel(port) || t('builder.port.main') })}
      onClick={(event) => {
        event.stopPropagation();
        store.set({ slot: { kind: 'after', node, port: port.name } });
        showPalette();
      }}
      className={cx(
        'nodrag nopan absolute grid size-5 place-items-center rounded-full border border-line-strong bg-surface text-ink-2 shadow-control hover:border-accent hover:text-accent',
        side === Position.Right ? 'start-4 -top-[5px]' : 'top-4 -start-[5px]',
      )}
    >
      <Plus aria-hidden className="size-3" />
    </button>
  );
}

const labelPlace = {
  [Position.Right]: 'end-3.5 -top-[3px] text-end',
  [Position.Left]: 'start-3.5 -top-[3px]',
  [Position.Bottom]: 'bottom-3 start-1/2 -translate-x-1/2',
  [Position.Top]: 'top-3 start-1/2 -translate-x-1/2',
};

const placeAt = (side: Position, at: number, count: number) => ({
  [side === Position.Left || side === Position.Right ? 'top' : 'left']: `${shareOf(at, count) * 100}%`,
});

/** The ports of one side, each with its name and, where nothing follows yet, a way to add what does. */
export const Ports = memo(function Ports({ node, ports, type, direction }: PortsProps) {
  const near = useNear();
  return edgesOf(ports).flatMap((edge) =>
    edge.map((port, i) => {
      const label = near ? portLabel(port) : '';
      const side = sideOf(direction, type, port);
      return (
        <Handle
          key={`${direction}${port.name}`}
          id={port.name}
          type={type}
          position={side}
          title={port.label ?? port.name}
          style={placeAt(side, i, edge.length)}
          className={cx('size-2.5!', SHAPES[port.kind ?? 'flow'])}
        >
          {label && (
            <span className={cx('pointer-events-none absolute max-w-16 truncate text-2xs leading-none text-ink-3', labelPlace[side])}>{label}</span>
          )}
          {type === 'source' && near && <AddAfter node={node} port={port} side={side} />}
        </Handle>
      );
    }),
  );
});

/** Where lines end at a node that is far away: measured like ports, neither seen nor met. */
export const FarPorts = ({ ports, type, direction }: Omit<PortsProps, 'node'>) =>
  edgesOf(ports).flatMap((edge) =>
    edge.map((port, i) => {
      const side = sideOf(direction, type, port);
      return (
        <div
          key={port.name}
          data-handleid={port.name}
          data-handlepos={side}
          style={placeAt(side, i, edge.length)}
          className={cx('react-flow__handle size-2.5! opacity-0', `react-flow__handle-${side}`, type)}
        />
      );
    }),
  );
