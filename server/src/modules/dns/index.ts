import { z } from 'zod';
import { defineModule } from '#kernel/module.ts';
import { forgetOld, noteNumber, releaseEnded } from './holds.ts';
import { dnsChangeSet } from './operations/dns.changeSet.ts';
import { dnsCheck } from './operations/dns.check.ts';
import { dnsCreateRecord } from './operations/dns.createRecord.ts';
import { dnsCreateZone } from './operations/dns.createZone.ts';
import { dnsDeleteRecord } from './operations/dns.deleteRecord.ts';
import { dnsDeleteZone } from './operations/dns.deleteZone.ts';
import { dnsExport } from './operations/dns.export.ts';
import { dnsGetZone } from './operations/dns.getZone.ts';
import { dnsHistory } from './operations/dns.history.ts';
import { dnsImport } from './operations/dns.import.ts';
import { dnsListRecords } from './operations/dns.listRecords.ts';
import { dnsListZones } from './operations/dns.listZones.ts';
import { dnsRestore } from './operations/dns.restore.ts';
import { dnsServed } from './operations/dns.served.ts';
import { dnsUpdateRecord } from './operations/dns.updateRecord.ts';
import { dnsUpdateZone } from './operations/dns.updateZone.ts';
import './problems.ts';

export {
  dnsChangeSet, dnsCheck, dnsCreateRecord, dnsCreateZone, dnsDeleteRecord, dnsDeleteZone, dnsExport, dnsGetZone, dnsHistory, dnsImport, dnsListRecords,
  dnsListZones, dnsRestore, dnsServed, dnsUpdateRecord, dnsUpdateZone,
}; // prettier-ignore

/** Zones and their records, on name servers that others run or on the one that we bring along. */
export const dns = defineModule({
  name: 'dns',
  after: ['clouds'],
  migrations: new URL('./migrations/', import.meta.url),
  operations: [
    dnsListZones, dnsGetZone, dnsCreateZone, dnsUpdateZone, dnsDeleteZone, dnsListRecords, dnsCreateRecord, dnsUpdateRecord, dnsDeleteRecord, dnsChangeSet,
    dnsCheck, dnsServed, dnsImport, dnsExport, dnsHistory, dnsRestore,
  ], // prettier-ignore
  events: {
    'dns.zone.created': 'A zone was made or taken over',
    'dns.zone.updated': {
      summary: 'Settings of a zone were changed',
      data: z.object({ id: z.uuid(), name: z.string(), changed: z.array(z.string()) }),
    },
    'dns.zone.deleted': { summary: 'A zone was deleted', data: z.object({ id: z.uuid(), name: z.string() }) },
    'dns.rrset.changed': 'Records of a zone were changed at its name server',
  },
  on: { 'change.running': noteNumber, 'change.ended': releaseEnded },
  schedules: [{ name: 'dns-forget', cron: '23 3 * * *', perTenant: forgetOld }],
});
