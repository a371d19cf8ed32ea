import { isUuid } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { openChannel, type BotSecrets } from '../channels.ts';
import type { SlackDesk } from '../providers/port.ts';
import { channels, slackActions } from '../tables.ts';
import type { ActDeps } from './act.ts';
import { pressedIn } from './press.ts';
import { isFromSlack } from './verify.ts';

const forged = (): Problem => new Problem('slack-signature-invalid', 'The signature does not fit, or is too old. Nothing was done.');

/** Slack waits three seconds for an answer, so a press is only written down here; a job acts on it. */
export const createSlackDesk = ({ databases, post, now }: Pick<ActDeps, 'databases' | 'post' | 'now'>): SlackDesk => ({
  async receive(tenantId, channelId, signed) {
    if (!isUuid(tenantId) || !isUuid(channelId)) throw forged();
    await databases.tenant({ tenantId, actorId: 'system:slack' }, async (db) => {
      const [channel] = await db.select().from(channels).where(and(eq(channels.tenantId, tenantId), eq(channels.id, channelId))); // prettier-ignore
      if (channel?.kind !== 'slack-bot') throw forged();
      const { signingSecret } = (await openChannel(db, post.sealer, channel)) as BotSecrets;
      if (!isFromSlack(signed, signingSecret, now())) throw forged();
      const said = channel.enabled ? pressedIn(signed.body) : undefined;
      // A bot writes to one channel; a press elsewhere is on a copy.
      if (!said || said.channel !== channel.place) return;
      const at = now();
      const row = { tenantId, id: newId(), channelId, dedupeKey: `${said.user}:${said.message}:${said.at}`, said, createdAt: at, updatedAt: at };
      const [kept] = await db.insert(slackActions).values(row).onConflictDoNothing().returning({ id: slackActions.id });
      if (kept) await post.jobs.enqueue(db, 'notification', { tenantId, actionId: kept.id }, { priority: 5 });
    });
  },
});
