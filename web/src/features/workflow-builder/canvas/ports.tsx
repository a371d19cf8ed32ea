import { Handle, useStore as useFlow } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { memo } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { portLabel } from '#features/workflow-graph/ports.ts';
import type { Port } from '../types.ts';
import type { Direction } from '../graph/layout.ts';
import { useBuilder, useStore } from '../state/store.ts';
import { showPalette } from '../view.ts';
import { takenPorts } from '../graph/lines.ts';
import { shareOf, sideOf } from './flow.ts';

interface PortsProps {
  node: string;
  ports: readonly Port[];
  type: 'source' | 'target';
  direction: Direction;
}

/** Round for order and data, square for tools, a lozenge for memory: shape says the kind, not only colour. */
const SHAPES = { flow: 'rounded-full!', tool: 'rounded-xs!', memory: 'rounded-xs! rotate-45' };

/** Far out nobody reads the names of ports. */
const FROM_ZOOM = 0.55;
const useNear = (): boolean => useFlow(({ transform }) => transform[2] >= FROM_ZOOM);

function AddAfter({ node, port, direction }: { node: string; port: Port; direction: Direction }) {
  const store = useStore();
  const free = useBuilder(({ past, readOnly }) => !readOnly && !takenPorts(past.doc).has(`${node} ${port.name}`));
  if (!free || port.name === 'error' || (port.kind ?? 'flow') !== 'flow') return null;
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
        direction === 'right' ? 'start-4 -top-[5px]' : 'top-4 -start-[5px]',
      )}
    >
      <Plus aria-hidden className="size-3" />
    </button>
  );
}

const labelPlace = {
  right: { source: 'end-3.5 -top-[3px] text-end', target: 'start-3.5 -top-[3px]' },
  down: { source: 'bottom-3 start-1/2 -translate-x-1/2', target: 'top-3 start-1/2 -translate-x-1/2' },
};

/** The ports of one side, each with its name and, where nothing follows yet, a way to add what does. */
export const Ports = memo(function Ports({ node, ports, type, direction }: PortsProps) {
  const near = useNear();
  return ports.map((port, i) => {
    const label = near ? portLabel(port) : '';
    return (
      <Handle
        key={`${direction}${port.name}`}
        id={port.name}
        type={type}
        position={sideOf(direction, type)}
        title={port.label ?? port.name}
        style={{ [direction === 'right' ? 'top' : 'left']: `${shareOf(i, ports.length) * 100}%` }}
        className={cx('size-2.5! border border-line-control! bg-surface! hover:border-accent! hover:bg-accent!', SHAPES[port.kind ?? 'flow'])}
      >
        {label && (
          <span className={cx('pointer-events-none absolute max-w-16 truncate text-2xs leading-none text-ink-3', labelPlace[direction][type])}>
            {label}
          </span>
        )}
        {type === 'source' && near && <AddAfter node={node} port={port} direction={direction} />}
      </Handle>
    );
  });
});
