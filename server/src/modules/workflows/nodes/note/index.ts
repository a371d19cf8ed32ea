import { z } from 'zod';
import { defineNode } from '../declare.ts';

const Config = z.object({
  text: z.string().max(10_000).default('').meta({ title: 'Text', help: 'Markdown', widget: 'textarea', expression: 'none' }),
});

/** Words on the canvas. */
export const note = defineNode({
  type: 'note',
  version: 1,
  label: 'Note',
  icon: 'sticky-note',
  category: 'layout',
  summary: 'Words on the canvas',
  docs: `Text for whoever reads the graph, in Markdown without HTML. It never runs, has no ports, and makes no new version: a workflow whose notes changed is the same workflow.

\`\`\`json
{ "text": "**Careful:** the order of these two matters." }
\`\`\``,
  config: Config,
  example: { text: '**Careful:** the order of these two matters.' },
  defaults: { text: '' },
  inputs: [],
  outputs: [],
  effect: 'none',
  control: 'note',
});
