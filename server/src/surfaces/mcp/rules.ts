import { isDecision } from '#kernel/agent-tools.ts';
import type { Actor } from '#kernel/context.ts';
import type { AnyOperation } from '#kernel/operation.ts';

/** What a tenant asks of agents that call its operations as tools. */
export interface AgentRules {
  /** People in a session of their own may decide on approvals here; agents and keys never. */
  decisions: boolean;
  /** `search`: only a search over the operations and the favourites are listed, to keep contexts small. */
  tools: 'all' | 'search';
  /** Names of operations that are listed all the same. */
  favourites: readonly string[];
}
export const USUAL_RULES: AgentRules = { decisions: false, tools: 'all', favourites: [] };

/** Operations by which one finds the others, and follows what one has begun. */
const GUIDES: ReadonlySet<string> = new Set(['operations.search', 'operations.describe', 'changes.get']);

/** Whether the operation exists as a tool for this caller: an approval is given by a person, in person. */
export const isOpenTo = (operation: AnyOperation, { kind }: Pick<Actor, 'kind'>, { decisions }: AgentRules): boolean =>
  !isDecision(operation) || (decisions && kind === 'user');

export const isListed = ({ name }: Pick<AnyOperation, 'name'>, { tools, favourites }: AgentRules): boolean =>
  tools === 'all' || GUIDES.has(name) || favourites.includes(name);
