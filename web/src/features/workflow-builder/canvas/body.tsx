import { NodeResizer, type NodeProps } from '@xyflow/react';
import { CircleAlert, CircleSlash, Pin, Repeat, TriangleAlert, UserCheck } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { cx } from '#lib/cx.ts';
import { t } from '#lib/i18n.ts';
import { NodeIcon } from '#features/workflow-graph/icons.tsx';
import { EffectMark } from '#features/workflow-graph/node-face.tsx';
import { RunState, runStateTone } from '#features/workflow-graph/run-state.tsx';
import type { GraphNode, Port } from '../types.ts';
import { changeNode } from '../graph/acts.ts';
import type { Direction } from '../graph/layout.ts';
import { findingsOf } from '../state/findings.ts';
import { edit, useBuilder, useStore, type NodeRunView } from '../state/store.ts';
import { Markdown } from '../panel/markdown.tsx';
import { summaryOf } from '../summary.ts';
import { AgentFacts } from './agent-facts.tsx';
import { useNear } from './far.ts';
import { edgesOf, type FlowNode } from './flow.ts';
import { FarPorts, Ports } from './ports.tsx';

/** What is wrong with a node, as a number and a sign. */
export function ProblemMark({ id }: { id: string }) {
  const found = useBuilder(({ findings }) => findingsOf(findings).get(id));
  const errors = found?.filter(({ severity }) => severity === 'error').length ?? 0;
  const warnings = found?.filter(({ severity }) => severity === 'warning').length ?? 0;
  if (errors + warnings === 0) return null;
  const Icon = errors > 0 ? CircleAlert : TriangleAlert;
  const text = errors > 0 ? t('builder.errors', { count: errors }) : t('builder.warnings', { count: warnings });
  return (
    <span title={found!.map(({ message }) => message).join('\n')} className={cx('flex items-center', errors > 0 ? 'text-bad' : 'text-warn')}>
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{text}</span>
    </span>
  );
}

const FRAMES: Readonly<Record<string, string>> = { good: 'border-good', bad: 'border-bad', warn: 'border-warn', accent: 'border-accent' };
const frameOf = (run: NodeRunView | undefined): string => (run && FRAMES[runStateTone(run.status)]) ?? 'border-line-strong';

/** What tells one type from another at a glance, beyond icon and name. */
const SPECIAL: Readonly<Record<string, { frame: string; extra?: (node: GraphNode) => ReactNode }>> = {
  trigger: { frame: 'rounded-s-[28px] ps-5' },
  ai_agent: { frame: 'border-s-4 border-s-accent', extra: (node) => <AgentFacts node={node} /> },
  planner: { frame: 'border-s-4 border-s-accent border-dashed', extra: (node) => <AgentFacts node={node} /> },
  loop: {
    frame: 'shadow-[3px_3px_0_0_var(--line-strong)]',
    extra: (node) => (
      <span className="flex items-center gap-1 text-2xs text-ink-3">
        <Repeat aria-hidden className="size-3" />
        {t('builder.loop.most', { count: Number(node.config['maxIterations'] ?? 1000) })}
      </span>
    ),
  },
  approval: {
    frame: 'border-s-4 border-s-warn-fill',
    extra: (node) => (
      <span className="flex items-center gap-1 text-2xs text-ink-3">
        <UserCheck aria-hidden className="size-3" />
        {t('builder.approval.needed', { count: Number(node.config['minApprovals'] ?? 1) })}
      </span>
    ),
  },
};
const PLAIN = { frame: '' };
/** Room for the names of ports: at the sides, and of tools and memories at the edge from which they hang. */
function roomFor(direction: Direction, inputs: readonly Port[], outputs: readonly Port[]) {
  const [flow, hung] = edgesOf(outputs);
  if (direction === 'down') return hung!.length > 0 && 'pe-16';
  return [flow!.length > 1 && 'pe-[4.75rem]', inputs.length > 1 && 'ps-12', hung!.length > 0 && 'pb-4'];
}

const Ran = ({ run }: { run: NodeRunView }) => (
  <span className="flex items-center justify-between gap-2 text-xs text-ink-2">
    <RunState state={run.status} variant="plain" />
    {run.runs > 1 && <span>×{run.runs}</span>}
  </span>
);

/** What is to be known about a node besides what it does. */
function Signs({ node }: { node: GraphNode }) {
  const effect = useBuilder(({ types }) => types.effect(node));
  const { disabled = false, pinnedOutput } = node.settings ?? {};
  return (
    <>
      {disabled && <Sign icon={<CircleSlash aria-hidden className="size-3.5" />} text={t('builder.disabled')} />}
      {pinnedOutput !== undefined && <Sign icon={<Pin aria-hidden className="size-3.5" />} text={t('builder.pinned')} />}
      <ProblemMark id={node.id} />
      <EffectMark effect={effect} />
    </>
  );
}

/** A node from far away: where it is, how it went and what is wrong. Hundreds of them come into sight within a moment. */
function Far({ id, data: { node, direction }, selected }: NodeProps<FlowNode>) {
  const { inputs, outputs } = useBuilder((state) => state.types).ports(node);
  const run = useBuilder((state) => state.run?.nodes.get(id));
  return (
    <div
      data-state={run?.status}
      data-type={node.type}
      className={cx(
        'relative flex size-full items-center gap-1.5 rounded-lg border bg-surface px-4 text-start text-sm font-medium text-ink',
        frameOf(run),
        (SPECIAL[node.type] ?? PLAIN).frame,
        selected && 'outline-2 outline-offset-2 outline-accent',
        node.settings?.disabled === true && 'border-dashed bg-sunken',
      )}
    >
      <FarPorts ports={inputs} type="target" direction={direction} />
      <span className="min-w-0 flex-1 truncate">{node.name || node.key}</span>
      <ProblemMark id={id} />
      <FarPorts ports={outputs} type="source" direction={direction} />
    </div>
  );
}

/** One body for every type of node, driven by the type, with a little more for some; less of it from far away. */
export const StepBody = memo(function StepBody(props: NodeProps<FlowNode>) {
  const near = useNear();
  return near ? <Near {...props} /> : <Far {...props} />;
});

function Near({ id, data: { node, direction }, selected }: NodeProps<FlowNode>) {
  const types = useBuilder((state) => state.types);
  const run = useBuilder((state) => state.run?.nodes.get(id));
  const info = types.of(node.type);
  const { inputs, outputs } = types.ports(node);
  const { frame, extra }: (typeof SPECIAL)[string] = SPECIAL[node.type] ?? PLAIN;
  const disabled = node.settings?.disabled === true;
  return (
    <div
      data-state={run?.status}
      data-type={node.type}
      className={cx(
        'relative flex size-full flex-col justify-center gap-0.5 rounded-lg border bg-surface px-4 py-1.5 text-start text-ink shadow-control',
        frameOf(run),
        frame,
        selected && 'outline-2 outline-offset-2 outline-accent',
        disabled && 'border-dashed bg-sunken',
        roomFor(direction, inputs, outputs),
      )}
    >
      <Ports node={id} ports={inputs} type="target" direction={direction} />
      <span className="flex items-center gap-1.5">
        <NodeIcon name={info?.icon} className="size-4 shrink-0 text-ink-2" />
        <span className={cx('min-w-0 flex-1 truncate text-sm font-medium', disabled && 'line-through')}>{node.name || node.key}</span>
        <Signs node={node} />
      </span>
      {run ? (
        <Ran run={run} />
      ) : (
        <>
          <span className="truncate text-xs text-ink-3">{summaryOf(node, info)}</span>
          {extra?.(node)}
        </>
      )}
      <Ports node={id} ports={outputs} type="source" direction={direction} />
    </div>
  );
}

const Sign = ({ icon, text }: { icon: ReactNode; text: string }) => (
  <span title={text} className="text-ink-3">
    {icon}
    <span className="sr-only">{text}</span>
  </span>
);

const NOTES: Readonly<Record<string, string>> = {
  yellow: 'border-warn/40 bg-warn-wash',
  blue: 'border-accent/40 bg-accent-wash',
  green: 'border-good/40 bg-good-wash',
  red: 'border-bad/40 bg-bad-wash',
  grey: 'border-line-strong bg-quiet-wash',
};

/** Text on the canvas, and a frame around what lies on it. */
export const NoteBody = memo(function NoteBody({ id, data: { node }, selected }: NodeProps<FlowNode>) {
  const store = useStore();
  const readOnly = useBuilder((state) => state.readOnly);
  const text = typeof node.config['text'] === 'string' ? node.config['text'] : '';
  return (
    <>
      <NodeResizer
        isVisible={selected && !readOnly}
        minWidth={120}
        minHeight={60}
        onResizeEnd={(_event, { x, y, width, height }) =>
          edit(store, t('builder.step.resize'), (doc) =>
            changeNode(doc, id, (note) => ({ ...note, layout: { ...note.layout, x, y, width, height } })),
          )
        }
      />
      <div
        className={cx(
          'size-full overflow-hidden rounded-lg border px-3 py-2 text-xs text-ink-2 [overflow-wrap:anywhere]',
          NOTES[node.layout?.color ?? 'yellow'] ?? NOTES['yellow'],
          selected && 'outline-2 outline-offset-2 outline-accent',
        )}
      >
        {text ? <Markdown text={text} label={node.name} /> : <span className="text-ink-3">{t('builder.note.empty')}</span>}
      </div>
    </>
  );
});
