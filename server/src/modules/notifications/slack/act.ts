import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { JobData } from '#kernel/jobs.ts';
import { asProblem } from '#kernel/problem.ts';
import { openChannel, type BotSecrets } from '../channels.ts';
import type { Content } from '../content.ts';
import type { Decisions, Post, Slack, Surroundings } from '../providers/port.ts';
import { channels, deliveries, slackActions, slackLinks } from '../tables.ts';
import { signClaim } from './links.ts';
import { mayDecideHere, slackMessage } from './messages.ts';
import type { Pressed } from './press.ts';

export interface ActDeps {
  databases: Databases;
  slack: Slack;
  post: Post;
  decisions: Decisions;
  around: Surroundings;
  now: Clock;
}

interface Scene {
  said: Pressed;
  bot: BotSecrets;
  /** The person here whom they are linked to. */
  userId: string | undefined;
  /** What the button was about, as we sent it. */
  content: Content | undefined;
}

/** All that is known of a press that nobody has answered yet. */
async function sceneOf(db: Database, { post }: ActDeps, tenantId: string, id: string): Promise<Scene | undefined> {
  const mine = and(eq(slackActions.tenantId, tenantId), eq(slackActions.id, id));
  const [action] = await db.select().from(slackActions).where(mine);
  if (!action || action.answeredAt !== null) return undefined;
  const { said, channelId } = action;
  const [channel] = await db.select().from(channels).where(and(eq(channels.tenantId, tenantId), eq(channels.id, channelId))); // prettier-ignore
  if (!channel?.enabled || channel.kind !== 'slack-bot') return undefined;
  const here = and(eq(slackLinks.tenantId, tenantId), eq(slackLinks.channelId, channelId));
  const [link] = await db.select().from(slackLinks).where(and(here, eq(slackLinks.slackTeam, said.team), eq(slackLinks.slackUser, said.user))); // prettier-ignore
  const sent = and(eq(deliveries.tenantId, tenantId), eq(deliveries.channelId, channelId), eq(deliveries.ref, said.message));
  const [delivery] = await db.select({ content: deliveries.content }).from(deliveries).where(sent);
  return { said, bot: (await openChannel(db, post.sealer, channel)) as BotSecrets, userId: link?.userId, content: delivery?.content };
}

const AGREED = { approve: 'Your approval counts.', reject: 'The request is rejected.' } as const;
const DONE = { approve: 'Approved', reject: 'Rejected' } as const;

/** Deciding as the person they are here; the answer is for them alone. */
async function decide({ decisions }: ActDeps, tenantId: string, userId: string, { act, approvalId, planHash, comment }: Pressed) {
  try {
    await decisions.decide({ tenantId, userId }, { approvalId, planHash, verdict: act, comment });
    return { done: true, answer: AGREED[act] };
  } catch (error) {
    const problem = asProblem(error);
    // Ours, not theirs: the job tries again.
    if (problem.kind.status >= 500) throw error;
    return { done: false, answer: problem.message };
  }
}

async function answerTo(deps: ActDeps, tenantId: string, channelId: string, scene: Scene): Promise<{ done: boolean; answer: string }> {
  const { said, bot, userId, content } = scene;
  const { around, post, slack, now } = deps;
  // What may be decided here is told by what we sent, not by what comes back.
  if (!content || content.approvalId !== said.approvalId || !mayDecideHere(content))
    return { done: false, answer: 'This cannot be decided in Slack. Open the request to review it.' };
  if (userId !== undefined) return decide(deps, tenantId, userId, said);
  const email = await slack.addressOf(said.user, bot.token);
  if (!email) return { done: false, answer: 'Slack does not tell your address, so you cannot be recognised. Open the request to review it.' };
  const claim = { tenantId, channelId, team: said.team, user: said.user, name: said.userName, email: email.toLowerCase() };
  const link = `${around.publicUrl}/settings/notifications#slack=${signClaim(post.keyed, claim, now())}`;
  return { done: false, answer: `Before you decide here, confirm who you are: ${link}` };
}

/** Carries out a press: decides, and tells the one who pressed. Twice is once: a second decision is refused by approvals themselves. */
export async function actOn(deps: ActDeps, { tenantId, actionId }: JobData): Promise<void> {
  const { databases, slack, around, now } = deps;
  const where = and(eq(slackActions.tenantId, tenantId), eq(slackActions.id, actionId!));
  const found = await databases.tenant({ tenantId }, async (db) => {
    const scene = await sceneOf(db, deps, tenantId, actionId!);
    const [row] = await db.select({ channelId: slackActions.channelId }).from(slackActions).where(where);
    return scene && row && { scene, channelId: row.channelId };
  });
  if (!found) return;
  const { said, bot, content } = found.scene;
  const { done, answer } = await answerTo(deps, tenantId, found.channelId, found.scene);
  // The link in it is good for one person: the log keeps that there was one, not which.
  const kept = answer.replace(/#slack=\S+/, '#slack=…');
  await databases.tenant({ tenantId }, async (db) => {
    await db.update(slackActions).set({ answer: kept, answeredAt: now(), updatedAt: now() }).where(where);
  });
  await slack.whisper(answer, { token: bot.token, channel: said.channel, user: said.user });
  if (!done || !content) return;
  const message = slackMessage('approval.requested', content, { publicUrl: around.publicUrl, interactive: true, outcome: `${DONE[said.act]} by ${said.userName}` }); // prettier-ignore
  await slack.replace(message, { token: bot.token, channel: said.channel, ref: said.message });
}
