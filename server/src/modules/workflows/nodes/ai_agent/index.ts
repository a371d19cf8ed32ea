import { proceed } from '../../agents/loop.ts';
import { AgentConfig, AgentOutput } from '../../agents/settings.ts';
import { goalOf } from '../../agents/words.ts';
import { defineNode, type OwnFinding, type RawConfig } from '../declare.ts';

function check({ output, outputSchema, mode, tools }: RawConfig): OwnFinding[] {
  const findings: OwnFinding[] = [];
  const finding = (rule: string, pointer: string, message: string): void => void findings.push({ rule, severity: 'error', pointer, message });
  if (outputSchema !== undefined && output !== 'json') finding('V03', '/outputSchema', 'Only with an answer in JSON');
  const named = typeof tools === 'object' && tools !== null && !Array.isArray(tools) ? [tools['operations'], tools['workflows']] : [];
  if (mode === 'conversational' && named.some((list) => Array.isArray(list) && list.length > 0))
    finding('V29', '/mode', 'It only talks in this mode: take the tools away, or let it use them');
  return findings;
}

/** An agent: a model that calls tools until the goal is met, within limits and under approvals (workflows.md 6.1, 11.2). */
export const aiAgent = defineNode({
  type: 'ai_agent',
  version: 1,
  label: 'AI Agent',
  icon: 'bot',
  category: 'orchestration',
  summary: 'A model that calls tools until a goal is met',
  docs: `Works towards a goal: a model decides which tools to call, reads what they answer, and goes on until it has an answer or a limit is reached.

**Tools** are nodes that hang on the port \`tools\` (their description is what the model reads), Operations by name or pattern, and workflows. What the principal of the execution may not do is not offered, and every call passes the Gate again. Each call is a record of its own.

**What changes something** is asked for first, unless \`writeMode\` says otherwise: \`approve\` asks for each call, \`plan\` for all calls of a turn at once, \`allow\` leaves it to policies, \`deny\` offers none. High risk is asked for always. Whoever decides may change the arguments, leave calls out, or say why not.

**Content from outside** (HTTP answers, webhook bodies, documents) taints the agent: from then on \`strict\` has everything asked for that changes something.

**Output** \`{ answer, steps, toolCalls, usage, stopReason }\`. A plan of a Planner goes to the input \`plan\`.

**Errors** \`ai-provider-unavailable\` (tried again), \`ai-budget-exceeded\`, \`ai-output-invalid\`, \`ai-loop-detected\`.`,
  config: AgentConfig,
  example: { goal: 'Find servers without backups and say which', tools: { operations: ['servers.list', 'backups.list'] } },
  defaults: { goal: '{{ input }}' },
  inputs: [{ name: 'main' }, { name: 'plan', label: 'Plan' }],
  outputs: [{ name: 'main' }, { name: 'error', label: 'Error' }, { name: 'tools', label: 'Tools', kind: 'tool' }, { name: 'memory', label: 'Memory', kind: 'memory' }],
  effect: 'effect',
  // What it did is in its steps and in records of its tools: going on is never doing it twice.
  idempotent: true,
  inDoubt: 'retry',
  keepsSteps: true,
  timeoutSeconds: 300,
  permission: 'ai:use',
  output: AgentOutput,
  check,
  run: (run, config) => proceed(run, config),
  resume: proceed,
  simulate: async (run, { goal, writeMode, tools }) => ({
    output: { answer: '', steps: [], toolCalls: [], usage: { in: 0, out: 0, cost: 0 }, stopReason: 'done' },
    would: { agent: run.key, goal: goalOf(run, { goal }), writeMode, operations: [...tools.operations], tools: run.tools.nodes.map(({ key }) => key) },
  }),
}); // prettier-ignore
