import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { NodeFace, NoteFace, type NodeFaceProps } from './node-face.tsx';
import { portLabel } from './ports.ts';
import type { Port } from './types.ts';

interface FlowNodeData extends Omit<NodeFaceProps, 'children' | 'selected'> {
  inputs: readonly Port[];
  outputs: readonly Port[];
  /** It is a note, with this text. */
  note?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
  [more: string]: unknown;
}
export type FlowNode = Node<FlowNodeData, 'step'>;

/** Evenly along the edge, in percent of the height. */
const share = (at: number, count: number): string => `${((at + 1) / (count + 1)) * 100}%`;

const Ports = ({ ports, type }: { ports: readonly Port[]; type: 'source' | 'target' }) =>
  ports.map((port, at) => {
    const label = portLabel(port);
    return (
      <Handle
        key={port.name}
        id={port.name}
        type={type}
        isConnectable={false}
        position={type === 'source' ? Position.Right : Position.Left}
        style={{ top: share(at, ports.length) }}
        className="size-2! min-h-0! min-w-0! rounded-full! border! border-line-control! bg-surface!"
      >
        {label && (
          <span
            className={`pointer-events-none absolute -top-3.5 text-2xs whitespace-nowrap text-ink-3 ${type === 'source' ? 'start-2.5' : 'end-2.5'}`}
          >
            {label}
          </span>
        )}
      </Handle>
    );
  });

/** A node of a graph that is looked at. */
export function StepNode({ data, selected }: NodeProps<FlowNode>) {
  const { inputs, outputs, note, width, height, ...face } = data;
  if (note !== undefined) return <NoteFace text={note} width={width} height={height} />;
  return (
    <NodeFace {...face} selected={selected}>
      <Ports ports={inputs} type="target" />
      <Ports ports={outputs} type="source" />
    </NodeFace>
  );
}
