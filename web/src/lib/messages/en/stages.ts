/** A Change that acts on many, stage by stage. */
export const stages = {
  'stage.title': 'Stages',
  'stage.canary': 'First',
  'stage.rest': 'The others',
  'stage.all': 'One after the other',
  'stage.status.waiting': 'Waiting',
  'stage.status.running': 'Running',
  'stage.status.watching': 'Watched',
  'stage.status.held': 'Held',
  'stage.status.done': 'Done',
  'stage.until': 'ends',
  'stage.count': '{settled} of {all}',
  'stage.progress': 'Progress: {name}',
  'stage.targets': 'Targets',
  'stage.target.waiting': 'waiting',
  'stage.target.done': 'done',
  'stage.target.unwell': 'not well',
  'stage.target.failed': 'failed',
  'stage.held.text':
    'Something is not well, so the others have not been touched. Let it go on, or cancel it: then what was done is undone where it can be.',
  'stage.held.refused':
    '{why} So none of these has been touched. Let it go on once that is over: it is asked again then. Or cancel it: then what was done is undone where it can be.',
  'stage.continued': '{name} let the others follow',
};
