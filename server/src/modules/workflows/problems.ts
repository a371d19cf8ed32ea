import { defineProblems } from '#kernel/problem.ts';

const kind = (status: number, title: string, meaning: string, remedy: string) => ({ status, title, meaning, remedy });

/** About workflows, their drafts and their versions. */
defineProblems({
  'workflow-not-found': kind(
    404,
    'No such workflow',
    'There is no workflow with this id in this tenant, it was deleted, or your grants do not reach it.',
    'List the workflows and use an id from there. A deleted one can be restored for 30 days.',
  ),
  'workflow-invalid': kind(
    422,
    'The workflow has errors',
    'What was to be published or run does not pass validation; `findings` names each fault with its node and field.',
    'Mend the errors, many of which carry a fix, and try again. What is active stays active.',
  ),
  'workflow-cycle': kind(
    422,
    'Nodes lead back to themselves',
    'Only the way back into a loop may form a cycle; `nodes` names those that do.',
    'Remove a connection of the cycle, or use a Loop node.',
  ),
  'workflow-name-taken': kind(409, 'Name in use', 'Another workflow of the tenant has this slug.', 'Choose another slug, or leave it out.'),
  'workflow-archived': kind(409, 'The workflow is archived', 'An archived workflow can be read and nothing else.', 'Activate it first.'),
  'workflow-paused': kind(
    409,
    'The workflow is paused',
    'Its triggers are off: neither webhooks, schedules nor events start it.',
    'Activate it, or run it by hand.',
  ),
  'workflow-not-published': kind(
    409,
    'Never published',
    'The workflow has no active version, and only a version can be run, paused or activated.',
    'Publish it, or run its draft as a test.',
  ),
  'workflow-unchanged': kind(
    409,
    'It is in this state already',
    'The workflow already is what the call would make of it.',
    'Read it again: somebody else may have been faster.',
  ),
  'revision-required': kind(
    428,
    'Say which revision you have seen',
    'Edits of a draft are lost when two people make them at once, so each names the revision that it is based on.',
    'Send `If-Match: "<revision>"` with the revision that you read.',
  ),
  'revision-conflict': kind(
    412,
    'Somebody else edited the draft',
    'The draft is at another revision by now. `revision` is the current one and `missed` what was changed since yours; null when that is no longer kept.',
    'Apply your edits to the draft as it is now, and send them with the new revision.',
  ),
  'edit-invalid': kind(
    422,
    'An edit cannot be made',
    'One of the edits names something that is not in the draft, or would make two things alike. None of them was made.',
    '`errors` points at the edit. Read the draft again and correct it.',
  ),
  'version-not-found': kind(404, 'No such version', 'The workflow has no version of this number, or it is no longer kept.', 'List its versions.'),
  'publish-approval-pending': kind(
    409,
    'A publish waits for approval',
    'Another version of this workflow is to become active and waits for somebody to agree.',
    'Have that Change decided or cancelled first.',
  ),
  'tests-failed': kind(
    422,
    'Tests of the workflow fail',
    'A version is made only when the tests that are attached to the workflow pass; `failures` names those that do not.',
    'Mend the draft or the tests.',
  ),
  'service-rights-missing': kind(
    403,
    'You cannot give rights that you do not hold',
    'The workflow would run as a service account and do what you may not do, or where you may not.',
    'Ask somebody who holds these permissions to publish it, or let it run as whoever starts it.',
  ),
  'service-account-required': kind(
    422,
    'It needs a service account',
    'A workflow that runs as `service` names the service account whose rights it has.',
    'Choose an active service account of the tenant when you publish.',
  ),
});

/** About what lies in a draft. */
defineProblems({
  'node-not-found': kind(404, 'No such node', 'No draft of this tenant that you reach has a node with this id.', 'Read the workflow again.'),
  'connection-not-found': kind(404, 'No such connection', 'No draft of this tenant that you reach has it.', 'Read the workflow again.'),
  'node-type-unknown': kind(422, 'No such node type', 'There is no node type of this name.', 'See `GET /node-types`.'),
  'node-config-invalid': kind(
    422,
    'The configuration of a node is wrong',
    'Fields do not fit the schema of the node’s type; `errors` points at each.',
    'See `GET /node-types/{type}/schema`.',
  ),
  'node-type-version': kind(409, 'This version of the node type is gone', 'It is no longer run.', 'Set the node to a newer version of its type.'),
  'connection-invalid': kind(
    422,
    'The connection cannot be made',
    'A node or port does not exist, kinds do not fit, or the input is taken already.',
    'See the ports of the node type; where branches come together, put a Merge node.',
  ),
  'expression-invalid': kind(422, 'The expression does not parse', 'It is no CEL, or names what is not there.', 'Correct it at the place named.'),
  'workflow-trigger-not-found': kind(
    404,
    'No such trigger',
    'No active version of this tenant that you reach has a trigger with this id.',
    'List the triggers of the workflow. A trigger is there from the first publish on.',
  ),
  'workflow-test-not-found': kind(404, 'No such test', 'The workflow has no test with this id.', 'List its tests.'),
  'workflow-test-name-taken': kind(409, 'Name of the test in use', 'Another test of the workflow has this name.', 'Choose another name.'),
  'workflow-template-not-found': kind(404, 'No such template', 'Neither the product nor the tenant has it.', 'List the templates.'),
  'template-name-taken': kind(409, 'Name of the template in use', 'Another template of the tenant has this name.', 'Choose another name.'),
  'template-protected': kind(409, 'This template ships with the product', 'It can be used and copied, not changed.', 'Save a workflow made from it as a template of your own.'), // prettier-ignore
  'import-invalid': kind(
    422,
    'The file is no workflow',
    'It is neither YAML nor JSON of a workflow, nor an export of n8n or Node-RED.',
    'Export a workflow to see the form, and mind the line that is named.',
  ),
});

/** About starting and following executions. */
defineProblems({
  'inputs-invalid': kind(422, 'The inputs do not fit', 'The trigger’s schema asks for others; `errors` points at each field.', 'Correct them.'),
  'execution-not-found': kind(
    404,
    'No such execution',
    'There is none with this id in this tenant, it is no longer kept, or your grants do not reach its workflow.',
    'List the executions.',
  ),
  'execution-finished': kind(409, 'The execution has ended', 'It can be read, retried and rolled back, not stopped.', 'Retry it if need be.'),
  'execution-not-retryable': kind(
    409,
    'It cannot be retried',
    'It still runs, or its payloads are no longer kept.',
    'Wait for its end, or start anew.',
  ),
  'retry-incompatible': kind(
    409,
    'The workflow has changed since',
    'Nodes whose results would be used again are different in the active version; `nodes` names them.',
    'Retry on the same version, or from an earlier node.',
  ),
  'migrate-incompatible': kind(
    409,
    'It cannot move to this version',
    'Nodes that are completed already are different there; `nodes` names them.',
    'Let it end on its version, or choose another.',
  ),
  'concurrency-limit': kind(
    429,
    'Too many at once',
    'The tenant or the workflow runs as many executions as it may, and this one is not to wait.',
    'Try again later, or let it queue.',
  ),
  'plan-drifted': kind(
    409,
    'The plan no longer holds',
    'Since the dry run the world has changed: a Change would differ from what was planned.',
    'Make a new plan and look at it again.',
  ),
  'stream-ticket-invalid': kind(401, 'The ticket is not valid', 'It was used, is older than 30 s, or is for something else.', 'Ask for a new one.'),
});

/** About what comes in from outside, and limits. */
defineProblems({
  'webhook-unauthorized': kind(401, 'Not signed as asked', 'Signature, token or password are missing, wrong or too old.', 'Sign the call as the trigger says.'),
  'webhook-forbidden': kind(403, 'Not from this address', 'The trigger takes calls from other addresses only.', 'Have your address added to the trigger.'),
  'webhook-replayed': kind(409, 'It is under way already', 'A call with the same key came before and has not ended.', 'Wait for its answer.'),
  'payload-too-large': kind(413, 'Too large', 'The body is larger than the trigger takes.', 'Send less, or hand over an address to fetch it from.'),
  'unsupported-media': kind(415, 'Cannot be read', 'The body is of a kind that the trigger does not read.', 'Send JSON, a form or text.'),
  'plan-limit': kind(
    403,
    'No more in this plan',
    'The plan of the tenant has a limit, which `limit` names with what is used and what is the most.',
    'Delete what nobody needs, or choose a larger plan.',
  ),
  'limit-exceeded': kind(422, 'Too much of it', 'A size or a number is over the most that is possible; `limit` names it.', 'Split it up.'),
}); // prettier-ignore
