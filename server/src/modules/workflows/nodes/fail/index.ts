import { z } from 'zod';
import { ERROR_CLASSES } from '../../graph.ts';
import { defineNode, MAIN_IN, NodeError } from '../declare.ts';
import { expr, tpl } from '../fields.ts';

const Config = z.object({
  message: tpl({ title: 'Message', help: 'What went wrong, for whoever reads the execution', examples: ['No server is called {{ input.name }}'] }, 2_000).min(1),
  code: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'Lower case letters, digits and hyphens').default('stopped').meta({ title: 'Code', help: 'By which retries and reports know it', expression: 'none', examples: ['no-such-server'] }),
  class: z.enum(ERROR_CLASSES).default('validation').meta({ title: 'Class' }),
  details: expr({ title: 'Details', examples: ['{"server": input.name}'] }).optional(),
}); // prettier-ignore

/** Ends what it stands in. */
export const fail = defineNode({
  type: 'fail',
  version: 1,
  label: 'Stop with error',
  icon: 'octagon-x',
  category: 'flow',
  summary: 'End as failed, with words of your own',
  docs: `Ends the execution as failed, with this message, code and class. In the body of a loop it ends the round, and what becomes of the loop is what \`onItemError\` says.

It has no output: nothing comes after it. The value of \`details\` is kept with the error.

\`\`\`json
{ "message": "No server is called {{ input.name }}", "code": "no-such-server", "class": "not_found" }
\`\`\``,
  config: Config,
  example: { message: 'No server is called {{ input.name }}', code: 'no-such-server', class: 'not_found' },
  defaults: { message: 'Stopped' },
  inputs: MAIN_IN,
  outputs: [],
  effect: 'pure',
  control: 'fail',
  run(run, { message, code, class: errorClass, details }) {
    throw new NodeError(code, errorClass, message, details === undefined ? {} : { details: run.evaluate(details) });
  },
});
