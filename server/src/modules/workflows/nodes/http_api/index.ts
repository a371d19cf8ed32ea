import { z } from 'zod';
import { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, MAIN_OUT, type NodeRun, type OwnFinding, type RawConfig } from '../declare.ts';
import { Config, isRead, isRepeatable, type Config as Wish } from './config.ts';
import { addressOf, ask, nextAddress } from './request.ts';

const Output = z.object({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  body: Json,
  durationMs: z.int(),
  url: z.string(),
  pages: z.int(),
});

const queryOf = ({ query }: Wish): [string, string][] => query.map(({ name, value }) => [name, value]);

/** Lists are joined; whatever else pages are, they are listed. */
const joined = (bodies: readonly Json[]): Json =>
  bodies.length === 1 ? bodies[0]! : bodies.every((body) => Array.isArray(body)) ? bodies.flat() : [...bodies];

async function start(run: NodeRun, config: Wish) {
  let address = addressOf(config.url, queryOf(config));
  const { origin } = address;
  const bodies: Json[] = [];
  let [left, durationMs] = [config.maxResponseBytes, 0];
  for (;;) {
    const page = await ask(run, config, address, origin, left);
    bodies.push(page.body);
    left -= page.bytes;
    durationMs += page.durationMs;
    const { status, headers, url } = page;
    const next =
      config.pagination && bodies.length < config.pagination.maxPages ? nextAddress(run, config.pagination.next, page, address) : undefined;
    if (!next) return { output: { status, headers, body: joined(bodies), durationMs, url, pages: bodies.length } };
    run.progress(`page ${bodies.length + 1}`);
    address = next;
  }
}

const simulate = async (_run: NodeRun, config: Wish) => {
  const { method, bodyType, body = null } = config;
  const url = addressOf(config.url, queryOf(config)).href;
  // Values of headers may be credentials; their names tell enough.
  const would = {
    kind: 'http',
    method,
    url,
    headers: config.headers.map(({ name }) => name),
    auth: config.auth,
    ...(bodyType === 'none' ? {} : { body }),
  };
  return { output: { status: 200, headers: {}, body: null, durationMs: 0, url, pages: 1 }, would };
};

const NEEDS: Readonly<Record<string, readonly string[]>> = {
  basic: ['username', 'password'],
  bearer: ['token'],
  apikey: ['name', 'key'],
  oauth2_client: ['tokenUrl', 'clientId', 'clientSecret'],
  hmac: ['signingKey'],
};

const isObject = (value: Json | undefined): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

function check({ auth, credentials, tls, method = 'GET', bodyType = 'none' }: RawConfig): OwnFinding[] {
  const has = isObject(credentials) ? credentials : {};
  const missing = (NEEDS[String(auth)] ?? []).filter((field) => has[field] === undefined || has[field] === '');
  const findings: OwnFinding[] = missing.map((field) => ({
    rule: 'V03',
    severity: 'error',
    pointer: `/credentials/${field}`,
    message: `${String(auth)} needs ${field}`,
  }));
  const warn = (pointer: string, message: string): void => void findings.push({ rule: 'V03', severity: 'warning', pointer, message });
  if (isObject(tls) && tls['verify'] === false) warn('/tls/verify', 'Whoever sits in between can read and change what is sent');
  if ((method === 'GET' || method === 'HEAD') && bodyType !== 'none') warn('/bodyType', 'Few servers read a body that comes with GET or HEAD');
  return findings;
}

export const httpApi = defineNode({
  type: 'http_api',
  version: 1,
  label: 'HTTP API',
  icon: 'globe',
  category: 'integration',
  summary: 'Ask or tell another system by HTTP',
  docs: `Sends one request, or one for each page, and hands on the answer as \`{status, headers, body, durationMs, url, pages}\`.

**Where to.** The internet on ports 80, 443, 8080 and 8443. Private networks and further ports are opened for the tenant with \`egress.create\`. Names are looked up once and the connection is made to what was judged; each redirect is judged anew. To another host nothing goes along that may be a credential.

**Secrets** stand in fields of their own, as \`secret://NAME\`. They are in no record.

**Body.** \`json\` takes a value, or text that is JSON; \`form\` and \`multipart\` an object, lists give a field several times, files go along in \`multipart\`; \`graphql\` a query or \`{query, variables}\`; \`file\` a file.

**Answer.** By its type, or as \`parse\` says. XML becomes an object: attributes \`@name\`, text beside them \`#text\`, repeated elements a list. CSV becomes rows by the names in the first line. \`extract\` takes its place.

**Errors.** \`http-status\` when \`successWhen\` is false: 408, 425, 429, 500, 502, 503, 504 are \`transient\`, 401 and 403 \`auth\`; \`Retry-After\` is heeded. \`http-transport\` without an answer, \`node-timeout\`, \`output-too-large\`, \`egress-denied\` (never tried again).

**Twice.** GET, HEAD, PUT, DELETE, \`safe\`, and what is sent with a key that the server heeds (\`idempotency: header\`) may be repeated. Of other writes whose outcome is not known, a person is asked.`,
  config: Config,
  example: {
    url: 'https://netbox.example.net/api/dcim/devices/',
    query: [{ name: 'site', value: '{{ input.site }}' }],
    auth: 'bearer',
    credentials: { token: 'secret://NETBOX_TOKEN' },
    extract: 'body.results',
    pagination: { next: 'body.?next.orValue(null)', maxPages: 20 },
  },
  defaults: { method: 'GET', auth: 'none', bodyType: 'none' },
  inputs: MAIN_IN,
  outputs: MAIN_OUT,
  effect: (config) => (isRead(config) ? 'read' : 'effect'),
  idempotent: isRepeatable,
  inDoubt: (config) => (isRepeatable(config) ? 'retry' : 'ask'),
  // Several pages, each with a time of its own.
  timeoutSeconds: 300,
  taints: true,
  output: Output,
  check,
  run: start,
  simulate,
});
