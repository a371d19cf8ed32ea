import { isUuid } from '#kernel/database.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import { scrubValue } from '#kernel/taint.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { Content } from './content.ts';
import type { Kind } from './kinds.ts';
import { Surroundings, type Concern } from './providers/port.ts';

/** What an event means to people: who is told what. */
export interface Announcement {
  kind: Kind;
  /** Ids of people; those who are no people, or not active, drop out later. */
  to: readonly string[];
  content: Content;
  /** The same thing announced twice is one notification. */
  dedupeKey: string;
  changeId: string | null;
}

type Data = Readonly<Record<string, unknown>>;
const text = (data: Data, name: string): string | undefined => (typeof data[name] === 'string' ? data[name] : undefined);
const people = (data: Data, ...names: string[]): string[] =>
  names.flatMap((name) => data[name] ?? []).filter((id): id is string => typeof id === 'string' && isUuid(id));

/** What an announcement is made of: the event, its Change if it has one, and how to ask who somebody is. */
interface Material {
  event: DeliveredEvent;
  data: Data;
  concern: Concern | undefined;
  holders: (permission: string) => Promise<string[]>;
  onCall: () => Promise<string[]>;
}
type Meaning = (material: Material) => { kind: Kind; to: readonly string[] | Promise<string[]>; key?: string } | undefined;

const requester = ({ data, concern }: Material): string[] =>
  people({ requesterId: text(data, 'requesterId') ?? concern?.requesterId }, 'requesterId');
const implementer = ({ concern }: Material): string[] => (concern?.implementerId ? [concern.implementerId] : []);
/** Whoever did it knows already. */
const others = (ids: readonly string[], { data }: Material): string[] => ids.filter((id) => id !== data['by']);

/** A request that is asked for anew, after an approval was taken back, is another one: its own id tells. */
const keyOf = (kind: Kind, data: Data, more = ''): string =>
  [kind, text(data, 'approvalId') ?? text(data, 'changeId'), more].filter(Boolean).join(':');

const ofRequest =
  (kind: Kind, to: (material: Material) => readonly string[]): Meaning =>
  (material) => ({ kind, to: to(material), key: keyOf(kind, material.data) });
const ofChange =
  (kind: Kind, when: (concern: Concern) => boolean = () => true): Meaning =>
  (material) =>
    material.concern && when(material.concern)
      ? { kind, to: [...requester(material), ...implementer(material)], key: keyOf(kind, material.data) }
      : undefined;
const ofAccess =
  (kind: Kind, ...names: string[]): Meaning =>
  (material) => ({ kind, to: others(people(material.data, ...names), material) });

const decided: Meaning = (material) => {
  const { data } = material;
  const kind = ({ approved: 'approval.approved', rejected: 'approval.rejected' } as const)[text(data, 'status') ?? ''];
  return kind && { kind, to: others([...people(data, 'recipients'), ...implementer(material)], material), key: keyOf(kind, data, text(data, 'by')) };
};
/** Each step of a request is a thing of its own to hear of. */
const ofPort: Meaning = ({ data }) => ({
  kind: 'exchange.decided',
  to: people(data, 'recipients'),
  key: `exchange.decided:${text(data, 'id')}:${Number(data['statusSeq'])}`,
});
/** People of the networks concerned hear of each turn of a maintenance; that it came to nothing is for those who planned it. */
const ofMaintenance: Meaning = ({ data, event }) => ({ kind: 'exchange.maintenance', to: people(data, 'recipients'), key: `${event.type}:${text(data, 'id')}:${Number(data['version'])}` }); // prettier-ignore
const notRequester = (material: Material): string[] => people(material.data, 'approvers').filter((id) => !requester(material).includes(id));

/** By event, as governance.md 10 has it. Of events whose module is not there nothing comes. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  'approval.requested': ofRequest('approval.requested', notRequester),
  // That of the clock is one, and each round that an execution asks for is another.
  'approval.reminder': (material) => ({
    kind: 'approval.reminder',
    to: notRequester(material),
    key: keyOf('approval.reminder', material.data, typeof material.data['round'] === 'number' ? String(material.data['round']) : ''),
  }),
  'approval.escalated': (material) => ({ kind: 'approval.escalated', to: notRequester(material), key: keyOf('approval.escalated', material.data, String(material.data['level'])) }),
  'approval.decided': decided,
  'approval.expired': ofRequest('approval.expired', ({ data }) => people(data, 'recipients')),
  'approval.superseded': ofRequest('approval.superseded', ({ data }) => people(data, 'recipients', 'approvers')),
  'approval.cancelled': ofRequest('approval.cancelled', (material) => notRequester(material)),
  'approval.revoked': (material) => ({ kind: 'approval.revoked', to: others(people(material.data, 'recipients'), material), key: `${keyOf('approval.revoked', material.data)}:${material.event.id}` }),
  'approval.delegated': ({ data, event }) => ({ kind: 'approval.delegated', to: people(data, 'approvers', 'recipients'), key: `approval.delegated:${event.id}` }),
  'change.running': ofChange('change.started', ({ waited }) => waited),
  'change.succeeded': ofChange('change.succeeded', ({ waited }) => waited),
  'change.failed': ofChange('change.failed'),
  // Whoever asked may not be the one who can let it go on.
  'change.paused': (material) => ({
    kind: 'change.held',
    to: material.holders('changes:apply').then((ids) => [...requester(material), ...implementer(material), ...ids]),
    key: `${keyOf('change.held', material.data)}:${material.event.id}`,
  }),
  'change.rolled_back': ofChange('change.rolledBack'),
  'change.rollback_failed': (material) => ({
    kind: 'change.rollbackFailed',
    to: material.onCall().then((ids) => [...requester(material), ...implementer(material), ...ids]),
    key: keyOf('change.rollbackFailed', material.data),
  }),
  'emergency.used': (material) => ({ kind: 'emergency.used', to: others(people(material.data, 'recipients'), material), key: `emergency.used:${text(material.data, 'emergencyId') ?? material.event.id}` }),
  'emergency.reviewed': ofAccess('emergency.reviewed', 'recipients'),
  'emergency.review_overdue': ({ data, event }) => ({ kind: 'emergency.overdue', to: people(data, 'recipients'), key: `emergency.overdue:${event.id}` }),
  'grant.created': ofAccess('access.changed', 'subjectId'),
  'grant.revoked': ofAccess('access.changed', 'subjectId'),
  'grant.expired': ofAccess('access.changed', 'subjectId'),
  'accessRequest.requested': ofAccess('access.requested', 'approvers'),
  'accessRequest.approved': ofAccess('access.decided', 'recipients', 'requesterId', 'userId'),
  'accessRequest.rejected': ofAccess('access.decided', 'recipients', 'requesterId', 'userId'),
  'accessRequest.expired': ofAccess('access.decided', 'recipients', 'requesterId', 'userId'),
  'accessReview.started': ofAccess('access.reviewAsked', 'recipients'),
  'accessReview.reminder': ({ data }) => ({ kind: 'access.reviewReminder', to: people(data, 'recipients'), key: `access.reviewReminder:${text(data, 'reviewId')}:${Number(data['step'])}` }),
  'accessReview.warning': ({ data }) => ({ kind: 'access.reviewWarning', to: people(data, 'recipients'), key: `access.reviewWarning:${text(data, 'reviewId')}` }),
  'accessReview.closed': ofAccess('access.reviewClosed', 'recipients'),
  'reportSchedule.delivered': ({ data }) => ({ kind: 'report.delivered', to: people(data, 'recipients'), key: `report.delivered:${text(data, 'runId')}` }),
  'reportSchedule.failed': (material) => ({
    kind: 'report.failed',
    to: material.holders('reports:schedule').then((ids) => [...people(material.data, 'recipients'), ...ids]),
    key: `report.failed:${text(material.data, 'runId')}`,
  }),
  'session.new_device': ofAccess('session.newDevice', 'userId'),
  'policy.activated': (material) => ({ kind: 'policy.activated', to: material.holders('policies:activate').then((ids) => others(ids, material)) }),
  'policy.violated': (material) =>
    material.data['severity'] === 'critical'
      ? { kind: 'policy.violated', to: material.holders('policies:activate'), key: violationKey(material) }
      : undefined,
  'secret.expiring': ({ data, event }) => ({ kind: 'secret.expiring', to: people(data, 'recipients'), key: `secret.expiring:${event.id}` }),
  'workflow.message_sent': ({ data }) => ({ kind: 'workflow.message', to: people(data, 'recipients'), key: `workflow.message:${text(data, 'key')}` }),
  'exchange.request.pending': (material) => ({
    kind: 'exchange.requested',
    to: material.holders('exchangeRequests:decide').then((ids) => ids.filter((id) => id !== material.data['requesterId'])),
    key: `exchange.requested:${text(material.data, 'id')}`,
  }),
  'exchange.request.active': ofPort,
  'exchange.request.failed': ofPort,
  'exchange.request.rejected': ofPort,
  'exchange.request.suspended': ofPort,
  'exchange.request.left': ofPort,
  'exchange.finding.opened': (material) =>
    material.data['severity'] === 'critical'
      ? { kind: 'exchange.finding', to: material.holders('exchange:manage'), key: `exchange.finding:${material.event.id}` }
      : undefined,
  'exchange.maintenance.planned': ofMaintenance,
  'exchange.maintenance.changed': ofMaintenance,
  'exchange.maintenance.reminded': ofMaintenance,
  'exchange.maintenance.begun': ofMaintenance,
  'exchange.maintenance.ended': ofMaintenance,
  'exchange.maintenance.cancelled': ofMaintenance,
  'exchange.maintenance.failed': (material) => ({ kind: 'exchange.maintenance', to: material.holders('exchange:manage'), key: `exchange.maintenance.failed:${text(material.data, 'id')}` }),
  'exchange.maintenance.sessions_lost': (material) => ({ kind: 'exchange.maintenance', to: material.holders('exchange:manage'), key: `exchange.maintenance.sessions_lost:${text(material.data, 'id')}` }),
  'webhook.disabled': (material) => ({ kind: 'webhook.disabled', to: material.onCall(), key: `webhook.disabled:${material.event.id}` }),
  // Whoever did it is told as well: it may have been somebody else with their key.
  'secret.exported': ({ data, event }) => ({ kind: 'secret.exported', to: people(data, 'recipients'), key: `secret.exported:${event.id}` }),
}; // prettier-ignore

/** One person who runs into one rule again and again is one thing to hear of in an hour. */
const violationKey = ({ data, event }: Material): string =>
  ['policy.violated', text(data, 'policyId'), text(data, 'actorId'), Math.floor(event.time.getTime() / 3_600_000)].join(':');

export const HEARD = Object.keys(MEANINGS);

const PAGES: Readonly<Record<string, string>> = { 'session.newDevice': '/settings/security', 'access.changed': '/settings/profile', 'exchange.requested': '/infrastructure/exchange-ports?whose=all', 'exchange.decided': '/infrastructure/exchange-ports', 'policy.activated': '/audit', 'policy.violated': '/audit', 'secret.exported': '/audit' }; // prettier-ignore

const OWN_PAGES: Readonly<Record<string, (data: Data) => string>> = {
  // A path of ours: the node that sends it lets nothing else through.
  'workflow.message': (data) => text(data, 'page') ?? '/',
  'exchange.maintenance': (data) =>
    data['state'] === 'failed' || data['sessions'] !== undefined ? '/exchange/admin/maintenance?tab=past' : '/infrastructure/exchange-ports',
  'webhook.disabled': (data) => `/settings/webhooks/${text(data, 'webhookId')}`,
  'secret.expiring': (data) => (data['kind'] === 'variable' ? '/settings/environment' : `/settings/secrets/${text(data, 'id')}`),
};

function pageOf(kind: Kind, data: Data, number: string | undefined): string {
  if (PAGES[kind]) return PAGES[kind];
  if (kind.startsWith('access.review')) return `/settings/access-reviews${text(data, 'reviewId') ? `?review=${text(data, 'reviewId')}` : ''}`;
  if (kind.startsWith('report.')) return '/compliance?tab=reports';
  const own = OWN_PAGES[kind]?.(data);
  if (own !== undefined || number === undefined) return own ?? '/';
  return kind.startsWith('approval.') && text(data, 'approvalId') ? `/approvals/${number}` : `/changes/${number}`;
}

/** Fields of an event that a notification says as they are, and where in it; of several with one place the last counts. */
const SAID = {
  operation: 'operation', name: 'summary', summary: 'summary', role: 'summary', policyId: 'summary', environment: 'environment', reason: 'reason', requester: 'requester', byName: 'requester', approvalId: 'approvalId', expiresAt: 'expiresAt',
} as const satisfies Record<string, keyof Content>; // prettier-ignore

/** What is known of it, whether there is a Change or not. */
function contentOf(kind: Kind, { data, concern }: Material): Content {
  const number = concern?.content.number ?? text(data, 'number');
  const said = Object.fromEntries(Object.entries(SAID).flatMap(([field, place]) => (text(data, field) ? [[place, text(data, field)]] : [])));
  return { ...concern?.content, ...said, ...(number ? { number } : {}), page: pageOf(kind, data, number) };
}

/** What an event means to people; undefined when it means nothing. */
export async function announcementOf(ctx: WorkContext, event: DeliveredEvent): Promise<Announcement | undefined> {
  const around = ctx.provider(Surroundings);
  const { data } = event;
  const changeId = text(data, 'changeId') ?? event.changeId;
  const concern = changeId ? await around.concern(ctx.db, ctx.tenantId, changeId) : undefined;
  const material: Material = {
    event,
    data,
    concern,
    holders: (permission) => around.holders(ctx.db, ctx.tenantId, permission),
    onCall: () => around.onCall(ctx.db, ctx.tenantId),
  };
  const meaning = MEANINGS[event.type]?.(material);
  if (!meaning) return undefined;
  const to = [...new Set(await meaning.to)];
  const content = scrubValue(contentOf(meaning.kind, material), ctx.tenantId);
  return { kind: meaning.kind, to, content, dedupeKey: meaning.key ?? `${event.type}:${event.id}`, changeId };
}
