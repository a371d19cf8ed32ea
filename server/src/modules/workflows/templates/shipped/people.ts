import type { Shipped } from './declare.ts';
import { agreement, byHand, condition, notice, operation, text } from './parts.ts';

/** People who come and go, calls from other systems, and what is done when something breaks. */
export const people: readonly Shipped[] = [
  {
    id: 'onboarding',
    name: 'Somebody joins',
    description: 'Invites a person with a role, and tells whoever is on call that they come.',
    category: 'people',
    icon: 'user-plus',
    tags: ['people'],
    featured: true,
    nodes: [
      byHand({ email: { type: 'string', format: 'email', title: 'E-mail' }, roleId: text('Role') }, ['email', 'roleId']),
      operation('invite', 'Invite', 'invitations.create', { id: '{{ tenant.id }}', email: '{{ input.email }}', roleIds: ['{{ input.roleId }}'] }),
      notice('tell', 'Tell', '{{ nodes.start.output.email }} was invited', 'By {{ actor.email }}.'),
    ],
    links: ['start -> invite', 'invite -> tell'],
  },
  {
    id: 'offboarding',
    name: 'Somebody leaves',
    description: 'With the agreement of somebody else a member is suspended: sessions and keys end at once, and nothing is lost.',
    category: 'people',
    icon: 'user-minus',
    tags: ['people', 'approval'],
    nodes: [
      byHand({ userId: text('Member'), reason: text('Reason') }, ['userId', 'reason']),
      operation('look', 'Look who it is', 'members.get', { userId: '{{ input.userId }}' }),
      agreement('ask', 'Suspend {{ nodes.look.output.result.name }}?', '{{ nodes.start.output.reason }}'),
      operation('suspend', 'Suspend', 'members.suspend', { userId: '{{ nodes.start.output.userId }}', reason: '{{ nodes.start.output.reason }}' }),
      notice('tell', 'Tell', '{{ nodes.look.output.result.name }} was suspended', '{{ nodes.start.output.reason }}'),
      notice('kept', 'Tell of the refusal', '{{ nodes.look.output.result.name }} stays', 'Nobody agreed to suspend them.'),
    ],
    links: ['start -> look', 'look -> ask', 'ask:approved -> suspend', 'suspend -> tell', 'ask:rejected -> kept'],
  },
  {
    id: 'alert-intake',
    name: 'Alerts by webhook',
    description: 'Takes signed alerts of a monitoring system, passes the critical ones on, keeps all in a table, and answers at once.',
    category: 'integration',
    icon: 'webhook',
    tags: ['webhook', 'alerts'],
    featured: true,
    nodes: [
      { key: 'start', type: 'trigger', name: 'Alert', config: { mode: 'webhook', path: 'alerts', methods: ['POST'], auth: 'hmac', secret: 'secret://ALERT_SIGNING_KEY', response: { mode: 'immediate', status: 202 }, dedupeKey: 'trigger.body.?id.orValue("")' } },
      { key: 'alert', type: 'transform', name: 'What is told', config: { mode: 'fields', keep: 'none', fields: [{ name: 'severity', value: '{{ trigger.body.?severity.orValue("info") }}' }, { name: 'title', value: '{{ trigger.body.?title.orValue("Alert") }}' }] } },
      condition('critical', 'Critical?', 'input.severity == "critical"'),
      notice('page', 'Wake somebody', '{{ nodes.alert.output.title }}', 'By webhook.', 'critical'),
      { key: 'announce', type: 'emit_event', name: 'Announce', config: { type: 'custom.alert.received', data: 'nodes.alert.output' } },
    ],
    links: ['start -> alert', 'alert -> critical', 'critical:true -> page', 'critical:false -> announce'],
  },
  {
    id: 'incident-runbook',
    name: 'Runbook: a server does not answer',
    description: 'Looks at the server, asks a person whether to reboot it, does so, waits, looks again, and escalates if it is no better.',
    category: 'incidents',
    icon: 'life-buoy',
    tags: ['servers', 'approval', 'runbook'],
    featured: true,
    nodes: [
      byHand({ serverId: text('Server') }, ['serverId']),
      operation('before', 'Look at it', 'servers.get', { id: '{{ input.serverId }}' }),
      agreement('ask', 'Reboot {{ nodes.before.output.result.name }}?', 'Its state is {{ nodes.before.output.result.status }}.'),
      operation('reboot', 'Reboot', 'servers.reboot', { id: '{{ nodes.start.output.serverId }}' }, { reason: 'It did not answer' }),
      { key: 'settle', type: 'delay', name: 'Three minutes', config: { mode: 'for', for: { value: 3, unit: 'minutes' } } },
      operation('after', 'Look again', 'servers.get', { id: '{{ nodes.start.output.serverId }}' }),
      condition('good', 'Runs?', 'nodes.after.output.result.status == "running"'),
      notice('solved', 'Tell', '{{ nodes.before.output.result.name }} runs again', 'After a reboot.'),
      notice('escalate', 'Escalate', '{{ nodes.before.output.result.name }} does not run', 'A reboot did not help.', 'critical'),
      notice('refused', 'Tell of the refusal', '{{ nodes.before.output.result.name }} was not rebooted', 'Nobody agreed to it.', 'warning'),
    ],
    links: [
      'start -> before', 'before -> ask', 'ask:approved -> reboot', 'reboot -> settle', 'settle -> after', 'after -> good', 'good:true -> solved', 'good:false -> escalate', 'ask:rejected -> refused',
    ],
  },
]; // prettier-ignore
