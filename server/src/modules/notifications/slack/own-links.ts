import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { findChannel } from '../channels.ts';
import { Post } from '../providers/port.ts';
import { channels, slackLinks } from '../tables.ts';
import { readClaim } from './links.ts';

export const SlackLink = z.object({
  id: z.uuid(),
  channelId: z.uuid(),
  channel: z.string(),
  slackUser: z.string(),
  slackName: z.string(),
  createdAt: z.iso.datetime(),
});
export type SlackLink = z.infer<typeof SlackLink>;

const viewOf = ({ id, channelId, slackUser, slackName, createdAt }: typeof slackLinks.$inferSelect, channel: string): SlackLink => ({
  id, channelId, channel, slackUser, slackName, createdAt: createdAt.toISOString(),
}); // prettier-ignore

export async function linksOf({ db, tenantId, actor }: ReadContext): Promise<SlackLink[]> {
  const rows = await db
    .select({ link: slackLinks, channel: channels.name })
    .from(slackLinks)
    .innerJoin(channels, and(eq(channels.tenantId, slackLinks.tenantId), eq(channels.id, slackLinks.channelId)))
    .where(and(eq(slackLinks.tenantId, tenantId), eq(slackLinks.userId, actor.id)))
    .orderBy(asc(slackLinks.id));
  return rows.map(({ link, channel }) => viewOf(link, channel));
}

/**
 * A person says in a session that somebody in Slack is them. The link was shown to that somebody alone, and Slack has to know them by
 * the same address: whoever is talked into opening another's link confirms nothing.
 */
export async function confirmLink(ctx: Context, token: string): Promise<SlackLink> {
  const { db, tenantId, actor } = ctx;
  if (actor.kind !== 'user') throw new Problem('permission-denied', 'Only a person in a session of their own confirms who they are in Slack.');
  const claim = readClaim(ctx.provider(Post).keyed, token, ctx.now());
  if (claim.tenantId !== tenantId || claim.email !== actor.email?.toLowerCase())
    throw new Problem('slack-link-invalid', 'The link is for another tenant, or Slack knows that person by another address than yours.');
  const channel = await findChannel(ctx, claim.channelId);
  const at = ctx.now();
  const set = { userId: actor.id, slackName: claim.name, updatedAt: at };
  const [row] = await db
    .insert(slackLinks)
    .values({ tenantId, id: newId(), channelId: channel.id, slackTeam: claim.team, slackUser: claim.user, createdAt: at, ...set })
    .onConflictDoUpdate({ target: [slackLinks.tenantId, slackLinks.channelId, slackLinks.slackTeam, slackLinks.slackUser], set })
    .returning();
  return viewOf(row!, channel.name);
}

/** Throws `not-found` for a link that is not one's own. */
export async function removeLink({ db, tenantId, actor }: Context, id: string): Promise<{ id: string }> {
  const own = and(eq(slackLinks.tenantId, tenantId), eq(slackLinks.id, id), eq(slackLinks.userId, actor.id));
  const { rowCount } = await db.delete(slackLinks).where(own);
  if (rowCount === 0) throw new Problem('not-found', 'You are not known in Slack by this link.');
  return { id };
}
