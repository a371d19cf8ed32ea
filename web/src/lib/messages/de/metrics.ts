import type { Message } from '#lib/i18n.ts';
import type { metrics as en } from '../en/metrics.ts';

export const metrics: Record<keyof typeof en, Message> = {
  'metrics.title': 'Messwerte',
  'metrics.one': 'Messwert',
  'metrics.lead': 'Zahlen, die Workflows festhalten und nach denen sie entscheiden. Sie werden 30 Tage aufgehoben.',
  'metrics.search': 'Messwerte durchsuchen',
  'metrics.none': 'Kein Name enthält das',
  'metrics.none.text': 'Kein Messwert hat das in seinem Namen.',
  'metrics.empty': 'Noch keine Zahlen',
  'metrics.empty.text':
    'Ein Workflow hält eine Zahl mit dem Knoten Monitoring und dessen Aktion emit_metric fest: ein Name wie edge.latency, als Labels, wovon sie ist, und ein Wert. Jeder Lauf fügt einen hinzu; andere Workflows sehen sie mit der Prüfung metric an und warten, bis sie gut sind.',
  'metrics.empty.action': 'Zu den Workflows',
  'metrics.name': 'Name',
  'metrics.labels': 'Labels',
  'metrics.last': 'Letzter Wert',
  'metrics.unit': 'Einheit',
  'metrics.when': 'Wann',
  'metrics.samples': 'Werte',
  'metrics.range': 'Zeitraum',
  'metrics.range.hour': 'Letzte Stunde',
  'metrics.range.day': 'Letzter Tag',
  'metrics.range.week': 'Letzte Woche',
  'metrics.range.month': 'Letzte 30 Tage',
  'metrics.chart': '{name}, {range}: zwischen {min} und {max}',
  'metrics.avg': 'Durchschnitt',
  'metrics.min': 'Kleinster',
  'metrics.max': 'Größter',
  'metrics.table': 'Als Tabelle',
  'metrics.window.none': 'In dieser Zeit wurde nichts festgehalten. Wählen Sie eine längere.',
};
