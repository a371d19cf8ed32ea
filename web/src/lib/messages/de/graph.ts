import type { Message } from '#lib/i18n.ts';
import type { graph as en } from '../en/graph.ts';

export const graph: Record<keyof typeof en, Message> = {
  'graph.effect.effect': 'Ändert etwas',
  'graph.effect.read': 'Liest von außen',
  'graph.effect.wait': 'Wartet',
  'graph.mark.added': 'Hinzugefügt',
  'graph.mark.removed': 'Entfernt',
  'graph.mark.changed': 'Geändert',
  'graph.zoomIn': 'Vergrößern',
  'graph.zoomOut': 'Verkleinern',
  'graph.fit': 'Alles zeigen',
  'executions.state.queued': 'Eingereiht',
  'executions.state.pending': 'Noch nicht',
  'executions.state.running': 'Läuft',
  'executions.state.retrying': 'Neuer Versuch',
  'executions.state.waiting': 'Wartet',
  'executions.state.paused': 'Braucht einen Menschen',
  'executions.state.completed': 'Abgeschlossen',
  'executions.state.partial_success': 'Teilweise abgeschlossen',
  'executions.state.failed': 'Gescheitert',
  'executions.state.timed_out': 'Zeit abgelaufen',
  'executions.state.skipped': 'Übersprungen',
  'executions.state.cancelled': 'Abgebrochen',
  'executions.state.in_doubt': 'Ungewiss',
};
