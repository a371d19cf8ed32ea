import { defineNode, MAIN_IN, MAIN_OUT, NodeError } from '../declare.ts';
import { refusalOf } from '../operation/outcome.ts';
import { Config, Output } from './config.ts';
import { inputOf, resume, store, STORE } from './store.ts';

export const memoryStore = defineNode({
  type: 'memory_store',
  version: 1,
  label: 'Memory Store',
  icon: 'brain',
  category: 'ai',
  summary: 'Keep something for later runs, agents and people',
  docs: `Keeps a text under a key, to be found by **Memory Search**, on the page Memory, and by agents. It is written together with the result of the node, so exactly once.

| Where the key is there | What happens |
| --- | --- |
| \`upsert\` | the new content takes the place of the old; what else was not said stays |
| \`append\` | the content is added below; tags and metadata are joined |
| \`replace\` | all that was there is forgotten, with versions and links |
| \`version\` | as upsert, and the old content is kept as a version |

Output \`{id, key, version, created}\`. Errors: \`memory-conflict\` (secret and other content would mix), \`memory-full\`, \`memory-link-not-found\`, \`permission-denied\`.`,
  config: Config,
  example: {
    space: 'tenant',
    memoryKey: 'edge-fra-1/maintenance',
    content: '{{ input.note }}',
    mergeStrategy: 'version',
    tags: ['edge'],
    expires: '30d',
  },
  defaults: { space: 'workflow', content: '{{ input }}' },
  inputs: MAIN_IN,
  outputs: MAIN_OUT,
  effect: 'effect',
  idempotent: true,
  inDoubt: 'retry',
  timeoutSeconds: 30,
  operations: () => [STORE],
  output: Output,
  run: store,
  resume,
  async simulate(run, config) {
    const { content: _content, summary: _summary, metadata: _metadata, ...shown } = inputOf(run, config);
    const asked = await run.call(STORE, { ...shown, content: '•' }, { dryRun: true, tag: 'may' });
    if (asked.status === 'refused') throw refusalOf(asked.problem);
    if (shown.key === undefined) throw new NodeError('node-config-invalid', 'config', 'It has no key.');
    return { output: { id: null, key: shown.key, version: 1, created: true }, would: { memory: { space: shown.space, key: shown.key, mergeStrategy: shown.mergeStrategy } } }; // prettier-ignore
  },
});
