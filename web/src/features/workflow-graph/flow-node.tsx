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

/** Tools and memories hang at the lower edge. */
const hangs = ({ kind = 'flow' }: Port): boolean => kind !== 'flow';
const PLACES = { source: Position.Right, target: Position.Left, hung: Position.Bottom } as const;
const LABELS = { source: 'start-2.5 -top-3.5', target: 'end-2.5 -top-3.5', hung: 'start-2.5 top-1' };

const Edge = ({ ports, type, at }: { ports: readonly Port[]; type: 'source' | 'target'; at: keyof typeof PLACES }) =>
  ports.map((port, i) => {
    const label = portLabel(port);
    return (
      <Handle
        key={port.name}
        id={port.name}
        type={type}
        isConnectable={false}
        position={PLACES[at]}
        style={{ [at === 'hung' ? 'left' : 'top']: share(i, ports.length) }}
        className={`size-2! min-h-0! min-w-0! border! border-line-control! bg-surface! ${at === 'hung' ? 'rounded-xs!' : 'rounded-full!'}`}
      >
        {label && <span className={`pointer-events-none absolute text-2xs whitespace-nowrap text-ink-3 ${LABELS[at]}`}>{label}</span>}
      </Handle>
    );
  });
const Ports = ({ ports, type }: { ports: readonly Port[]; type: 'source' | 'target' }) => (
  <>
    <Edge ports={ports.filter((port) => !hangs(port))} type={type} at={type} />
    <Edge ports={ports.filter(hangs)} type={type} at="hung" />
  </>
);

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
