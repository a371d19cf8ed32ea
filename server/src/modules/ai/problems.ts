import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'ai-provider-unavailable': {
    status: 503,
    title: 'Model is not available',
    meaning: 'Neither the model nor any of those to fall back on could be asked: the provider does not answer, refuses for load, or refuses the key.',
    remedy: 'Try again later. `ai.providers.check` says whether the key and the address are good.',
  },
  'ai-request-refused': {
    status: 422,
    title: 'Provider refuses the request',
    meaning: 'The provider understood the request and does not take it: a parameter, a schema or content that this model does not have or allow.',
    remedy: 'The detail has the words of the provider. Change the request, or choose another model.',
  },
  'ai-budget-exceeded': {
    status: 403,
    title: 'Budget for models is used up',
    meaning: 'The most that the call can cost does not fit into what is left of a budget; `level` names it, `limit` and `used` are in its unit.',
    remedy: 'Wait for the next period, lower the maximum of tokens, or have the budget raised with `ai.budgets.set`.',
  },
  'ai-context-too-large': {
    status: 422,
    title: 'Too long for the model',
    meaning: 'What is sent and what may be answered is more than the model takes at once.',
    remedy: 'Send less, or choose a model with a larger context; `ai.models.list` tells it.',
  },
  'ai-model-unknown': {
    status: 422,
    title: 'No such model',
    meaning: 'There is no model of this name in the catalogue of the tenant, or no default is set for the purpose.',
    remedy: 'Choose one of `ai.models.list`, or set a default with `ai.settings.update`.',
  },
  'ai-forbidden': {
    status: 403,
    title: 'Forbidden for this model',
    meaning: 'The tenant forbids the provider or its region, or does not trust it with confidential content.',
    remedy: 'Choose a model of another provider, or have the rule changed with `ai.settings.update` or `ai.providers.update`.',
  },
  'egress-denied': {
    status: 403,
    title: 'Address must not be reached',
    meaning: 'The address is on a private network, at a port that is not open, or a part of this installation.',
    remedy: 'Use an address on the internet, or open the network with `egress.create` where the installation lets tenants do so.',
  },
  'ai-provider-not-found': {
    status: 404,
    title: 'No such provider of models',
    meaning: 'There is no provider with this id in this tenant.',
    remedy: 'See `ai.providers.list`.',
  },
  'ai-provider-name-taken': {
    status: 409,
    title: 'Name is taken',
    meaning: 'Another provider of models in this tenant has this name.',
    remedy: 'Choose another name.',
  },
  'ai-provider-invalid': {
    status: 422,
    title: 'Provider cannot be used',
    meaning: 'What a provider of this kind needs is missing, or does not go with it.',
    remedy: 'The errors name the fields.',
  },
  'ai-model-not-found': {
    status: 404,
    title: 'No such model',
    meaning: 'There is no model with this id in the catalogue of this tenant.',
    remedy: 'See `ai.models.list`.',
  },
  'ai-model-exists': {
    status: 409,
    title: 'Model is in the catalogue already',
    meaning: 'The provider has a model of this name already.',
    remedy: 'Change it with `ai.models.update`.',
  },
  'ai-limit': {
    status: 409,
    title: 'Too many of them',
    meaning: 'The tenant has as many providers, models or budgets as it may have.',
    remedy: 'Delete one that nobody needs.',
  },
});
