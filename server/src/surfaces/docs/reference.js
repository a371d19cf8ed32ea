import { example, fields, h, prose, resolve, typeText } from './schema.js';

/** Query parameters that accompany any input. */
const BESIDE = new Set(['dryRun', 'draft', 'emergency']);
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const list = document.querySelector('#list');
const main = document.querySelector('#main');
const search = document.querySelector('#search');

const quoted = (text) => (/^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function curl({ method, path, body, query }, schemas) {
  const filled = path.replace(/\{(\w+)\}/g, '<$1>');
  const asked = query.filter(({ required }) => required).map(({ name, schema }) => `${name}=${encodeURIComponent(String(example(schema, schemas)))}`);
  const lines = [
    `curl -X ${method.toUpperCase()} ${quoted(`${location.origin}${filled}${asked.length ? `?${asked.join('&')}` : ''}`)}`,
    `-H "Authorization: Bearer $SWITCHYARD_API_KEY"`,
  ];
  if (body) lines.push(`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(example(body, schemas)))}`);
  return lines.join(' \\\n  ');
}

function cli({ info, path, body, query }, schemas) {
  const words = ['switchyard', ...info.command];
  for (const [, name] of path.matchAll(/\{(\w+)\}/g)) words.push(`<${kebab(name)}>`);
  for (const { name, schema, required } of query) if (required) words.push(`--${kebab(name)}`, quoted(String(example(schema, schemas))));
  const values = body ? example(body, schemas) : {};
  for (const [name, value] of Object.entries(values))
    words.push(`--${kebab(name)}`, quoted(typeof value === 'object' ? JSON.stringify(value) : String(value)));
  return words.join(' ');
}

const mcp = ({ info, body, path, query }, schemas) => {
  const parameters = Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, `<${name}>`]));
  for (const { name, schema, required } of query) if (required) parameters[name] = example(schema, schemas);
  return JSON.stringify(
    { method: 'tools/call', params: { name: info.tool, arguments: { ...parameters, ...(body ? example(body, schemas) : {}) } } },
    null,
    2,
  );
};

/** Everything the page needs of one operation. */
function readOperations({ paths, components }) {
  const parameterOf = (parameter) => (parameter.$ref ? components.parameters[parameter.$ref.split('/').at(-1)] : parameter);
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const { operationId, summary, description, tags, parameters = [], requestBody, responses, security, 'x-switchyard': info } = item[method];
      const all = parameters.map(parameterOf);
      return {
        name: operationId, summary, description, group: tags[0], method, path, info, responses, open: security?.length === 0,
        inPath: all.filter(({ in: place }) => place === 'path'),
        query: all.filter(({ in: place, name }) => place === 'query' && !BESIDE.has(name)),
        envelope: all.filter(({ in: place, name }) => place === 'header' || BESIDE.has(name)),
        body: requestBody?.content['application/json'].schema,
        found: `${operationId} ${summary} ${path} ${info.permission} ${tags[0]}`.toLowerCase(),
      };
    }),
  ); // prettier-ignore
}

function sample(title, text) {
  const button = h('button', { type: 'button', 'aria-label': `Copy the ${title} example` }, 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  });
  return h('figure', {}, h('figcaption', {}, title, button), h('pre', { tabindex: '0' }, h('code', {}, text)));
}

const parameterList = (parameters, schemas) =>
  h('ul', { class: 'fields' }, parameters.map(({ name, in: place, required, schema, description }) =>
    h('li', {}, h('div', { class: 'head' }, h('code', { class: 'name' }, name), h('span', { class: 'type' }, `${typeText(schema)} · ${place}`), required ? h('span', { class: 'required' }, 'required') : null), h('p', {}, prose(description ?? resolve(schema, schemas).title ?? ''))),
  )); // prettier-ignore

function section(title, ...content) {
  const filled = content.filter(Boolean);
  return filled.length > 0 ? h('section', {}, h('h2', {}, title), filled) : null;
}

function responsesOf({ responses }, document) {
  return h('ul', { class: 'responses' }, Object.entries(responses).map(([status, response]) => {
    const found = response.$ref ? document.components.responses[response.$ref.split('/').at(-1)] : response;
    const schema = found.content?.['application/json']?.schema;
    const nested = schema && fields(schema, document.components.schemas);
    const head = [h('span', { class: `status s${status[0]}` }, status), h('span', {}, prose(found.description)), schema ? h('span', { class: 'type' }, typeText(schema)) : null];
    return h('li', {}, nested ? h('details', {}, h('summary', {}, head), nested) : h('div', { class: 'head' }, head));
  })); // prettier-ignore
}

const listOf = (parameters, schemas) => (parameters.length > 0 ? parameterList(parameters, schemas) : null);

function examplesOf(operation, schemas) {
  const { hiddenFrom } = operation.info;
  const shown = [['curl', curl, 'rest'], ['Command line', cli, 'cli'], ['MCP', mcp, 'mcp']].filter(([, , surface]) => !hiddenFrom.includes(surface)); // prettier-ignore
  return shown.map(([title, write]) => sample(title, write(operation, schemas)));
}

function heading({ group, name, summary, method, path, info, open }) {
  const facts = [h('span', { class: `risk ${info.risk}` }, `${info.risk} risk`), open ? h('span', {}, 'no sign-in needed') : h('span', {}, 'permission ', h('code', {}, info.permission)), info.change && h('span', {}, 'leaves a Change'), h('code', {}, name)]; // prettier-ignore
  return [h('p', { class: 'crumb' }, group), h('h1', {}, summary), h('p', { class: 'route' }, h('span', { class: `method ${method}` }, method.toUpperCase()), h('code', {}, path)), h('p', { class: 'facts' }, facts)]; // prettier-ignore
}

function show(operation, document) {
  const { schemas } = document.components;
  const sections = [
    section('Path', listOf(operation.inPath, schemas)),
    section('Query', listOf(operation.query, schemas)),
    section('Body', operation.body && fields(operation.body, schemas)),
    section('Beside the input', listOf(operation.envelope, schemas)),
    section('Examples', ...examplesOf(operation, schemas)),
    section('Answers', responsesOf(operation, document)),
  ];
  // The last paragraph says what the line of facts says.
  const about = operation.description
    .split('\n\n')
    .slice(0, -1)
    .map((paragraph) => h('p', {}, prose(paragraph)));
  main.replaceChildren(...heading(operation), ...about, ...sections.filter(Boolean));
  window.document.title = `${operation.name} · Switchyard`;
}

function drawList(operations, wanted, current) {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = operations.filter(({ found }) => words.every((word) => found.includes(word)));
  const groups = Map.groupBy(hits, ({ group }) => group);
  list.replaceChildren(
    ...[...groups].sort(([a], [b]) => a.localeCompare(b)).map(([group, members]) =>
      h('section', {}, h('h2', {}, group), h('ul', {}, members.map(({ name, summary, method }) =>
        h('li', {}, h('a', { href: `#${name}`, 'aria-current': name === current ? 'page' : null, title: summary }, h('span', { class: `method ${method}` }, method === 'delete' ? 'DEL' : method.toUpperCase()), name)))))),
    hits.length === 0 ? h('p', { class: 'quiet' }, 'Nothing matches.') : '',
  ); // prettier-ignore
}

const response = await fetch('/api/v1/openapi.json');
if (!response.ok) {
  main.replaceChildren(
    h('h1', {}, 'The reference could not be read'),
    h('p', {}, `The server answered ${response.status}. Reload the page to try again.`),
  );
} else {
  const reference = await response.json();
  const operations = readOperations(reference);
  const draw = (focus) => {
    const name = decodeURIComponent(location.hash.slice(1));
    const operation = operations.find((candidate) => candidate.name === name) ?? operations[0];
    drawList(operations, search.value, operation?.name);
    if (operation) show(operation, reference);
    if (focus) main.focus({ preventScroll: true });
    scrollTo(0, 0);
  };
  addEventListener('hashchange', () => draw(true));
  search.addEventListener('input', () => drawList(operations, search.value, decodeURIComponent(location.hash.slice(1))));
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') list.querySelector('a')?.click();
  });
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    search.focus();
  });
  draw(false);
}
