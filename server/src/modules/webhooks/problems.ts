import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'webhook-not-found': {
    status: 404,
    title: 'Webhook not found',
    meaning: 'There is no such webhook, or no such delivery, in this tenant, or your grants do not reach it.',
    remedy: 'List the webhooks and use an id from there. Deliveries are kept for 30 days.',
  },
  'webhook-target-forbidden': {
    status: 422,
    title: 'Webhook must not go there',
    meaning: 'The address is not one that events may be sent to: it is not https, has a port that is not allowed, or leads into a private network.',
    remedy: 'Use an https address on the internet. For receivers in your own network poll `GET /events`, or ask whoever runs this installation.',
  },
  'webhook-disabled': {
    status: 409,
    title: 'Webhook is disabled',
    meaning: 'The webhook was disabled: its receiver said that it is gone, or answered nothing good for five days.',
    remedy: 'Mend the receiver, set the state of the webhook to `active`, then replay what failed in the meantime.',
  },
  'webhook-name-taken': {
    status: 409,
    title: 'Name of the webhook is in use',
    meaning: 'Another webhook of the tenant has this name.',
    remedy: 'Choose another name.',
  },
  'webhook-limit-reached': {
    status: 403,
    title: 'No further webhook in this plan',
    meaning: 'The tenant has as many webhooks as its plan allows.',
    remedy: 'Delete one that nobody needs, or change to a larger plan.',
  },
  'webhook-unproven': {
    status: 409,
    title: 'Receiver has not proven itself',
    meaning: 'The webhook was made with a challenge, and the receiver has not answered it with what was sent.',
    remedy: 'Have the receiver answer a `webhook.challenge` with its `data.challenge`, then set the state of the webhook to `active`.',
  },
  'webhook-payload-gone': {
    status: 410,
    title: 'Content of the delivery is no longer kept',
    meaning: 'What was sent is kept for seven days, the record of the delivery for thirty.',
    remedy: 'Read the present state of the resource instead of replaying.',
  },
});
