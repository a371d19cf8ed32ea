import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Controller, nodeId } from '../../controllers/schemas.ts';
import { controllerView } from '../../controllers/store.ts';
import { backupId } from '../schemas.ts';
import { hold, putBack, restore } from '../restore.ts';
import { backupOf, compared, usableFolder, oneBackup, openBackup, type Difference } from '../store.ts';

const input = z.object({
  id: backupId,
  nodeId: nodeId.meta({ title: 'Node id of the controller', help: 'Typed, to say that it is this one that is meant' }),
});
type Wish = z.output<typeof input>;

/** Everything that can be known before it is touched. */
async function checked(ctx: ReadContext, { id, nodeId: typed }: Wish) {
  const { backup, controller } = await backupOf(ctx, id);
  if (typed !== controller.nodeId) {
    const message = `Controller "${controller.name}" is another node.`;
    throw new Problem('restore-unconfirmed', message, { errors: [{ pointer: '/nodeId', message }] });
  }
  if (!usableFolder(ctx, controller).restores)
    throw new Problem('backup-unavailable', `This installation has no commands to stop and start controller "${controller.name}".`);
  const { records } = await openBackup(ctx, backup);
  if (records.nodeId !== controller.nodeId)
    throw new Problem('controller-identity-changed', `The backup is of node ${records.nodeId}, and controller "${controller.name}" is ${controller.nodeId}.`);
  return { backup, controller, difference: await compared(ctx, controller, records) };
} // prettier-ignore

const warningsOf = ({ networks, members, strangers }: Difference): string[] => [
  'While it is stopped no node can join, and members find each other by what they know; nothing is written to it until its preflight has passed.',
  ...(networks.length > 0 ? [`Networks that it lacks are made anew: ${networks.join(', ')}.`] : []),
  ...(members.length > 0 ? [`Members that it lacks are off their network until they are authorised again: ${members.join(', ')}.`] : []),
  ...(strangers > 0 ? [`It brings back ${strangers} nodes that nobody knows here: those that were taken off since, or joined by themselves.`] : []),
];

export const exchangeBackupsRestore = defineOperation({
  name: 'exchange.backups.restore',
  summary: 'Put a ZeroTier controller back to a backup',
  description:
    'The backup is checked and unpacked beside what is in use; then the controller is stopped, its files are exchanged, and it is started and has to pass its preflight. If anything of this fails, what was there before runs again. The token stays the one of now. It can be taken back while what was put aside is there.',
  permission: 'exchange:restore',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 600,
  input,
  output: Controller,
  targets: oneBackup,
  async plan(ctx, wish) {
    const { backup, controller, difference } = await checked(ctx, wish);
    const fields = [{ path: 'networks and members', before: 'as they are', after: `as of ${backup.createdAt.toISOString()} (networks: ${backup.networks}, members: ${backup.members})` }];
    return {
      summary: `Put the controller "${controller.name}" back to ${backup.createdAt.toISOString()}`,
      steps: [
        { title: 'Check the backup, and unpack it', seconds: 2 },
        { title: 'Stop the controller, exchange its files, start it', seconds: 20 },
        { title: 'Ask it, and compare', seconds: 5 },
      ],
      changes: [{ action: 'update', type: 'exchangeController', id: controller.id, name: controller.name, fields }],
      downtime: { kind: 'outage', seconds: 30 },
      warnings: warningsOf(difference),
      reversible: 'Roll the Change back: what was there before is kept in the folder of the controller.',
    };
  },
  async accept(ctx, wish) {
    const { controller } = await checked(ctx, wish);
    await hold(ctx, controller.id, ctx.changeId!);
  },
  async execute(work, { id }) {
    const row = await restore(work, id);
    return work.tx((ctx) => controllerView(ctx, row));
  },
  rollback: (work, { id }) => putBack(work, id),
}); // prettier-ignore
