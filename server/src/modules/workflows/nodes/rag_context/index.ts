import { defineNode, MAIN_IN } from '../declare.ts';
import { check, Config, Output } from './config.ts';
import { operationsOf, retrieve } from './retrieve.ts';

export const ragContext = defineNode({
  type: 'rag_context',
  version: 1,
  label: 'RAG Context',
  icon: 'book-open-text',
  category: 'ai',
  summary: 'Passages of your documents for a question, with their sources',
  docs: `Finds passages in a collection of the page Knowledge, as the principal: documents whose access labels it does not hold are never found. Or in a store elsewhere.

Output \`{passages, context}\`. Each passage has \`text\`, \`score\` (0 to 1), \`document\`, \`chunk\`, \`source\` and \`metadata\`. \`context\` is a text for a prompt: the passages marked \`[1]\`, \`[2]\` … and below them where each is from, so that an answer can quote. Nothing found: port \`empty\`. Without an embedding model \`hybrid\` goes by words alone, and \`semantic\` is refused (\`embedding-model-missing\`).

**Elsewhere.** \`qdrant\`, \`pinecone\` and \`chroma\` are searched by meaning (\`mode: semantic\`), \`weaviate\` by words, meaning or both, by GraphQL. The question is turned into a vector by \`embeddingModel\`, which has to be the one that the entries were made with. \`textField\` names what holds the text; \`filters\` are those of the store, and a list means one of its values. Access labels are unknown there: whoever may run the workflow sees what the key sees. Ports other than 80, 443, 8080 and 8443, such as 6333 and 8000, are opened with \`egress.create\`.

**Score.** Cosine and dot product as they are, below 0 as 0; distances \`d\` as \`1 / (1 + d)\`; words in Weaviate \`s / (1 + s)\`. \`scoreThreshold\` holds for that.

**rerank.** Four times as many passages are found, at most 50, and a model says which of them answer best; they are sent to it as data that gives no orders. \`reranked\` in the output is false where they stay as they were found: its answer could not be used, the collection is confidential, there is one at most, or the run is a dry one. The call falls under the budgets of models.

**Errors.** \`node-config-invalid\` for a collection that is not there, vectors of another length (with both), or a way of searching that the store does not have; \`http-status\` of class \`auth\` for a key that is refused, \`transient\` for 429 and 5xx, where \`Retry-After\` is heeded; \`http-transport\`, \`egress-denied\`, and those of **LLM** where a model is asked.

What is found is content from outside: put it into \`data\` of **LLM**, which marks it as such, and writes of agents that saw it are asked about.`,
  config: Config,
  example: { collection: 'Runbooks', query: '{{ input.question }}', topK: 5 },
  defaults: { query: '{{ input }}', mode: 'hybrid', topK: 5 },
  inputs: MAIN_IN,
  outputs: [{ name: 'main' }, { name: 'empty', label: 'Nothing found' }, { name: 'error', label: 'Error' }],
  effect: 'read',
  timeoutSeconds: 30,
  taints: true,
  operations: operationsOf,
  output: Output,
  check,
  run: retrieve,
}); // prettier-ignore
