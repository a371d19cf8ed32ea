import { Position, type Edge } from '@xyflow/react';
import { runStateTone } from '#features/workflow-graph/run-state.tsx';
import type { FlowNode } from '../canvas/flow.ts';
import { pathOf, type Ends } from '../canvas/path.ts';
import type { Finding } from '../types.ts';
import { findingsOf } from '../state/findings.ts';
import type { RunView } from '../state/store.ts';
import type { Types } from '../state/types-of.ts';
import { summaryOf } from '../summary.ts';
import { boxOf, endsOf, type Box } from './places.ts';

/** Shapes of one look: painted at once. Names of colours are those of the theme. */
type Shapes = Map<string, Path2D>;
interface Name extends Box {
  text: string;
  /** What it does, in a line. */
  summary: string;
}
/** A graph as shapes in its own coordinates, which can be painted at any place and zoom within a moment. */
export interface Picture {
  notes: Shapes;
  lines: Path2D;
  hung: Path2D;
  heads: Path2D;
  bodies: Shapes;
  frames: Shapes;
  marks: Shapes;
  ports: Path2D;
  names: Name[];
  /** The names as the eye sees them from too far away to read. */
  bars: Path2D;
  /** Each line by itself, to find the one under the pointer. */
  ways: Map<string, Path2D>;
}

const FRAMES: Readonly<Record<string, string>> = { good: 'good', bad: 'bad', warn: 'warn', accent: 'accent' };
const NOTES: Readonly<Record<string, string>> = {
  yellow: 'warn-wash',
  blue: 'accent-wash',
  green: 'good-wash',
  red: 'bad-wash',
  grey: 'quiet-wash',
};
const ROUND = 8;
/** Beside a name; a letter of it; and what a mark takes at its end. */
export const PADDING = 17;
const LETTER = 7;
const MARK = 52;
/** Triggers are round where a run begins. */
const START = [28, ROUND, ROUND, 28];

const inLook = (shapes: Shapes, look: string): Path2D => {
  const there = shapes.get(look);
  if (there) return there;
  const made = new Path2D();
  shapes.set(look, made);
  return made;
};

const BACK: Readonly<Record<Position, readonly [number, number]>> = {
  [Position.Left]: [-1, 0],
  [Position.Right]: [1, 0],
  [Position.Top]: [0, -1],
  [Position.Bottom]: [0, 1],
};
/** Length of an arrow's head and half its width, in pixels of the graph. */
const HEAD = [9, 5] as const;
function addHead(heads: Path2D, { targetX: x, targetY: y, targetPosition }: Ends): void {
  const [dx, dy] = BACK[targetPosition];
  const [long, wide] = HEAD;
  heads.moveTo(x, y);
  heads.lineTo(x + dx * long + dy * wide, y + dy * long + dx * wide);
  heads.lineTo(x + dx * long - dy * wide, y + dy * long - dx * wide);
  heads.closePath();
}

/** Behind the name, which ends before the names of several ports. */
function addMark(marks: Path2D, { handles = [] }: FlowNode, { x, y, width, height }: Box): void {
  const several = handles.filter(({ type, position }) => type === 'source' && position === Position.Right).length > 1;
  const [left, middle] = [x + width - (several ? 77 : 17) - 7, y + height / 2 - 9];
  marks.moveTo(left + 6, middle);
  marks.arc(left, middle, 6, 0, 2 * Math.PI);
}

function addPorts(ports: Path2D, { handles = [], position }: FlowNode): void {
  for (const { x, y, width = 0, height = 0 } of handles) {
    const [left, top] = [position.x + x + width / 2, position.y + y + height / 2];
    ports.moveTo(left + 4.5, top);
    ports.arc(left, top, 4.5, 0, 2 * Math.PI);
  }
}

function addStep(picture: Picture, flow: FlowNode, { run, findings, types }: Drawn): void {
  const { node } = flow.data;
  const box = boxOf(flow);
  const { x, y, width, height } = box;
  const state = run?.nodes.get(node.id);
  const round = node.type === 'trigger' ? START : ROUND;
  inLook(picture.bodies, node.settings?.disabled === true ? 'sunken' : 'surface').roundRect(x, y, width, height, round);
  inLook(picture.frames, (state && FRAMES[runStateTone(state.status)]) ?? 'line-strong').roundRect(x, y, width, height, round);
  const text = node.name || node.key;
  picture.names.push({ ...box, text, summary: state ? '' : summaryOf(node, types.of(node.type)) });
  picture.bars.roundRect(x + PADDING, y + height / 2 - 5, Math.min(text.length * LETTER, width - MARK), 10, 5);
  const wrong = findingsOf(findings).get(node.id);
  if (wrong) addMark(inLook(picture.marks, wrong.some(({ severity }) => severity === 'error') ? 'bad' : 'warn'), flow, box);
  addPorts(picture.ports, flow);
}

function addNote({ notes }: Picture, flow: FlowNode): void {
  const { x, y, width, height } = boxOf(flow);
  inLook(notes, NOTES[flow.data.node.layout?.color ?? 'yellow'] ?? 'warn-wash').roundRect(x, y, width, height, ROUND);
}

/** What a picture shows. */
interface Drawn {
  nodes: readonly FlowNode[];
  edges: readonly Edge[];
  run: RunView | null;
  findings: readonly Finding[];
  types: Types;
}
const KEYS = ['nodes', 'edges', 'run', 'findings', 'types'] as const;
const empty = (): Picture => ({
  notes: new Map(),
  lines: new Path2D(),
  hung: new Path2D(),
  heads: new Path2D(),
  bodies: new Map(),
  frames: new Map(),
  marks: new Map(),
  ports: new Path2D(),
  names: [],
  bars: new Path2D(),
  ways: new Map(),
});

/** Draws pictures, keeps the last, and works out again only the lines whose ends moved: one node of hundreds is dragged. */
export function createPictures() {
  const known = new WeakMap<Edge, { at: string; way: Path2D }>();
  const wayOf = (edge: Edge, ends: Ends): Path2D => {
    const at = Object.values(ends).join(' ');
    const there = known.get(edge);
    if (there?.at === at) return there.way;
    const way = new Path2D(pathOf(ends)[0]);
    known.set(edge, { at, way });
    return way;
  };
  const draw = (drawn: Drawn): Picture => {
    const picture = empty();
    const byId = new Map(drawn.nodes.map((node) => [node.id, node]));
    for (const edge of drawn.edges) {
      const ends = endsOf(edge, byId.get(edge.source), byId.get(edge.target));
      if (!ends) continue;
      const way = wayOf(edge, ends);
      picture.ways.set(edge.id, way);
      (edge.style ? picture.hung : picture.lines).addPath(way);
      addHead(picture.heads, ends);
    }
    for (const node of drawn.nodes) {
      if (node.type === 'note') addNote(picture, node);
      else addStep(picture, node, drawn);
    }
    return picture;
  };
  let last: { of: Drawn; picture: Picture } | null = null;
  return (of: Drawn): Picture => {
    if (!last || KEYS.some((key) => last?.of[key] !== of[key])) last = { of, picture: draw(of) };
    return last.picture;
  };
}
