import type { Json } from '../graph.ts';
import { list, literal, record, textOf, type Piece, type Reader } from './convert.ts';
import { n8nTests } from './n8n-tests.ts';

type Kind = (parameters: Record<string, unknown>, read: Reader, version: number) => Piece;

const PATH = /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/;
const MODES: Readonly<Record<string, string>> = { onReceived: 'immediate', lastNode: 'last_node', responseNode: 'respond_node' };

const webhook: Kind = ({ path, httpMethod, responseMode, authentication, responseCode }) => {
  const wanted = textOf(path).toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 60); // prettier-ignore
  const methods = list(httpMethod).length > 0 ? list(httpMethod).map(textOf) : [textOf(httpMethod) || 'GET'];
  const guarded = authentication !== undefined && authentication !== 'none';
  const mode = MODES[textOf(responseMode)] ?? 'immediate';
  return {
    type: 'trigger',
    config: {
      mode: 'webhook',
      ...(PATH.test(wanted) ? { path: wanted } : {}),
      methods,
      response: { mode, ...(responseCode === undefined ? {} : { status: Number(responseCode) || 200 }) },
    },
    notes: guarded ? ['Its authentication was not taken over: set it, with a secret.'] : [],
  };
};

const EVERY: Readonly<Record<string, [parameter: string, unit: string]>> = {
  seconds: ['secondsInterval', 'seconds'],
  minutes: ['minutesInterval', 'minutes'],
  hours: ['hoursInterval', 'hours'],
};

/** A rule of n8n's schedule; those of days and weeks are crons. */
function schedule(rule: Record<string, unknown>): Record<string, Json> {
  const field = textOf(rule['field']) || 'days';
  if (field === 'cronExpression') return { type: 'cron', cron: textOf(rule['expression']) };
  const every = EVERY[field];
  if (every) return { type: 'interval', every: { value: Number(rule[every[0]]) || 1, unit: every[1] } };
  const at = `${Number(rule['triggerAtMinute']) || 0} ${Number(rule['triggerAtHour']) || 0}`;
  if (field === 'weeks') return { type: 'cron', cron: `${at} * * ${list(rule['triggerAtDay']).map(Number).join(',') || '0'}` };
  if (field === 'months') return { type: 'cron', cron: `${at} ${Number(rule['triggerAtDayOfMonth']) || 1} * *` };
  return { type: 'cron', cron: `${at} * * *` };
}

const scheduleTrigger: Kind = ({ rule }) => {
  const [first = {}, ...more] = list(record(rule)['interval']).map(record);
  const notes = ['It runs as a service account: choose one before you publish.', ...(more.length > 0 ? ['Only the first of its times was taken over.'] : [])];
  return { type: 'trigger', config: { mode: 'schedule', ...schedule(first) }, notes };
}; // prettier-ignore

const conditional: Kind = (parameters, read) => ({
  type: 'conditional',
  config: n8nTests(parameters, read),
  out: (index) => (index === 0 ? 'true' : 'false'),
});

const switched: Kind = (parameters, read) => {
  const rules = list(record(parameters['rules'])['values'] ?? record(parameters['rules'])['rules']).map(record);
  const names = rules.map(({ outputKey }, at) => textOf(outputKey).replaceAll(/[^A-Za-z0-9 _-]/g, '').slice(0, 40) || `case${at + 1}`);
  const cases = rules.map((rule, at): Json => {
    if (rule['conditions'] === undefined) return { name: names[at]!, equals: read.expression(rule['value2']) };
    const { rules: tests } = n8nTests(rule, read) as { rules: { left: string; operator: string; right?: string }[] };
    const [test] = tests;
    const isEqual = test?.operator === 'equals' && tests.length === 1;
    if (!isEqual) read.lost.push(`the test of ${names[at]!}`);
    return { name: names[at]!, when: isEqual ? `${test.left} == ${test.right ?? 'null'}` : 'false' };
  });
  const byValue = rules.some(({ conditions }) => conditions === undefined);
  return {
    type: 'switch',
    config: { mode: byValue ? 'value' : 'rules', ...(byValue ? { value: read.expression(parameters['value1'] ?? parameters['dataPropertyName']) } : {}), cases },
    out: (index) => names[index] ?? 'default',
  };
}; // prettier-ignore

interface Assigned {
  name: unknown;
  value: unknown;
  type?: unknown;
}
const TYPES: Readonly<Record<string, string>> = { number: 'number', boolean: 'boolean', string: 'text' };

/** Fields that a Set node gives values, in the forms of its three generations. */
function assigned(parameters: Record<string, unknown>): Assigned[] {
  const now = list(record(parameters['assignments'])['assignments']).map(record);
  if (now.length > 0) return now.map(({ name, value, type }) => ({ name, value, type }));
  const fields = list(record(parameters['fields'])['values']).map(record);
  if (fields.length > 0) return fields.map((field) => ({ name: field['name'], value: field['stringValue'] ?? field['numberValue'] ?? field['booleanValue'] ?? field['arrayValue'] ?? field['objectValue'] }));
  return Object.entries(record(parameters['values'])).flatMap(([type, values]) => list(values).map(record).map(({ name, value }) => ({ name, value, type })));
} // prettier-ignore

function valueOf({ value, type }: Assigned, read: Reader): Json {
  if (typeof value === 'string' && value.startsWith('=')) return read.template(value);
  if (type === 'number' && value !== undefined) return Number(value);
  if (type === 'boolean') return value === true || value === 'true';
  return typeof value === 'string' ? read.template(value) : ((value ?? null) as Json);
}

const set: Kind = (parameters, read) => {
  if (parameters['mode'] === 'raw' || parameters['mode'] === 'json') {
    read.lost.push(textOf(parameters['jsonOutput'] ?? parameters['jsonData']));
    return { type: 'transform', config: { mode: 'fields', keep: 'all', fields: [] } };
  }
  const fields = assigned(parameters).map((one): Json => {
    const type = TYPES[textOf(one.type)];
    return { name: textOf(one.name), value: valueOf(one, read), ...(type === undefined ? {} : { type }) };
  });
  const only = parameters['keepOnlySet'] === true || (parameters['assignments'] !== undefined && parameters['includeOtherFields'] !== true);
  return { type: 'transform', config: { mode: 'fields', keep: only ? 'none' : 'all', fields } };
};

const code: Kind = (parameters) => {
  const source = textOf(parameters['jsCode'] ?? parameters['functionCode']);
  const body = source.split('\n').map((line) => `  ${line}`).join('\n'); // prettier-ignore
  return {
    type: 'code',
    config: {
      language: 'javascript',
      code: `export default ({ input }) => {\n  const items = (Array.isArray(input) ? input : [input]).map((json) => ({ json }));\n  const $input = { all: () => items, first: () => items[0], item: items[0] };\n  const $json = items[0]?.json;\n  const run = () => {\n${body}\n  };\n  const out = run();\n  return Array.isArray(out) ? out.map((one) => one?.json ?? one) : (out?.json ?? out);\n};\n`,
      inputs: { input: 'input' },
    },
    notes: parameters['language'] === 'python' ? ['It is in Python, which is not run here.'] : ['It runs without network, files and packages: look it over.'],
  };
}; // prettier-ignore

const pairs = (value: unknown, read: Reader) => list(record(value)['parameters']).map(record).map(({ name, value: content }): Json => ({ name: textOf(name), value: read.template(content) })); // prettier-ignore

const http: Kind = (parameters, read) => {
  const { method, requestMethod, url, sendBody, jsonBody, bodyParameters, queryParameters, headerParameters, authentication } = parameters;
  const fields = Object.fromEntries(list(record(bodyParameters)['parameters']).map(record).map(({ name, value }) => [textOf(name), read.template(value)])); // prettier-ignore
  const body = jsonBody === undefined ? fields : read.template(jsonBody);
  return {
    type: 'http_api',
    config: {
      url: read.template(url),
      method: (textOf(method ?? requestMethod) || 'GET').toUpperCase(),
      headers: pairs(headerParameters, read),
      query: pairs(queryParameters, read),
      ...(sendBody === true ? { bodyType: 'json', body } : {}),
    },
    notes: authentication !== undefined && authentication !== 'none' ? ['Its credentials were not taken over: name a secret.'] : [],
  };
};

const MERGES: Readonly<Record<string, Record<string, Json>>> = {
  append: { policy: 'all', combine: 'append' },
  combine: { policy: 'all', combine: 'deep_merge' },
  chooseBranch: { policy: 'all', combine: 'pick', input: 'in1' },
};
const merge: Kind = ({ mode, numberInputs }) => ({
  type: 'merge',
  config: { inputs: Math.min(16, Math.max(2, Number(numberInputs) || 2)), ...(MERGES[textOf(mode) || 'append'] ?? MERGES['append']) },
  into: (index) => `in${index + 1}`,
  notes: MERGES[textOf(mode) || 'append'] && mode !== 'combine' ? [] : ['Look over how it joins its branches.'],
});

const loop: Kind = ({ batchSize }) => ({
  type: 'loop',
  config: { type: 'for_each', items: 'input', batchSize: Math.max(1, Number(batchSize) || 1) },
  // Their first output is “done” from version 3 on; the body comes second.
  out: (index) => (index === 0 ? 'done' : 'body'),
  into: () => 'main',
  notes: ['Lead the end of its body back to its input “next”.'],
});

const wait: Kind = ({ resume, amount, unit, dateTime }, read) => {
  if (resume === 'specificTime') return { type: 'delay', config: { mode: 'until', until: read.expression(dateTime) } };
  if (resume === 'webhook' || resume === 'form') return { type: 'wait_event', config: { kind: resume }, notes: ['Look over what it waits for.'] };
  return { type: 'delay', config: { mode: 'for', for: { value: Number(amount) || 1, unit: textOf(unit) || 'seconds' } } };
};

const BODIES: Readonly<Record<string, string>> = { json: 'json', text: 'text', redirect: 'redirect', noData: 'text', firstIncomingItem: 'json', allIncomingItems: 'json' }; // prettier-ignore
const respond: Kind = ({ respondWith, responseBody, redirectURL, options }, read) => {
  const kind = textOf(respondWith) || 'firstIncomingItem';
  const status = Number(record(options)['responseCode']) || undefined;
  const said = kind === 'redirect' ? redirectURL : responseBody;
  return {
    type: 'respond',
    config: {
      bodyType: BODIES[kind] ?? 'json',
      ...(status === undefined ? {} : { status }),
      ...(kind === 'noData' ? { body: '' } : said === undefined || kind.endsWith('Items') || kind.endsWith('Item') ? {} : { body: bodyOf(said, kind, read) }),
    },
  };
}; // prettier-ignore

/** A body that is JSON in a text becomes JSON, so that its parts stay what they are. */
function bodyOf(said: unknown, kind: string, read: Reader): Json {
  const text = read.template(said);
  if (kind !== 'json' || text.includes('{{')) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const email: Kind = ({ toEmail, ccEmail, subject, text, html, message }, read) => ({
  type: 'email',
  config: {
    to: textOf(read.template(toEmail)).split(',').map((one) => one.trim()).filter(Boolean),
    ...(ccEmail === undefined ? {} : { cc: read.template(ccEmail).split(',').map((one) => one.trim()) }),
    subject: read.template(subject),
    ...(html === undefined ? { text: read.template(text ?? message) } : { html: read.template(html) }),
  },
  notes: ['It is sent by the mail server of the platform unless you name another.'],
}); // prettier-ignore

const manual: Kind = () => ({ type: 'trigger', config: { mode: 'manual' } });

/** Kinds of n8n's nodes that have a counterpart here. */
export const N8N_KINDS: Readonly<Record<string, Kind>> = {
  webhook,
  scheduleTrigger,
  cron: scheduleTrigger,
  manualTrigger: manual,
  start: manual,
  executeWorkflowTrigger: () => ({ type: 'trigger', config: { mode: 'workflow' } }),
  if: conditional,
  switch: switched,
  filter: (parameters, read) => ({
    type: 'conditional',
    config: n8nTests(parameters, read),
    out: () => 'true',
  }),
  set,
  code,
  function: code,
  functionItem: code,
  httpRequest: http,
  merge,
  splitInBatches: loop,
  wait,
  respondToWebhook: respond,
  emailSend: email,
  noOp: () => ({ type: 'transform', config: { mode: 'fields', keep: 'all', fields: [] } }),
  stopAndError: ({ errorMessage }, read) => ({ type: 'fail', config: { message: read.template(errorMessage) || literal('stopped') } }),
  stickyNote: ({ content }) => ({ type: 'note', config: { text: textOf(content).slice(0, 10_000) } }),
};
