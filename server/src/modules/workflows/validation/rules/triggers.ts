import { isOpen } from '../../nodes/values.ts';
import { ScheduleTrigger } from '../../triggers/config.ts';
import { closest, nextDue, type Timetable } from '../../triggers/schedule/rules.ts';
import { higherRisk, riskInside } from '../../triggers/operation/risk.ts';
import type { Finding } from '../findings.ts';
import { active, error, literal, warning, type Rule, type View } from '../view.ts';

type Trigger = ReturnType<typeof active>[number];
const inMode = (view: View, ...modes: string[]): Trigger[] =>
  active(view).filter(({ node, type }) => type.control === 'trigger' && modes.includes(String(node.config['mode'] ?? 'manual')));

/** Which field of a schedule says when. */
const WHEN = { cron: 'cron', interval: 'every', once: 'at' } as const;

function rhythmFault(schedule: ScheduleTrigger, { facts }: View): string | undefined {
  const timetable: Timetable = { ...schedule, zone: schedule.timezone ?? facts.timezone, since: facts.now };
  if (nextDue(timetable, facts.now) === null) return 'The schedule never fires';
  const seconds = closest(timetable, facts.now);
  const least = facts.limits.scheduleSeconds;
  return seconds !== undefined && seconds < least
    ? `The schedule fires every ${seconds} s, and ${least} s is the least that the plan allows`
    : undefined;
}

/** V23: schedules that fire, and not more often than they may. */
const schedules: Rule = (view) =>
  inMode(view, 'schedule').flatMap(({ node }): Finding[] => {
    const { data: schedule } = ScheduleTrigger.safeParse(node.config);
    if (!schedule) return [];
    const field = WHEN[schedule.type];
    const say = (message: string): Finding[] => [error('V23', node, message, { pointer: `/config/${field}` })];
    if (schedule[field] === undefined) return say(`A schedule of type ${schedule.type} needs ${field}`);
    try {
      const fault = rhythmFault(schedule, view);
      return fault === undefined ? [] : say(fault);
    } catch (fault) {
      return say(`The schedule is not valid: ${(fault as Error).message}`);
    }
  });

/** V24: one path, one webhook. */
const paths: Rule = (view) => {
  const met = new Set<string>();
  return inMode(view, 'webhook').flatMap(({ node }): Finding[] => {
    const path = literal(node.config, 'path');
    if (path === undefined) return [];
    const taken = view.facts.webhookPaths.has(path) || met.has(path);
    met.add(path);
    return taken ? [error('V24', node, `The path "${path}" belongs to another webhook`, { pointer: '/config/path' })] : [];
  });
};

const answersBy = ({ node }: Trigger): unknown => (node.config['response'] as { mode?: unknown } | undefined)?.mode;

/** V26: an answer that nobody waits for. */
const answers: Rule = (view) => {
  const responds = active(view).filter(({ node }) => node.type === 'respond');
  if (responds.length === 0 || inMode(view, 'webhook').some((one) => answersBy(one) === 'respond_node')) return [];
  const say = inMode(view, 'manual').length > 0 ? warning : error;
  return responds.map(({ node }) => say('V26', node, `No trigger waits for what "${node.key}" answers: let a webhook answer by respond_node`));
};

/** V27: a caller who waits is answered on every way. */
const unanswered: Rule = (view) => {
  const { nodes } = view.topology;
  const responds = new Set(active(view).filter(({ node }) => node.type === 'respond').map(({ node }) => node.id)); // prettier-ignore
  return inMode(view, 'webhook')
    .filter((one) => answersBy(one) === 'respond_node')
    .flatMap((trigger): Finding[] => {
      if (responds.size === 0) return [error('V27', trigger.node, 'The webhook answers by a Respond node, and there is none', { pointer: '/config/response/mode' })];
      const met = new Set<string>();
      const waiting = [trigger.node.id];
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        if (met.has(id) || responds.has(id)) continue;
        met.add(id);
        waiting.push(...nodes.get(id)!.outgoing.map(({ target }) => target));
      }
      const ends = [...met].map((id) => nodes.get(id)!).filter(({ outgoing, type }) => outgoing.length === 0 && type?.control !== 'fail');
      return ends.map(({ node }) => warning('V27', node, `A run that ends at "${node.key}" never answers whoever called "${trigger.node.key}"`));
    });
}; // prettier-ignore

/** V42: what no person starts runs as no person. */
const nobody: Rule = (view) => {
  if (view.settings.runAs !== 'invoker') return [];
  const open = inMode(view, 'webhook').filter(({ node }) => (node.config['auth'] ?? 'none') === 'none');
  return [...inMode(view, 'schedule', 'event'), ...open].map(({ node }) =>
    error('V42', node, `Nobody invokes what "${node.key}" starts: let the workflow run as a service account`, {
      pointer: '/config/mode',
      fix: { title: 'Run as a service account', ops: [{ op: 'updateSettings', set: { runAs: 'service' } }] },
    }),
  );
};

/** V28: parts that there are, and that do not lead back here. */
const parts: Rule = (view) =>
  active(view).flatMap(({ node }): Finding[] => {
    if (node.type !== 'sub_workflow') return [];
    const name = node.config['workflow'];
    const { workflows, workflowId } = view.facts;
    if (typeof name !== 'string') return [];
    const say = (message: string): Finding[] => [error('V28', node, message, { pointer: '/config/workflow' })];
    // It acts on the authority of this one: whoever publishes must know which it is.
    if (isOpen(name)) return say('Workflows are named: an expression cannot say which one');
    if (name === workflowId) return say('The workflow would call itself');
    const found = workflows.find(({ id, slug }) => id === name || slug === name);
    if (!found) return say(`There is no published workflow "${name}"`);
    if (!found.callable) return say(`"${found.slug}" cannot be called: it has no trigger of mode workflow`);
    const byId = new Map(workflows.map((one) => [one.id, one]));
    const met = new Set<string>();
    const waiting = [found.id];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (id === workflowId) return say(`"${found.slug}" calls this workflow, which calls it`);
      if (met.has(id)) continue;
      met.add(id);
      waiting.push(...(byId.get(id)?.calls ?? []));
    }
    return [];
  });

/** V03: a workflow is one Operation, which says no less of itself than what is in it. */
const operations: Rule = (view) => {
  const [first, ...others] = inMode(view, 'operation');
  if (!first) return [];
  const { risk } = first.node.config;
  const inside = riskInside(view.graph.nodes, (name) => view.facts.operations.get(name)?.risk);
  const isLess = (risk === 'read' || risk === 'write') && higherRisk(risk, inside) !== risk;
  return [
    ...others.map(({ node }) => error('V03', node, 'A workflow is published as one Operation', { pointer: '/config/mode' })),
    ...(isLess ? [error('V03', first.node, `What it does is of risk ${inside}: say so`, { pointer: '/config/risk', fix: { title: `Say ${inside}`, ops: [{ op: 'updateNode', id: first.node.id, set: { config: { ...first.node.config, risk: inside } } }] } })] : []),
  ];
}; // prettier-ignore

export const triggers: readonly Rule[] = [schedules, paths, answers, unanswered, nobody, parts, operations];
