import type { Json } from '../graph.ts';
import type { AnyNodeType, Effect, NodeFault, RawConfig, Wait, Woken } from './declare.ts';

/** One call of a tool by an agent. */
export interface ToolCall {
  /** Turn of the agent, from 1, and place of the call within it, from 0: together they are its place in the record. */
  step: number;
  index: number;
  /** A node that hangs on the agent, by its key; or a type with a configuration of the agent's own, such as an Operation. */
  tool: { node: string } | { type: 'operation' | 'sub_workflow'; config: RawConfig; name: string };
  /** What the node gets as its `input`. */
  input: Json;
  /** The same as its record has it: without what nobody is shown. */
  shown: Json;
  /** Seconds; that of the node when left out. */
  timeoutSeconds?: number;
}

/** What became of a call; nothing is thrown for what the tool said. */
export type ToolOutcome =
  | { status: 'done'; output: Json; port: string; recordId: string; durationMs: number }
  | { status: 'failed'; fault: NodeFault; recordId: string; durationMs: number }
  /** It sleeps: whoever called it sleeps with these waits, and hands on what wakes it. */
  | { status: 'waits'; waits: readonly Wait[]; paused: boolean; recordId: string };

/** A node that an agent may call, joined to its port `tools` or `memory`. */
export interface ToolNode {
  id: string;
  key: string;
  name: string;
  description: string;
  type: AnyNodeType;
  config: RawConfig;
  effect: Effect;
  via: 'tool' | 'memory';
  /** Its settings read what came from outside. */
  readsOutside: boolean;
  /** What it takes and answers stands in no record but its own, sealed. */
  sensitive: boolean;
  /** People have to agree to each run of it, whatever the agent may do by itself. */
  held: boolean;
}

/** Tools in the hand of the node that calls them (workflows.md 11.2). */
export interface Tools {
  nodes: readonly ToolNode[];
  /** Calls that the execution's budget has left. */
  left: () => number;
  /** A record of its own with `calledBy`; one that has an outcome already answers it and is not made again, whatever happened since. */
  call: (call: ToolCall) => Promise<ToolOutcome>;
  /** What a call of this node came to, however large; undefined when it made none with this record. */
  read: (recordId: string) => Promise<ToolOutcome | undefined>;
  /** Goes on with a call that waits. */
  wake: (call: ToolCall, woken: Woken) => Promise<ToolOutcome>;
}
