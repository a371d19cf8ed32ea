import type { Json } from '../../graph.ts';
import type { OperationFact } from '../facts.ts';
import type { Finding } from '../findings.ts';
import { isOpen } from '../../nodes/values.ts';
import { misfits } from '../fit.ts';
import { areExclusive, type Placed } from '../topology.ts';
import { active, error, operationsOf, undoneBy, warning, type Rule, type View } from '../view.ts';

type Known = ReturnType<typeof active>[number];

/** An expression stands anywhere in it, so what it is will be seen when it runs. */
const isPartlyOpen = (value: Json): boolean => JSON.stringify(value).includes('{{');

/** What of a node's input does not fit the Operation as it is now; fields that `each` or an expression makes are not known. */
function inputFaults({ node }: Known, { name, input: schema }: OperationFact): Finding[] {
  const { input, each, targets } = node.config;
  const given = typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};
  const made = targets === undefined ? [] : Object.keys((each ?? { id: '' }) as object);
  const known = schema.properties ?? {};
  const say = (field: string, message: string): Finding => error('V21', node, message, { pointer: `/config/input/${field}` });
  const foreign = Object.keys(given).filter((field) => !Object.hasOwn(known, field));
  const missing = (schema.required ?? []).filter((field) => !Object.hasOwn(given, field) && !made.includes(field));
  const unfit = Object.entries(given).flatMap(([field, value]) =>
    Object.hasOwn(known, field) && !isPartlyOpen(value) ? misfits({ ...known[field], $defs: schema['$defs'] ?? {} } as unknown as Json, value).map(({ pointer, message }) => say(field + pointer, `${field}${pointer} ${message}`)) : [],
  );
  return [
    ...foreign.map((field) => say(field, `${name} has no field "${field}"`)),
    ...missing.map((field) => say(field, `${name} needs "${field}"`)),
    ...unfit,
  ];
} // prettier-ignore

/** V21, V22: Operations that there are, called as they want to be. */
const known: Rule = (view) =>
  active(view).flatMap((placed): Finding[] =>
    operationsOf(view, placed).flatMap(({ name, fact }): Finding[] => {
      const at = { pointer: '/config/operation' };
      // Rights, risk and rules of a workflow are judged by what it may call: an expression could make it anything.
      if (isOpen(name)) return [error('V21', placed.node, 'Operations are named: an expression cannot say which one', at)];
      if (!fact) return [error('V21', placed.node, `There is no Operation "${name}"`, at)];
      return [
        ...(fact.deprecated ? [warning('V22', placed.node, `"${name}" is deprecated`, at)] : []),
        ...(placed.node.type === 'operation' ? inputFaults(placed, fact) : []),
      ];
    }),
  );

const writes = (view: View, placed: Known): boolean => operationsOf(view, placed).some(({ fact }) => fact !== undefined && fact.risk !== 'read');

/** V25: whoever knows the address may start it. */
const openWebhooks: Rule = (view) => {
  const open = active(view).filter(({ node, type }) => type.control === 'trigger' && node.config['mode'] === 'webhook' && (node.config['auth'] ?? 'none') === 'none');
  const forbidden = view.facts.openWebhooksForbidden === true && active(view).some((placed) => writes(view, placed));
  const say = forbidden ? error : warning;
  return open.map(({ node }) => say('V25', node, forbidden ? 'A policy forbids webhooks without authentication in front of Operations that change something' : 'Everybody who knows its address can start the workflow: give the webhook an authentication', { pointer: '/config/auth' }));
}; // prettier-ignore

/** V41: nobody publishes more than they may do themselves. */
const beyondPublisher: Rule = (view) => {
  const may = view.facts.publisherMay;
  if (view.settings.runAs !== 'service' || !may) return [];
  return active(view).flatMap((placed) =>
    operationsOf(view, placed)
      .filter(({ fact }) => fact !== undefined && !may(fact.permission))
      .map(({ name, fact }) => error('V41', placed.node, `The workflow runs as a service account, and you do not hold ${fact!.permission}, which "${name}" needs`)),
  );
}; // prettier-ignore

/** What a call changes, where that is written out: the Operation's resource and its id. */
function written(view: View, placed: Known): string | undefined {
  const { input } = placed.node.config;
  const id = typeof input === 'object' && input !== null && !Array.isArray(input) ? input['id'] : undefined;
  const [first] = operationsOf(view, placed);
  if (id === undefined || !first?.fact || first.fact.risk === 'read') return undefined;
  return `${first.name.slice(0, first.name.lastIndexOf('.'))} ${JSON.stringify(id)}`;
}

/** Whether both may run in one execution, neither before the other. */
function atOnce({ topology }: View, a: Placed, b: Placed): boolean {
  const { leadsTo, choices, nodes, startedBy } = topology;
  if (leadsTo(a.node.id, b.node.id) !== false || leadsTo(b.node.id, a.node.id) !== false) return false;
  if (![...(startedBy.get(a.node.id) ?? [])].some((trigger) => startedBy.get(b.node.id)?.has(trigger))) return false;
  const portOf = new Map([...(choices.get(a.node.id) ?? [])].map((choice) => [choice.slice(0, 36), choice.slice(37)]));
  return ![...(choices.get(b.node.id) ?? [])].some((choice) => {
    const port = portOf.get(choice.slice(0, 36));
    return port !== undefined && areExclusive(nodes.get(choice.slice(0, 36))!, port, choice.slice(37));
  });
}

/** V44: two branches at work on the same thing. */
const collisions: Rule = (view) =>
  [...Map.groupBy(active(view).filter((placed) => written(view, placed) !== undefined), (placed) => written(view, placed))].flatMap(([, group]) =>
    group.flatMap((a, at) =>
      group.slice(at + 1).filter((b) => atOnce(view, a, b)).map((b) => warning('V44', b.node, `"${a.node.key}" and "${b.node.key}" change the same thing on branches that run at the same time`)),
    ),
  ); // prettier-ignore

/** Undoing is what it is for; it is not undone itself. */
const UNDO = 'changes.rollback';

/** V45: what is to be undone must be something that can be undone. */
const rollback: Rule = (view) => {
  if (view.settings.rollbackOnFailure !== 'auto') return [];
  const isUndone = ({ node }: Placed): boolean => node.settings?.compensate !== undefined && view.topology.byKey.has(node.settings.compensate);
  return active(view)
    .filter((placed) => !isUndone(placed) && !undoneBy(view, placed))
    .flatMap((placed) =>
      operationsOf(view, placed)
        .filter(({ name, fact }) => fact !== undefined && fact.risk !== 'read' && !fact.rollback && name !== UNDO)
        .map(({ name }) =>
          error('V45', placed.node, `The workflow undoes everything when it fails, and "${name}" cannot be undone`, {
            pointer: '/config/operation',
            fix: { title: 'Ask before it is undone', ops: [{ op: 'updateSettings', set: { rollbackOnFailure: 'ask' } }] },
          }),
        ),
    );
};

export const operations: readonly Rule[] = [known, openWebhooks, beyondPublisher, collisions, rollback];
