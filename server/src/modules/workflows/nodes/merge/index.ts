import { z } from 'zod';
import { defineNode, type OwnFinding, type PortDeclaration, type RawConfig } from '../declare.ts';
import { expr } from '../fields.ts';

const MOST_INPUTS = 16;
const when = (field: string, ...values: string[]) => ({ showWhen: { field, values } });

const Config = z.object({
  inputs: z.int().min(2).max(MOST_INPUTS).default(2).meta({ title: 'Inputs' }),
  policy: z.enum(['all', 'any', 'first_n', 'quorum']).default('all').meta({ title: 'Goes on with', help: 'All live branches, the first, the first n, or more than half' }),
  n: z.int().min(1).max(MOST_INPUTS).optional().meta({ title: 'How many', ...when('policy', 'first_n') }),
  combine: z.enum(['object', 'append', 'zip', 'join', 'pick', 'deep_merge']).default('object').meta({ title: 'Makes of them', help: 'An object by node, one list, tuples, a join by key, one of them, or one object' }),
  key: expr({ title: 'Key', help: 'Items of both lists belong together when it gives the same', examples: ['item.id'], variables: ['item'] }).optional().meta(when('combine', 'join')),
  joinType: z.enum(['inner', 'left', 'outer']).default('inner').meta({ title: 'Items without a partner', help: 'Left out, kept of the first list, or kept of both', ...when('combine', 'join') }),
  input: z.string().max(40).optional().meta({ title: 'Which', help: 'Name of the input, or key of the node it comes from', expression: 'none', examples: ['in1'], ...when('combine', 'pick') }),
  timeoutSeconds: z.int().min(1).max(3_600).optional().meta({ title: 'Longest wait, in seconds', help: 'From the first that came; then it goes on with what is there' }),
  cancelRest: z.boolean().default(false).meta({ title: 'Cancel what is not needed', ...when('policy', 'any', 'first_n', 'quorum') }),
}); // prettier-ignore

const inputsOf = (config: RawConfig): PortDeclaration[] => {
  const inputs = Number(config['inputs'] ?? 2);
  return Array.from({ length: Number.isInteger(inputs) ? Math.min(MOST_INPUTS, Math.max(2, inputs)) : 2 }, (_, at) => ({ name: `in${at + 1}` }));
};

function check({ policy, n, inputs = 2, combine, key, input }: RawConfig): OwnFinding[] {
  const found: OwnFinding[] = [];
  const say = (rule: string, pointer: string, message: string): void => void found.push({ rule, severity: 'error', pointer, message });
  if (policy === 'first_n' && n === undefined) say('V03', '/n', 'How many are wanted is missing');
  if (policy === 'first_n' && Number(n) > Number(inputs)) say('V13', '/n', `${String(n)} are wanted, and there are ${String(inputs)} inputs`);
  if (combine === 'join' && key === undefined) say('V03', '/key', 'A join needs a key');
  if (combine === 'pick' && input === undefined) say('V03', '/input', 'Which input is handed on is missing');
  return found;
}

/** Branches come together; the interpreter decides when. */
export const merge = defineNode({
  type: 'merge',
  version: 1,
  label: 'Merge',
  icon: 'merge',
  category: 'flow',
  summary: 'Bring branches together',
  docs: `Waits for branches that run at the same time, and makes one value of theirs. Branches that were not taken count as settled; when none is live the Merge is skipped.

| \`policy\` | Goes on |
| --- | --- |
| all | when every live branch is there |
| any | with the first |
| first_n | with the first \`n\` |
| quorum | with more than half of the inputs |

With \`timeoutSeconds\` it goes on with what is there when the time is up; \`cancelRest\` cancels branches that are not needed any more. Which inputs it took is recorded before the graph goes on, so a repeat takes the same.

| \`combine\` | Output |
| --- | --- |
| object | \`{ <key of the node>: value }\` |
| append | one list; values that are no list are appended |
| zip | list of tuples, null where a list is shorter |
| join | items of the first two lists with the same \`key\`, as one object each; \`joinType\` inner, left or outer |
| pick | the value at \`input\` |
| deep_merge | one object, the later input first where both say something |

\`\`\`json
{ "inputs": 2, "combine": "join", "key": "item.id", "joinType": "left" }
\`\`\``,
  config: Config,
  example: { inputs: 2, combine: 'join', key: 'item.id', joinType: 'left' },
  defaults: { inputs: 2 },
  inputs: inputsOf,
  outputs: [{ name: 'main' }],
  portRules: { inputs: { kind: 'count', field: 'inputs', prefix: 'in' } },
  effect: 'pure',
  control: 'merge',
  check,
});
