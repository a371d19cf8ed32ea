import { defineProblems } from '#kernel/problem.ts';

/** About workflows, their drafts and their versions. */
defineProblems({
  'workflow-not-found': {
    status: 404,
    title: 'No such workflow',
    meaning: 'There is no workflow with this id in this tenant, it was deleted, or your grants do not reach it.',
    remedy: 'List the workflows and use an id from there. A deleted one can be restored for 30 days.',
  },
  'workflow-invalid': {
    status: 422,
    title: 'The workflow has errors',
    meaning: 'What was to be published or run does not pass validation; `findings` names each fault with its node and field.',
    remedy: 'Mend the errors, many of which carry a fix, and try again. What is active stays active.',
  },
  'workflow-cycle': {
    status: 422,
    title: 'Nodes lead back to themselves',
    meaning: 'Only the way back into a loop may form a cycle; `nodes` names those that do.',
    remedy: 'Remove a connection of the cycle, or use a Loop node.',
  },
  'workflow-name-taken': {
    status: 409,
    title: 'Name in use',
    meaning: 'Another workflow of the tenant has this slug.',
    remedy: 'Choose another slug, or leave it out.',
  },
  'workflow-archived': {
    status: 409,
    title: 'The workflow is archived',
    meaning: 'An archived workflow can be read and nothing else.',
    remedy: 'Activate it first.',
  },
  'workflow-paused': {
    status: 409,
    title: 'The workflow is paused',
    meaning: 'Its triggers are off: neither webhooks, schedules nor events start it.',
    remedy: 'Activate it, or run it by hand.',
  },
  'workflow-not-published': {
    status: 409,
    title: 'Never published',
    meaning: 'The workflow has no active version, and only a version can be run, paused or activated.',
    remedy: 'Publish it, or run its draft as a test.',
  },
  'workflow-unchanged': {
    status: 409,
    title: 'It is in this state already',
    meaning: 'The workflow already is what the call would make of it.',
    remedy: 'Read it again: somebody else may have been faster.',
  },
  'revision-required': {
    status: 428,
    title: 'Say which revision you have seen',
    meaning: 'Edits of a draft are lost when two people make them at once, so each names the revision that it is based on.',
    remedy: 'Send `If-Match: "<revision>"` with the revision that you read.',
  },
  'revision-conflict': {
    status: 412,
    title: 'Somebody else edited the draft',
    meaning:
      'The draft is at another revision by now. `revision` is the current one and `missed` what was changed since yours; null when that is no longer kept.',
    remedy: 'Apply your edits to the draft as it is now, and send them with the new revision.',
  },
  'edit-invalid': {
    status: 422,
    title: 'An edit cannot be made',
    meaning: 'One of the edits names something that is not in the draft, or would make two things alike. None of them was made.',
    remedy: '`errors` points at the edit. Read the draft again and correct it.',
  },
  'version-not-found': {
    status: 404,
    title: 'No such version',
    meaning: 'The workflow has no version of this number, or it is no longer kept.',
    remedy: 'List its versions.',
  },
  'publish-approval-pending': {
    status: 409,
    title: 'A publish waits for approval',
    meaning: 'Another version of this workflow is to become active and waits for somebody to agree.',
    remedy: 'Have that Change decided or cancelled first.',
  },
  'tests-failed': {
    status: 422,
    title: 'Tests of the workflow fail',
    meaning: 'A version is made only when the tests that are attached to the workflow pass; `failures` names those that do not.',
    remedy: 'Mend the draft or the tests.',
  },
  'service-rights-missing': {
    status: 403,
    title: 'You cannot give rights that you do not hold',
    meaning: 'The workflow would run as a service account and do what you may not do, or where you may not.',
    remedy: 'Ask somebody who holds these permissions to publish it, or let it run as whoever starts it.',
  },
  'service-account-required': {
    status: 422,
    title: 'It needs a service account',
    meaning: 'A workflow that runs as `service` names the service account whose rights it has.',
    remedy: 'Choose an active service account of the tenant when you publish.',
  },
});

/** About what lies in a draft. */
defineProblems({
  'node-not-found': {
    status: 404,
    title: 'No such node',
    meaning: 'No draft of this tenant that you reach has a node with this id.',
    remedy: 'Read the workflow again.',
  },
  'connection-not-found': {
    status: 404,
    title: 'No such connection',
    meaning: 'No draft of this tenant that you reach has it.',
    remedy: 'Read the workflow again.',
  },
  'node-type-unknown': {
    status: 422,
    title: 'No such node type',
    meaning: 'There is no node type of this name.',
    remedy: 'See `GET /node-types`.',
  },
  'node-config-invalid': {
    status: 422,
    title: 'The configuration of a node is wrong',
    meaning: 'Fields do not fit the schema of the node’s type; `errors` points at each.',
    remedy: 'See `GET /node-types/{type}/schema`.',
  },
  'node-type-version': {
    status: 409,
    title: 'This version of the node type is gone',
    meaning: 'It is no longer run.',
    remedy: 'Set the node to a newer version of its type.',
  },
  'connection-invalid': {
    status: 422,
    title: 'The connection cannot be made',
    meaning: 'A node or port does not exist, kinds do not fit, or the input is taken already.',
    remedy: 'See the ports of the node type; where branches come together, put a Merge node.',
  },
  'expression-invalid': {
    status: 422,
    title: 'The expression does not parse',
    meaning: 'It is no CEL, or names what is not there.',
    remedy: 'Correct it at the place named.',
  },
  'workflow-trigger-not-found': {
    status: 404,
    title: 'No such trigger',
    meaning: 'No active version of this tenant that you reach has a trigger with this id.',
    remedy: 'List the triggers of the workflow. A trigger is there from the first publish on.',
  },
  'workflow-test-not-found': {
    status: 404,
    title: 'No such test',
    meaning: 'The workflow has no test with this id.',
    remedy: 'List its tests.',
  },
  'workflow-test-name-taken': {
    status: 409,
    title: 'Name of the test in use',
    meaning: 'Another test of the workflow has this name.',
    remedy: 'Choose another name.',
  },
  'workflow-template-not-found': {
    status: 404,
    title: 'No such template',
    meaning: 'Neither the product nor the tenant has it.',
    remedy: 'List the templates.',
  },
  'template-name-taken': {
    status: 409,
    title: 'Name of the template in use',
    meaning: 'Another template of the tenant has this name.',
    remedy: 'Choose another name.',
  },
  'template-protected': {
    status: 409,
    title: 'This template ships with the product',
    meaning: 'It can be used and copied, not changed.',
    remedy: 'Save a workflow made from it as a template of your own.',
  },
  'import-invalid': {
    status: 422,
    title: 'The file is no workflow',
    meaning: 'It is neither YAML nor JSON of a workflow, nor an export of n8n or Node-RED.',
    remedy: 'Export a workflow to see the form, and mind the line that is named.',
  },
});

/** About starting and following executions. */
defineProblems({
  'inputs-invalid': {
    status: 422,
    title: 'The inputs do not fit',
    meaning: 'The trigger’s schema asks for others; `errors` points at each field.',
    remedy: 'Correct them.',
  },
  'execution-not-found': {
    status: 404,
    title: 'No such execution',
    meaning: 'There is none with this id in this tenant, it is no longer kept, or your grants do not reach its workflow.',
    remedy: 'List the executions.',
  },
  'execution-finished': {
    status: 409,
    title: 'The execution has ended',
    meaning: 'It can be read, retried and rolled back, not stopped.',
    remedy: 'Retry it if need be.',
  },
  'execution-not-retryable': {
    status: 409,
    title: 'It cannot be retried',
    meaning: 'It still runs, or its payloads are no longer kept.',
    remedy: 'Wait for its end, or start anew.',
  },
  'retry-incompatible': {
    status: 409,
    title: 'The workflow has changed since',
    meaning: 'Nodes whose results would be used again are different in the active version; `nodes` names them.',
    remedy: 'Retry on the same version, or from an earlier node.',
  },
  'migrate-incompatible': {
    status: 409,
    title: 'It cannot move to this version',
    meaning: 'Nodes that are completed already are different there; `nodes` names them.',
    remedy: 'Let it end on its version, or choose another.',
  },
  'concurrency-limit': {
    status: 429,
    title: 'Too many at once',
    meaning: 'The tenant or the workflow runs as many executions as it may, and this one is not to wait.',
    remedy: 'Try again later, or let it queue.',
  },
  'plan-drifted': {
    status: 409,
    title: 'The plan no longer holds',
    meaning: 'Since the dry run the world has changed: a Change would differ from what was planned.',
    remedy: 'Make a new plan and look at it again.',
  },
  'stream-ticket-invalid': {
    status: 401,
    title: 'The ticket is not valid',
    meaning: 'It was used, is older than 30 s, or is for something else.',
    remedy: 'Ask for a new one.',
  },
});

/** About what comes in from outside, and limits. */
defineProblems({
  'webhook-unauthorized': {
    status: 401,
    title: 'Not signed as asked',
    meaning: 'Signature, token or password are missing, wrong or too old.',
    remedy: 'Sign the call as the trigger says.',
  },
  'webhook-forbidden': {
    status: 403,
    title: 'Not from this address',
    meaning: 'The trigger takes calls from other addresses only.',
    remedy: 'Have your address added to the trigger.',
  },
  'webhook-replayed': {
    status: 409,
    title: 'It is under way already',
    meaning: 'A call with the same key came before and has not ended.',
    remedy: 'Wait for its answer.',
  },
  'payload-too-large': {
    status: 413,
    title: 'Too large',
    meaning: 'The body is larger than the trigger takes.',
    remedy: 'Send less, or hand over an address to fetch it from.',
  },
  'unsupported-media': {
    status: 415,
    title: 'Cannot be read',
    meaning: 'The body is of a kind that the trigger does not read.',
    remedy: 'Send JSON, a form or text.',
  },
  'plan-limit': {
    status: 403,
    title: 'No more in this plan',
    meaning: 'The plan of the tenant has a limit, which `limit` names with what is used and what is the most.',
    remedy: 'Delete what nobody needs, or choose a larger plan.',
  },
  'limit-exceeded': {
    status: 422,
    title: 'Too much of it',
    meaning: 'A size or a number is over the most that is possible; `limit` names it.',
    remedy: 'Split it up.',
  },
});
