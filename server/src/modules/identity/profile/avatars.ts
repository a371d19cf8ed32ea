import { randomUUID } from 'node:crypto';
import type { Databases } from '#kernel/database.ts';
import type { Clock } from '#kernel/clock.ts';
import { eq } from '#kernel/drizzle.ts';
import type { Directory, Memberships } from '../providers/port.ts';
import { users } from '../tables.ts';
import { redrawn } from './picture.ts';
import type { Profile } from './port.ts';
import { avatars } from './tables.ts';

/** The id of the picture makes the address another one when the picture is another one. */
export const avatarUrl = (userId: string, avatarId: string | null): string | null =>
  avatarId === null ? null : `/api/v1/users/${userId}/avatar?v=${avatarId}`;

interface AvatarDeps {
  databases: Databases;
  now: Clock;
  directory: Directory;
  memberships: Pick<Memberships, 'of'>;
}

export function createAvatars({ databases, now, directory, memberships }: AvatarDeps): Pick<Profile, 'putAvatar' | 'deleteAvatar' | 'avatar'> {
  return {
    async putAvatar(userId, picture) {
      const image = await redrawn(picture);
      const at = now();
      const id = randomUUID(); // v4: all of it is random
      await databases.platform('store avatar', async (db) => {
        await db.delete(avatars).where(eq(avatars.userId, userId));
        await db.insert(avatars).values({ id, userId, image, createdAt: at });
        await db.update(users).set({ avatarId: id, updatedAt: at }).where(eq(users.id, userId));
        await directory.update(db, userId, { avatarUrl: avatarUrl(userId, id) });
      });
      return id;
    },
    deleteAvatar: (userId) =>
      databases.platform('delete avatar', async (db) => {
        const { rowCount } = await db.delete(avatars).where(eq(avatars.userId, userId));
        await db.update(users).set({ avatarId: null, updatedAt: now() }).where(eq(users.id, userId));
        await directory.update(db, userId, { avatarUrl: null });
        return rowCount === 1;
      }),
    avatar: (viewerId, userId) =>
      databases.platform('show avatar', async (db) => {
        if (viewerId !== userId) {
          const theirs = new Set((await memberships.of(db, userId)).map(({ tenantId }) => tenantId));
          const common = (await memberships.of(db, viewerId)).some(({ tenantId }) => theirs.has(tenantId));
          if (!common) return undefined;
        }
        const [row] = await db.select({ image: avatars.image }).from(avatars).where(eq(avatars.userId, userId));
        return row?.image;
      }),
  };
}
