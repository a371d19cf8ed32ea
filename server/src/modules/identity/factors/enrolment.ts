import type { Database } from '#kernel/database.ts';
import { and, eq, isNotNull } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { record } from '../profile/activity.ts';
import { backupCodesLeft, replaceBackupCodes } from './backup-store.ts';
import { demandOf } from './demand.ts';
import type { FactorDeps } from './deps.ts';
import { enrolled, verifiedFactors } from './held.ts';
import { inTurn, withdraw } from './leaving.ts';
import { noteChange, personById } from './notices.ts';
import { passkeysOf } from './passkey-store.ts';
import { maskedPhone } from './phone.ts';
import type { Enrolment, FactorRow } from './ports.ts';
import { mfaFactors } from './tables.ts';
import { beginTotp, confirmTotp } from './totp-store.ts';
import { totpSetup } from './totp.ts';
import { unproveOthers } from './unprove.ts';

const NAMES = { totp: 'Authenticator app', sms: 'SMS' } as const;

/** All factors of a person, the oldest first. */
export async function factorRows(db: Database, userId: string): Promise<FactorRow[]> {
  const rows: FactorRow[] = (await verifiedFactors(db, userId)).map(({ id, kind, label, verifiedAt, lastUsedAt }) => ({
    id, kind, label: label || NAMES[kind], verifiedAt: verifiedAt!, lastUsedAt,
  })); // prettier-ignore
  const keys = (await passkeysOf(db, userId)).map(({ id, label, createdAt, lastUsedAt }): FactorRow => ({ id, kind: 'webauthn', label, verifiedAt: createdAt, lastUsedAt })); // prettier-ignore
  return [...rows, ...keys].sort((a, b) => a.verifiedAt.getTime() - b.verifiedAt.getTime());
}

// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createEnrolment(deps: FactorDeps): Enrolment {
  const { databases, now, vault, memberships, party } = deps;

  return {
    status: (userId, tenantId) =>
      databases.platform('own second factors', async (db) => {
        const person = await personById(db, userId);
        const here = (await memberships.of(db, userId)).find((one) => one.tenantId === tenantId);
        return {
          factors: await factorRows(db, userId),
          backupCodesLeft: await backupCodesLeft(db, userId),
          demand: here ? demandOf(here, await deps.roleDemands(db, userId), now()) : { demanded: 'no', graceEndsAt: null },
          phone: person?.phone ? { masked: maskedPhone(person.phone), verified: person.phoneVerifiedAt !== null } : null,
        };
      }),

    beginTotp: ({ userId }) =>
      databases.platform('set up authenticator', async (db) => {
        await inTurn(db, userId);
        const { id, secret, expiresAt } = await beginTotp(db, vault, userId, now());
        const person = await personById(db, userId);
        return { factorId: id, expiresAt, ...totpSetup(secret, party.name, person!.email) };
      }),

    async confirmTotp({ userId, sessionId, ip, agent }, code, label) {
      const at = now();
      const outcome = await databases.platform('set up authenticator', async (db) => {
        await inTurn(db, userId);
        const result = await confirmTotp(db, vault, { userId, code, label }, at);
        if (result !== 'confirmed') return result;
        const codes = await replaceBackupCodes(db, vault, userId, at);
        await noteChange(deps, db, { userId, kind: 'auth.mfa_enabled', factor: label || NAMES.totp, mail: 'factor-added', ip, agent }, at);
        return codes;
      });
      if (outcome === 'gone')
        throw new Problem('challenge-expired', 'The setup took longer than ten minutes, or was begun again elsewhere. Begin again.');
      if (outcome === 'wrong')
        throw new Problem('mfa-invalid', 'This is not the code that the app shows now. Check the clock of your device.', {
          errors: [{ pointer: '/code', message: 'Not the current code' }],
        });
      await unproveOthers(deps, userId, sessionId);
      deps.credentialsChanged();
      return outcome;
    },

    async remove({ userId, sessionId, ip, agent }, kind) {
      const at = now();
      const removed = await databases.platform('remove second factor', (db) => {
        const drop = async (): Promise<string | undefined> => {
          const mine = and(eq(mfaFactors.userId, userId), eq(mfaFactors.kind, kind));
          const [row] = await db.delete(mfaFactors).where(and(mine, isNotNull(mfaFactors.verifiedAt))).returning(); // prettier-ignore
          if (row) await db.delete(mfaFactors).where(mine);
          return row && (row.label || NAMES[kind]);
        };
        return withdraw(deps, db, userId, drop, at).then(async (factor) => {
          if (factor !== undefined) await noteChange(deps, db, { userId, kind: 'auth.mfa_disabled', factor, mail: 'factor-removed', ip, agent }, at);
          return factor;
        });
      });
      if (removed === undefined) throw new Problem('not-found', 'You have no such second factor.');
      await unproveOthers(deps, userId, sessionId);
      deps.credentialsChanged();
    },

    regenerate: ({ userId, ip, agent }) =>
      databases.platform('new backup codes', async (db) => {
        await inTurn(db, userId);
        if ((await enrolled(db, userId)).length === 0)
          throw new Problem('factor-not-offered', 'Backup codes stand in for a second factor, and you have none. Set one up first.');
        const codes = await replaceBackupCodes(db, vault, userId, now());
        await record(db, { userId, kind: 'auth.backup_codes_regenerated', ip, agent }, now());
        return codes;
      }),
  };
}
