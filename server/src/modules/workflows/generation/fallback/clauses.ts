import { wordsOf } from '../words.ts';

/** Goals read without a model: into clauses, and each clause for what it plainly says. English and German; pure. */

export type Clause =
  | { kind: 'wait'; value: number; unit: 'seconds' | 'minutes' | 'hours' | 'days'; text: string }
  | { kind: 'approval'; text: string }
  | { kind: 'notify'; text: string }
  | { kind: 'email'; to: string; text: string }
  | { kind: 'http'; url: string; method: 'GET' | 'POST'; text: string }
  | { kind: 'fail'; text: string }
  | { kind: 'condition'; text: string }
  | { kind: 'do'; text: string; each: boolean };

const VERBS = 'ask|wait|notify|tell|inform|alert|send|mail|create|make|add|delete|remove|reboot|restart|stop|start|resize|check|verify|list|show|report|rotate|export|invite|update|change|sync|call|post|get|generate|approve|pause|resume|revoke|suspend|order|frage|warte|benachrichtige|informiere|melde|sende|erstelle|lege|losche|lösche|entferne|starte|stoppe|prüfe|prufe|zeige|liste|rotiere|ändere|rufe|lade|neustarte'; // prettier-ignore
const BREAKS = new RegExp(
  String.raw`[.;\n!?](?:\s+|$)|,?\s+(?:and then|then|afterwards|after that|und dann|danach|anschließend|dann)\s+|,\s*(?:and|und)?\s+|\s+(?:and|und)\s+(?=(?:${VERBS})\b)`,
  'iu',
);

const UNITS: readonly (readonly [RegExp, 'seconds' | 'minutes' | 'hours' | 'days', number])[] = [
  [/^(?:h|std|stunde)/i, 'hours', 1],
  [/^(?:s$|sec|sek)/i, 'seconds', 1],
  [/^(?:d|tag)/i, 'days', 1],
  [/^(?:w)/i, 'days', 7],
  [/^(?:m)/i, 'minutes', 1],
];
const WAIT =
  /\b(?:wait|pause for|sleep|delay|warte|pausiere)\b.*?(\d{1,5}|an?|one|eine[n]?)\s*(second|sec|sekunde|stunde|std|minute|min|hour|day|tag|week|woche|h|d|s|m)\w*/iu;
const APPROVAL = /\b(?:approval|approve[sd]?|agree(?:s|ment)?|consent|four.eyes|sign.?off|genehmig\w*|freigabe|freigeben|zustimm\w*|vier.augen)\b/iu;
const NOTIFY = /\b(?:notify|notification|tell|inform|alert|message|ping|let .* know|benachrichtig\w*|informier\w*|melde|sag)\b/iu;
const ADDRESS = /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b/u;
const ADDRESS_OF_WEB = /\bhttps?:\/\/[^\s"'<>)]{3,500}/iu;
const FAIL =
  /\b(?:(?:stop|end|abort|exit) with (?:an? )?(?:error|failure)|fail with|raise an error|brich .*ab|mit (?:einem )?fehler (?:ab|enden|beenden))\b/iu;
const CONDITION = /^(?:if|unless|in case|only if|wenn|falls|sofern)\b/iu;
const EACH = /\b(?:each|every|all|one after the other|one by one|alle[rn]?|jede[nrms]?|nacheinander)\b/iu;

function waiting(text: string): Clause | undefined {
  const match = WAIT.exec(text);
  const unit = match && UNITS.find(([pattern]) => pattern.test(match[2]!));
  if (!match || !unit) return undefined;
  const count = /^\d/.test(match[1]!) ? Number(match[1]) : 1;
  return { kind: 'wait', value: Math.max(1, count) * unit[2], unit: unit[1], text };
}

function calling(text: string): Clause | undefined {
  const url = ADDRESS_OF_WEB.exec(text)?.[0].replace(/[.,;]$/, '');
  return url === undefined ? undefined : { kind: 'http', url, method: /\b(?:post|send|submit|sende|schicke)\b/iu.test(text) ? 'POST' : 'GET', text };
}

function mailing(text: string): Clause | undefined {
  const to = ADDRESS.exec(text)?.[0];
  return to !== undefined && /\b(?:e-?mail|mail|send|write|sende|schreibe|schicke)\b/iu.test(text) ? { kind: 'email', to, text } : undefined;
}

/** `ask for approval before rebooting` is an approval, and a reboot behind it. */
function asking(text: string): Clause[] | undefined {
  if (!APPROVAL.test(text)) return undefined;
  const [, after] = /\b(?:before|bevor|vor)\b(.+)$/iu.exec(text) ?? [];
  const [, first] = /^(.+?)\b(?:after|with|once|nach|mit)\b.*$/iu.exec(text) ?? [];
  const doing = [after, first].find((one) => one !== undefined && !APPROVAL.test(one) && wordsOf(one).length > 1);
  return [{ kind: 'approval', text }, ...(doing === undefined ? [] : readOne(doing))];
}

function readOne(text: string): Clause[] {
  const said = text.trim();
  const asked = asking(said);
  if (asked) return asked;
  if (FAIL.test(said)) return [{ kind: 'fail', text: said }];
  if (CONDITION.test(said)) return [{ kind: 'condition', text: said }];
  const plain = waiting(said) ?? calling(said) ?? mailing(said) ?? (NOTIFY.test(said) ? { kind: 'notify' as const, text: said } : undefined);
  return [plain ?? { kind: 'do', text: said, each: EACH.test(said) }];
}

const CLAUSES = 20;
/** What is asked for, in its order; parts that say nothing are left out. */
export const clausesOf = (goal: string): Clause[] =>
  goal
    .split(BREAKS)
    .filter((part) => part !== undefined && wordsOf(part).length > 0)
    .slice(0, CLAUSES)
    .flatMap(readOne);

const DAYS = ['sun|sonn', 'mon', 'tue|dien', 'wed|mitt', 'thu|donn', 'fri|frei', 'sat|sams'] as const;
const RHYTHMS: readonly (readonly [pattern: RegExp, cron: (hour: string, match: RegExpExecArray) => string])[] = [
  [/\b(?:every|each|alle)\s+(\d{1,2})\s+min\w*/iu, (_, [, minutes]) => `*/${minutes} * * * *`],
  [/\b(?:every|each|alle)\s+(\d{1,2})\s+(?:hours|stunden)\b/iu, (_, [, hours]) => `0 */${hours} * * *`],
  [/\b(?:hourly|every hour|each hour|stündlich|jede stunde)\b/iu, () => '0 * * * *'],
  [/\b(?:nightly|every night|each night|at night|jede nacht|nachts)\b/iu, (hour) => `${hour || '0 2'} * * *`],
  [/\b(?:every|each|jede[nr]?)\s+(sun|mon|tue|wed|thu|fri|sat|sonn|dien|mitt|donn|frei|sams)\w*/iu, (hour, [, day]) => `${hour || '0 6'} * * ${DAYS.findIndex((one) => one.split('|').includes(day!.toLowerCase()))}`],
  [/\b(?:daily|every day|each day|every morning|täglich|jeden tag|jeden morgen)\b/iu, (hour) => `${hour || '0 6'} * * *`],
  [/\b(?:weekly|every week|wöchentlich|jede woche)\b/iu, (hour) => `${hour || '0 6'} * * 1`],
  [/\b(?:monthly|every month|monatlich|jeden monat)\b/iu, (hour) => `${hour || '0 6'} 1 * *`],
]; // prettier-ignore
const TIME = /\b(?:at|um)\s+(\d{1,2})(?::(\d{2}))?\s*(am|pm|uhr)?\b/iu;

/** When it should begin by itself, as cron, with the rest of the goal; undefined where nothing of the kind is said. */
export function rhythmOf(goal: string): { cron: string; rest: string } | undefined {
  for (const [pattern, cron] of RHYTHMS) {
    const match = pattern.exec(goal);
    if (!match) continue;
    const time = TIME.exec(goal);
    const hour = time && Number(time[1]) < 24 ? `${Number(time[2] ?? 0)} ${(Number(time[1]) % 24) + (time[3]?.toLowerCase() === 'pm' && Number(time[1]) < 12 ? 12 : 0)}` : '';
    const rest = goal.replace(match[0], ' ').replace(time?.[0] ?? '', ' ');
    return { cron: cron(hour, match), rest };
  }
  return undefined;
} // prettier-ignore

/** Whether something is to be heard of, rather than begun by somebody. */
export const waitsForSomething = (goal: string): boolean =>
  /^(?:when(?:ever)?|as soon as|on|sobald|immer wenn)\b/iu.test(goal.trim()) || /\bwebhook\b/iu.test(goal);
