import { z } from 'zod';

export const BACKUP_CAUSES = ['manual', 'schedule'] as const;
export type BackupCause = (typeof BACKUP_CAUSES)[number];
export const BACKUP_STATUSES = ['complete', 'failed', 'pruned'] as const;
export type BackupStatus = (typeof BACKUP_STATUSES)[number];
export const DRILL_RESULTS = ['passed', 'failed'] as const;
export type DrillResult = (typeof DRILL_RESULTS)[number];

export const Backup = z
  .object({
    id: z.uuid(),
    controllerId: z.uuid(),
    controller: z.string(),
    cause: z.enum(BACKUP_CAUSES),
    status: z.enum(BACKUP_STATUSES).meta({ help: '`pruned`: its content is gone, since enough newer ones are there' }),
    nodeId: z.string().nullable().meta({ help: 'Of the identity in it' }),
    networks: z.int(),
    members: z.int(),
    files: z.int().meta({ help: 'How many files it is made of' }),
    bytes: z.int(),
    sha256: z.string().nullable(),
    problemCode: z.string().nullable(),
    detail: z.string().nullable(),
    drill: z.enum(DRILL_RESULTS).nullable().meta({ help: 'Whether it was found fit to be restored, when that was tried last' }),
    drillDetail: z.string().nullable(),
    drillAt: z.iso.datetime().nullable(),
    changeId: z.uuid().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ExchangeControllerBackup' });

export const backupId = z.uuid().meta({ title: 'Backup' });
