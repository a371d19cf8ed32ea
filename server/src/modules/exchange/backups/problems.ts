import { defineProblems } from '#kernel/problem.ts';

defineProblems({
  'backup-not-found': { status: 404, title: 'No such backup', meaning: 'No controller of this tenant has a backup with this id.', remedy: 'List them with `exchange.backups.list`.' },
  'backup-unavailable': { status: 409, title: 'Files of the controller out of reach', meaning: 'Backups are made of the files of the installation’s own controller (`ZT_CONTROLLER_URL`), where `ZT_STATE_DIR` says where they lie, once a preflight of it has passed. To restore, `ZT_STOP_COMMAND` and `ZT_START_COMMAND` are needed too.', remedy: 'Have whoever runs the installation set them, and run the preflight.' },
  'backup-failed': { status: 500, title: 'Backup failed', meaning: 'A file that must be in it is missing, cannot be read, does not parse, or changed each time it was read. Nothing was kept.', remedy: 'Look at `detail`; a controller that is being changed a lot is backed up at a quieter time.' },
  'backup-corrupt': { status: 422, title: 'Backup cannot be used', meaning: 'What is kept of it is gone, was altered, or is not what was written down when it was taken. Nothing was touched.', remedy: 'Choose another backup; `exchange.backups.drill` says which are fit.' },
  'restore-unconfirmed': { status: 422, title: 'Restore not confirmed', meaning: 'The node id that was typed is not the one of the controller.', remedy: 'Type the node id that the page of the controller shows.' },
  'restore-running': { status: 409, title: 'Restore under way', meaning: 'The controller is being put back to a backup by another Change.', remedy: 'Wait until that has ended.' },
  'restore-failed': { status: 500, title: 'Restore failed', meaning: 'The controller could not be stopped, put back or started, or its preflight failed afterwards. What was there before is put back by the same Change.', remedy: 'See in the log of the Change what failed, and that the controller is ready again.' },
}); // prettier-ignore
