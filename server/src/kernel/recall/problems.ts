import { defineProblems } from '../problem.ts';

defineProblems({
  'embedding-model-missing': {
    status: 422,
    title: 'No embedding model',
    meaning: 'Searching by meaning needs a model that turns texts into vectors, and the tenant has none that can be used.',
    remedy: 'Choose an embedding model in the settings of AI, or search by words, which needs none.',
  },
});
