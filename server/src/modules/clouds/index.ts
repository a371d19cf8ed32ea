import { defineModule } from '#kernel/module.ts';
import { cloudEvents } from './events.ts';
import './problems.ts';
import { noteNumber, releaseEnded } from './holds.ts';
import { cloudsCatalog } from './operations/clouds.catalog.ts';
import { cloudsCreate } from './operations/clouds.create.ts';
import { cloudsDelete } from './operations/clouds.delete.ts';
import { cloudsGet } from './operations/clouds.get.ts';
import { cloudsHealth } from './operations/clouds.health.ts';
import { cloudsImport } from './operations/clouds.import.ts';
import { cloudsList } from './operations/clouds.list.ts';
import { cloudsPause } from './operations/clouds.pause.ts';
import { cloudsResume } from './operations/clouds.resume.ts';
import { cloudsRevalidate } from './operations/clouds.revalidate.ts';
import { cloudsRotate } from './operations/clouds.rotate.ts';
import { cloudsSync } from './operations/clouds.sync.ts';
import { cloudsUnmanaged } from './operations/clouds.unmanaged.ts';
import { cloudsUpdate } from './operations/clouds.update.ts';
import { cloudsValidate } from './operations/clouds.validate.ts';
import { driftDecide } from './operations/drift.decide.ts';
import { driftList } from './operations/drift.list.ts';
import { serversBulk } from './operations/servers.bulk.ts';
import { serversCreate } from './operations/servers.create.ts';
import { serversDelete } from './operations/servers.delete.ts';
import { serversGet } from './operations/servers.get.ts';
import { serversList } from './operations/servers.list.ts';
import { serversPoweroff } from './operations/servers.poweroff.ts';
import { serversProtect } from './operations/servers.protect.ts';
import { serversPurge } from './operations/servers.purge.ts';
import { serversReboot } from './operations/servers.reboot.ts';
import { serversReset } from './operations/servers.reset.ts';
import { serversResize } from './operations/servers.resize.ts';
import { serversStart } from './operations/servers.start.ts';
import { serversStop } from './operations/servers.stop.ts';
import { serversUndelete } from './operations/servers.undelete.ts';
import { serversUpdate } from './operations/servers.update.ts';
import { simulatorActor } from './operations/simulator.actor.ts';
import { simulatorClock } from './operations/simulator.clock.ts';
import { simulatorFaults } from './operations/simulator.faults.ts';
import { reconcile } from './reconcile.ts';
import { sweep } from './sweep.ts';

export {
  cloudsCatalog, cloudsCreate, cloudsDelete, cloudsGet, cloudsHealth, cloudsImport, cloudsList, cloudsPause, cloudsResume, cloudsRevalidate, cloudsRotate, cloudsSync,
  cloudsUnmanaged, cloudsUpdate, cloudsValidate, driftDecide, driftList, serversBulk, serversCreate, serversDelete, serversGet, serversList, serversPoweroff,
  serversProtect, serversPurge, serversReboot, serversReset, serversResize, serversStart, serversStop, serversUndelete, serversUpdate, simulatorActor,
  simulatorClock, simulatorFaults,
}; // prettier-ignore

/** Connections to clouds, the servers on them, and what differs from what should be. */
export const clouds = defineModule({
  name: 'clouds',
  after: ['governance'],
  migrations: new URL('./migrations/', import.meta.url),
  sealed: [{ table: 'cloud_connections', column: 'credential', field: "'credential'" }],
  operations: [
    cloudsList, cloudsGet, cloudsCreate, cloudsUpdate, cloudsDelete, cloudsValidate, cloudsRevalidate, cloudsRotate, cloudsSync, cloudsPause, cloudsResume,
    cloudsCatalog, cloudsHealth, cloudsUnmanaged, cloudsImport, serversList, serversGet, serversCreate, serversUpdate, serversDelete, serversUndelete, serversPurge,
    serversStart, serversStop, serversReboot, serversPoweroff, serversReset, serversBulk, serversResize, serversProtect, driftList, driftDecide, simulatorFaults,
    simulatorClock, simulatorActor,
  ], // prettier-ignore
  events: cloudEvents,
  on: { 'change.running': noteNumber, 'change.ended': releaseEnded },
  schedules: [
    { name: 'clouds-reconcile', cron: '* * * * *', outside: reconcile },
    { name: 'clouds-sweep', cron: '23 3 * * *', perTenant: sweep },
  ],
});
