import { z } from 'zod';

export const ACTS = ['approve', 'reject'] as const;

/** What a pressed button says, as far as it concerns us. Of what is in the message only the ids that we wrote there are believed. */
export interface Pressed {
  act: (typeof ACTS)[number];
  approvalId: string;
  planHash: string;
  comment: string | undefined;
  user: string;
  team: string;
  userName: string;
  /** Channel and message that the button is in. */
  channel: string;
  message: string;
  /** Moment of the press: the same press sent again is the same. */
  at: string;
}

const Id = z.string().regex(/^[A-Z0-9]{2,32}$/);
const Ts = z.string().regex(/^\d{1,12}\.\d{1,8}$/);
const Payload = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: Id, username: z.string().max(200).optional(), name: z.string().max(200).optional(), team_id: Id.optional() }),
  team: z.object({ id: Id }).nullish(),
  channel: z.object({ id: Id }),
  message: z.object({ ts: Ts }),
  actions: z.array(z.object({ action_id: z.string().max(255), value: z.string().max(2_000).optional(), action_ts: Ts.optional() })).min(1),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().max(4_000).nullish() }).loose())) }).optional(),
});
const Value = z.object({ approval: z.uuid(), plan: z.string().regex(/^[0-9a-f]{64}$/) });

type Posted = z.output<typeof Payload>;

/** The workspace of the person: in a shared channel not that of the channel. */
const personOf = ({ user, team }: Posted): Pick<Pressed, 'user' | 'team' | 'userName'> => ({
  user: user.id,
  team: user.team_id ?? team?.id ?? '',
  userName: user.username ?? user.name ?? user.id,
});
const commentOf = ({ state }: Posted): string | undefined => state?.values['comment']?.['text']?.value?.trim() || undefined;

/** Reads the form that Slack posts when a button is pressed; undefined for anything that is no decision. */
export function pressedIn(body: string): Pressed | undefined {
  try {
    const posted = Payload.parse(JSON.parse(new URLSearchParams(body).get('payload') ?? ''));
    const [{ action_id: act, value, action_ts: at }] = posted.actions as [Posted['actions'][number]];
    if (act !== 'approve' && act !== 'reject') return undefined;
    const { approval, plan } = Value.parse(JSON.parse(value ?? ''));
    const { ts: message } = posted.message;
    return {
      act,
      approvalId: approval,
      planHash: plan,
      comment: commentOf(posted),
      ...personOf(posted),
      channel: posted.channel.id,
      message,
      at: at ?? message,
    };
  } catch {
    return undefined;
  }
}
