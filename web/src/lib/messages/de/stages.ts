export const stages = {
  'stage.title': 'Stufen',
  'stage.canary': 'Zuerst',
  'stage.rest': 'Die übrigen',
  'stage.all': 'Nacheinander',
  'stage.status.waiting': 'Wartet',
  'stage.status.running': 'Läuft',
  'stage.status.watching': 'Beobachtet',
  'stage.status.held': 'Angehalten',
  'stage.status.done': 'Fertig',
  'stage.until': 'endet',
  'stage.count': '{settled} von {all}',
  'stage.progress': 'Fortschritt: {name}',
  'stage.targets': 'Ziele',
  'stage.target.waiting': 'wartet',
  'stage.target.done': 'fertig',
  'stage.target.unwell': 'nicht gesund',
  'stage.target.failed': 'fehlgeschlagen',
  'stage.held.text':
    'Etwas ist nicht gesund, darum sind die übrigen unberührt. Lassen Sie weitermachen oder brechen Sie ab: Dann wird zurückgenommen, was sich zurücknehmen lässt.',
  'stage.held.refused':
    '{why} Darum ist keines von ihnen angefasst worden. Lassen Sie es weitergehen, wenn das vorbei ist: Dann wird erneut gefragt. Oder brechen Sie ab: Dann wird, was getan ist, rückgängig gemacht, wo das geht.',
  'stage.continued': '{name} ließ die übrigen folgen,',
};
