import type { Content } from '../content.ts';
import type { Kind } from '../kinds.ts';
import type { SlackMessage } from '../providers/port.ts';

/** Channels are read by many, so they speak English whatever each of them prefers. */
const HEADLINES: Partial<Record<Kind | 'test', string>> = {
  'approval.requested': 'Approval asked for',
  'approval.reminder': 'Still waits for approval',
  'approval.escalated': 'Not decided in time',
  'approval.approved': 'Approved',
  'approval.rejected': 'Rejected',
  'approval.expired': 'Nobody decided in time',
  'approval.revoked': 'An approval was taken back',
  'approval.superseded': 'The plan has changed',
  'approval.cancelled': 'Request given up',
  'approval.delegated': 'Decision handed on',
  'change.started': 'Change has begun',
  'change.succeeded': 'Change done',
  'change.failed': 'Change failed',
  'change.held': 'Change is held',
  'change.rolledBack': 'Change failed and was undone',
  'change.rollbackFailed': 'Change could not be undone',
  'emergency.used': 'Emergency: approvals were skipped',
  'emergency.reviewed': 'Emergency reviewed',
  'emergency.overdue': 'Emergency still not reviewed',
  'access.changed': 'Rights changed',
  'access.requested': 'Access asked for',
  'access.decided': 'Request for access decided on',
  'access.reviewAsked': 'Access review begun',
  'access.reviewReminder': 'Access review still open',
  'access.reviewWarning': 'Rights about to end',
  'access.reviewClosed': 'Access review over',
  'session.newDevice': 'New sign-in',
  'policy.activated': 'Policy in force',
  'policy.violated': 'Critical policy violated',
  'report.delivered': 'Scheduled report made',
  'report.failed': 'Scheduled report failed',
  'secret.expiring': 'Secret expires or is to be rotated',
  'secret.exported': 'Secrets exported',
  'exchange.requested': 'Port at the exchange asked for',
  'exchange.decided': 'Port at the exchange',
  'exchange.maintenance': 'Maintenance at the exchange',
  'exchange.finding': 'Critical finding at the exchange',
  'webhook.disabled': 'Webhook disabled',
  'workflow.message': 'Message of a workflow',
  test: 'Test message: this channel works',
};

/** The three signs with a meaning in Slack's markup; nobody mentions a channel by the name of a server. */
export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function targetsOf({ targets = [], targetCount = 0 }: Content): string | undefined {
  if (targets.length === 0) return undefined;
  return targets.join(', ') + (targetCount > targets.length ? ` and ${targetCount - targets.length} more` : '');
}

const fieldsOf = (content: Content): object[] =>
  (
    [
      ['Operation', content.operation],
      ['Asked for by', content.requester],
      ['Environment', content.environment],
      ['Risk', content.risk],
      ['Concerns', targetsOf(content)],
      ['Reason', content.reason],
      ['Until', content.expiresAt],
    ] as const
  ).flatMap(([name, value]) => (value ? [{ type: 'mrkdwn', text: `*${name}*\n${escaped(short(value, 1_000))}` }] : []));

/** Only where a mistake is mended easily and no fresh proof is asked for (governance.md 10). */
export const mayDecideHere = ({ risk, stepUp, approvalId, planHash }: Content): boolean =>
  (risk === 'low' || risk === 'medium') && stepUp !== true && approvalId !== undefined && planHash !== undefined;

const buttonsFor = ({ approvalId, planHash }: Content): object[] => {
  const value = JSON.stringify({ approval: approvalId, plan: planHash });
  const button = (act: 'approve' | 'reject', text: string, style: string): object => ({
    type: 'button', action_id: act, value, style, text: { type: 'plain_text', text },
    confirm: { title: { type: 'plain_text', text: `${text}?` }, text: { type: 'plain_text', text: 'You decide on exactly the plan that this request is about.' }, confirm: { type: 'plain_text', text }, deny: { type: 'plain_text', text: 'Back' } },
  }); // prettier-ignore
  return [button('approve', 'Approve', 'primary'), button('reject', 'Reject', 'danger')];
};
const COMMENT = {
  type: 'input',
  block_id: 'comment',
  optional: true,
  label: { type: 'plain_text', text: 'Comment (needed to reject)' },
  element: { type: 'plain_text_input', action_id: 'text', max_length: 3_000 },
};

export interface Look {
  publicUrl: string;
  /** The channel has a bot that hears of pressed buttons. */
  interactive: boolean;
  /** In the place of buttons: what was decided. */
  outcome?: string;
}

/** One thing to know of, for a channel. */
export function slackMessage(kind: Kind | 'test', content: Content, { publicUrl, interactive, outcome }: Look): SlackMessage {
  const headline = [content.number, HEADLINES[kind] ?? kind].filter(Boolean).join(': ');
  const text = [headline, content.summary].filter(Boolean).join(' · ');
  const open = { type: 'button', action_id: 'open', text: { type: 'plain_text', text: 'Review' }, url: publicUrl + content.page };
  const decides = interactive && kind === 'approval.requested' && outcome === undefined && mayDecideHere(content);
  const fields = fieldsOf(content);
  return {
    text: escaped(short(text, 3_000)),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: short(headline, 150) } },
      ...(content.summary ? [{ type: 'section', text: { type: 'mrkdwn', text: escaped(short(content.summary, 2_900)) } }] : []),
      ...(fields.length > 0 ? [{ type: 'section', fields }] : []),
      ...(outcome === undefined ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text: escaped(outcome) }] }]),
      ...(decides ? [COMMENT] : []),
      { type: 'actions', elements: [...(decides ? buttonsFor(content) : []), open] },
    ],
  };
}
