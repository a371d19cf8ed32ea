import type { Mails } from '#kernel/mail.ts';
import type { Letters } from './letter.ts';

type Facts = Mails['notification'];

/** How a language says what module notifications has to say. */
export interface Notices {
  /** One line for each kind, with the number of the Change in front where there is one. */
  subjects: Readonly<Record<string, string>>;
  /** What a fact is called, in the order in which they are shown. */
  facts: Readonly<Record<'tenant' | 'summary' | 'operation' | 'requester' | 'environment' | 'risk' | 'targets' | 'reason' | 'expiresAt', string>>;
  more: (count: string) => string;
  open: string;
  settings: string;
  digest: (count: number) => string;
  digestLead: string;
}

/** A kind that this version has no words for still says that something happened. */
const subjectOf = ({ subjects }: Notices, { kind, number, summary }: { kind: string; number: string; summary: string }): string =>
  [number, subjects[kind] ?? kind].filter(Boolean).join(': ') + (summary === '' ? '' : ` · ${summary}`);

function factLines(notices: Notices, facts: Facts, moment: (at: string) => string): string[] {
  const targets = facts.targets.join(', ') + (facts.more === '' ? '' : ` ${notices.more(facts.more)}`);
  const shown = { ...facts, targets, expiresAt: facts.expiresAt === '' ? '' : moment(facts.expiresAt) };
  return (Object.keys(notices.facts) as (keyof Notices['facts'])[]).flatMap((name) =>
    shown[name] === '' ? [] : [`${notices.facts[name]}: ${shown[name]}`],
  );
}

/** Letters of one language for single notifications and for many in one. */
export const noticesIn = (notices: Notices, moment: (at: string) => string): Pick<Letters, 'notification' | 'notification-digest'> => ({
  notification: (facts) => ({
    subject: subjectOf(notices, facts),
    lines: factLines(notices, facts, moment),
    action: { label: notices.open, link: facts.link },
    notes: [notices.settings],
  }),
  'notification-digest': ({ tenant, lines, link }) => ({
    subject: `${tenant}: ${notices.digest(lines.length)}`,
    lines: [notices.digestLead, ...lines.map((line) => `– ${subjectOf(notices, line)}`)],
    action: { label: notices.open, link },
    notes: [notices.settings],
  }),
});
