import { AiAccounts, type AiAccount, type AiOrigin, type Purpose } from '#kernel/ai.ts';
import type { NodeRun } from '../nodes/declare.ts';
import type { RunDeps } from './node-run.ts';
import { childId } from './keys.ts';
import { touch } from './settle.ts';
import type { Spot, Walk } from './walk.ts';

type Deps = Pick<RunDeps, 'databases' | 'provider'>;

const open = ({ row: { tenantId } }: Walk, { databases, provider }: Deps, account: AiAccount): Promise<void> =>
  databases.tenant({ tenantId, operation: 'budget of models' }, (db) => provider(AiAccounts).open(db, tenantId, account));

/** One that another execution began has an account already, if anything bounds that. */
const isOpened = ({ row: { tenantId, id } }: Walk, { databases, provider }: Deps): Promise<boolean> =>
  databases.tenant({ tenantId, readOnly: true }, (db) => provider(AiAccounts).isOpen(db, tenantId, id));

async function ofExecution(walk: Walk, deps: Deps): Promise<string | null> {
  const { row, program } = walk;
  const { tokens, cost } = program.settings.budgets ?? {};
  if (tokens === undefined && cost === undefined) return row.parentId !== null && (await isOpened(walk, deps)) ? row.id : null;
  await open(walk, deps, { id: row.id, name: 'execution', tokens, cost });
  return row.id;
}

/** Who pays for what a node asks of models: the agent that called it or that it is, else the execution; undefined where nothing is bounded. */
export async function accountAt(walk: Walk, deps: Deps, spot: Spot): Promise<string | undefined> {
  if (spot.account !== undefined) return spot.account;
  if (walk.account === undefined) walk.account = await ofExecution(walk, deps);
  return walk.account ?? undefined;
}

/** Whose a call of a model is. */
async function originAt(walk: Walk, deps: Deps, spot: Spot, purpose: Purpose): Promise<AiOrigin> {
  const { tenantId, principal: actor, workflowId, id: executionId } = walk.row;
  const accountId = await accountAt(walk, deps, spot);
  return { tenantId, actor, purpose, workflowId, executionId, nodeId: spot.node.id, ...(accountId === undefined ? {} : { accountId }) };
}

/** From here on what the node asks of models, and whatever it calls as tools, is paid by an account of its own. */
async function bind(walk: Walk, deps: Deps, spot: Spot, { tokens, cost }: Pick<AiAccount, 'tokens' | 'cost'>): Promise<void> {
  if (tokens === undefined && cost === undefined) return;
  const above = await accountAt(walk, deps, spot);
  const id = childId(walk.row.createdAt, [walk.row.id, spot.node.id, spot.frame.path, spot.round, 'account']);
  await open(walk, deps, { id, name: 'agent', tokens, cost, above });
  spot.account = id;
}

/** As a node has it in hand. */
export const paying = (walk: Walk, deps: Deps, spot: Spot): Pick<NodeRun, 'asking' | 'bind' | 'used'> => ({
  asking: (purpose) => originAt(walk, deps, spot, purpose),
  bind: (budget) => bind(walk, deps, spot, budget),
  used: ({ tokens, cost }) => touch(walk, spot, { tokens, cost }),
});

/** What an execution costs that a node begins is paid by whoever pays for the node, too. */
export async function payFor(walk: Walk, deps: Deps, spot: Spot, executionId: string): Promise<void> {
  const above = await accountAt(walk, deps, spot);
  if (above !== undefined) await open(walk, deps, { id: executionId, name: 'execution', above });
}
