import { schemaFault } from '../../validation/fit.ts';
import { defineNode, MAIN_IN, MAIN_OUT, type OwnFinding, type RawConfig } from '../declare.ts';
import { isFields } from '../values.ts';
import { ask } from './ask.ts';
import { Config, Output } from './config.ts';

type Say = (severity: OwnFinding['severity'], pointer: string, message: string) => void;

function checkForm({ output = 'text', jsonSchema }: RawConfig, say: Say): void {
  if (jsonSchema !== undefined && output !== 'json') say('error', '/jsonSchema', 'Only with an answer in JSON');
  const fault = isFields(jsonSchema) ? schemaFault(jsonSchema) : undefined;
  if (fault !== undefined) say('error', '/jsonSchema', fault);
}

function check(config: RawConfig): OwnFinding[] {
  const findings: OwnFinding[] = [];
  const say: Say = (severity, pointer, message) => void findings.push({ rule: 'V03', severity, pointer, message });
  const { prompt = '', data, messages, cacheSeconds = 0, seed, temperature } = config;
  checkForm(config, say);
  if (prompt === '' && data === undefined && messages === undefined) say('error', '/prompt', 'There is nothing to ask');
  const isVaried = seed === undefined && temperature !== 0;
  if (Number(cacheSeconds) > 0 && isVaried) say('info', '/cacheSeconds', 'With a temperature above 0 the kept answer is one of many');
  return findings;
}

/** One question to a model (workflows.md 6.2, number 4). */
export const llm = defineNode({
  type: 'llm',
  version: 1,
  label: 'LLM',
  icon: 'message-square-text',
  category: 'ai',
  summary: 'Ask a model one question',
  docs: `Asks a model once and hands on \`{text, json, usage, model, finishReason}\`. The models, their keys and their budgets are those of the tenant (Settings, AI).

**Prompt.** \`system\` says who it is, \`prompt\` what is asked. Put what comes from outside into \`data\`: it is sent as data that gives no orders. \`messages\` is what was said before.

**JSON.** With \`output: json\` the answer is parsed and held against \`jsonSchema\`; what does not fit goes back to the model twice, then the node fails with \`ai-output-invalid\`.

**Cost.** The most that a call can cost is set aside under the budgets of workflow, tenant and installation before it is made; when it does not fit the node fails with \`ai-budget-exceeded\`, and nothing is spent. An answer is recorded before it is used: after a crash it is not paid again.

**Masked.** Values of secrets are never sent, and \`redactInput\` takes out what looks like a credential or tells who somebody is.

**Errors.** \`ai-provider-unavailable\` (tried again, then the fallbacks), \`ai-budget-exceeded\`, \`ai-context-too-large\`, \`ai-model-unknown\`, \`ai-forbidden\`, \`ai-request-refused\`, \`ai-output-invalid\`, \`egress-denied\`.`,
  config: Config,
  example: {
    system: 'You sort tickets of a network team.',
    prompt: 'Which of these is it?',
    data: 'input',
    output: 'json',
    jsonSchema: { type: 'object', required: ['kind'], properties: { kind: { enum: ['outage', 'question', 'request'] } }, additionalProperties: false },
  },
  defaults: { prompt: '{{ input }}', output: 'text' },
  inputs: MAIN_IN,
  outputs: MAIN_OUT,
  effect: 'read',
  idempotent: true,
  // An attempt after a fault goes on behind the answers that are paid for.
  keepsSteps: true,
  timeoutSeconds: 120,
  permission: 'ai:use',
  output: Output,
  check,
  run: (run, config) => ask(run, config),
}); // prettier-ignore
