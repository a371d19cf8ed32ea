/** Words of goals held against words of what there is: how things are found without a model. Pure and in one language: German words are read as the English ones. */

const STOP = new Set(
  (
    'a an and any are as at be been before after by for from has have i if in into is it its me my new not of on or our please so some that the their them then there these they this to up us want was we when which will with you your ' +
    'aber alle als am an auch auf aus bei bis bitte das dass dem den der des die dies diese dieser ein eine einem einen einer eines er es fur hat im in ist mit nach oder sich sie sind so soll sollen und uns vom von vor wenn werden wird wir zu zum zur auf'
  ).split(' '),
); // prettier-ignore

/** What people say for what names say; both sides are read by it. */
const SAME: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    create: 'make add order provision deploy erstelle erstellen anlegen lege bestelle hinzufugen mache',
    delete: 'remove destroy erase drop decommission losche loschen entferne entfernen',
    reboot: 'restart neustart neustarten boote booten',
    stop: 'shutdown halt stoppe stoppen anhalten',
    start: 'boot starte starten',
    list: 'show find which all report overview zeige zeigen liste auflisten suche finde',
    get: 'read look inspect lies ansehen',
    check: 'verify test probe validate prufe prufen kontrolliere teste',
    update: 'modify edit andere andern aktualisiere aktualisieren',
    rotate: 'renew erneuere erneuern rotiere rotieren',
    resize: 'scale grow vergrossere vergrossern',
    server: 'machine host instance vm rechner maschine',
    record: 'entry eintrag eintrage records',
    zone: 'zonen',
    secret: 'credential password geheimnis passwort zugangsdaten',
    member: 'user colleague people person joiner benutzer mitglied mitarbeiter kollege nutzer',
    invitation: 'invitations einladung einladungen',
    report: 'bericht berichte',
    cloud: 'account connection wolke konto verbindung verbindungen',
    drift: 'drifted abweichung abweichungen',
    approval: 'approve agreement consent genehmigung freigabe zustimmung',
    night: 'nightly nachts nacht nachtlich',
    website: 'site page webseite seite url',
    incident: 'outage alarm alert storung ausfall',
    environment: 'umgebung',
    workflow: 'workflows ablauf ablaufe',
    fail: 'failed failure fails error fehler fehlgeschlagen scheitern',
    backup: 'sicherung sichern',
    rollback: 'undo zurucknehmen',
    label: 'tag etikett',
  }).flatMap(([word, same]) => same.split(' ').map((one) => [one, word] as const)),
); // prettier-ignore

/** `reboots`, `rebooting` and `rebooted` are one word. */
function stem(word: string): string {
  if (word.length < 5) return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
  const cut = word.replace(/(?:ies)$/, 'y').replace(/(?<=[a-z]{4})(?:ing|ed|es|s)$/, '');
  return cut.length > 4 ? cut.replace(/e$/, '') : cut;
}

/** The word that a word is read as: the same for everything that means the same here. */
function meaning(word: string): string {
  const known = SAME[word] ?? SAME[stem(word)] ?? word;
  return stem(known);
}

/** Words that mean something, as they are read; camelCase and dots separate them as well. */
export const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    // Verbs in two parts.
    .replaceAll(/\broll(?:s|ed|ing)? back\b/g, 'rollback')
    .replaceAll(/\bstarte\b(.*)\bneu\b/g, 'reboot $1')
    .replaceAll(/\b(?:invite|onboard|einladen)\b|\blade\b(?=.*\bein\b)/g, 'create invitation')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1 && !STOP.has(word))
    .map(meaning);

/** Something that can be found: texts about it with how much each counts. */
export interface Findable<T> {
  item: T;
  texts: readonly (readonly [text: string, weight: number])[];
}
export interface Hit<T> {
  item: T;
  score: number;
  /** How much of what was asked is met, 0 to 1; rare words count more than common ones. */
  covered: number;
}

type Words = ReadonlyMap<string, number>;
const weighed = ({ texts }: Findable<unknown>): Words => {
  const found = new Map<string, number>();
  for (const [text, weight] of texts) for (const word of wordsOf(text)) found.set(word, Math.max(weight, found.get(word) ?? 0));
  return found;
};

/** From this weight on a text is a name. */
const NAME = 4;

/** Makes a search of what there is; answers the best first, and those that are equal in the order in which they were given. */
export function searchOf<T>(all: readonly Findable<T>[]): (query: string) => Hit<T>[] {
  const documents = all.map((one) => ({ item: one.item, words: weighed(one) }));
  const seen = new Map<string, number>();
  for (const { words } of documents) for (const word of words.keys()) seen.set(word, (seen.get(word) ?? 0) + 1);
  // A word that nothing here has says little about which of them is meant.
  const rarity = (word: string): number => (seen.has(word) ? Math.log(1 + documents.length / (1 + seen.get(word)!)) : 1);
  return (query) => {
    const asked = [...new Set(wordsOf(query))];
    const total = asked.reduce((sum, word) => sum + rarity(word), 0);
    return documents
      .map(({ item, words }) => {
        const met = asked.filter((word) => words.has(word));
        // Of two that say the same, the one whose name says less besides is meant.
        const besides = [...words].filter(([word, weight]) => weight >= NAME && !asked.includes(word)).length;
        const score = met.reduce((sum, word) => sum + rarity(word) * words.get(word)!, 0) - besides - words.size / 1_000;
        return { item, score, covered: total === 0 ? 0 : met.reduce((sum, word) => sum + rarity(word), 0) / total, met: met.length };
      })
      .filter(({ met }) => met > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ item, score, covered }) => ({ item, score, covered }));
  };
}
