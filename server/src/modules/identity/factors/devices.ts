import { record } from '../profile/activity.ts';
import type { FactorDeps } from './deps.ts';
import { devicesOf, forgetDevice } from './device-store.ts';
import type { Devices } from './ports.ts';

/** Browsers that a person chose to trust after a second factor. */
export const createDevices = ({ databases, now }: Pick<FactorDeps, 'databases' | 'now'>): Devices => ({
  list: (userId) => databases.platform('own devices', (db) => devicesOf(db, userId, now())),
  forget: ({ userId, ip, agent }, id) =>
    databases.platform('forget device', async (db) => {
      const found = await forgetDevice(db, userId, id, now());
      if (found) await record(db, { userId, kind: 'auth.device_revoked', ip, agent }, now());
      return found;
    }),
});
