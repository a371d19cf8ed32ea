/** Messages of the live stream (workflows.md 14.4); the engine adds `nodeId`, `key`, `iteration` and `attempt` to each. */
export interface AgentTold {
  /** What the model said in a turn; `delta`: a piece of it while it is being said, to be put behind the pieces before. */
  'agent.message': { step: number; text: string; delta?: true };
  /** A tool is called, waits for somebody or something, or has answered. `summary` in words, cut at 500 characters. */
  'agent.tool': {
    step: number;
    index: number;
    tool: string;
    status: 'running' | 'waiting' | 'done' | 'failed' | 'refused' | 'invalid';
    arguments?: unknown;
    summary?: string;
    recordId?: string;
  };
  /** Altogether so far; cost in millionths of a US dollar. */
  'agent.usage': { tokens: number; cost: number };
}
