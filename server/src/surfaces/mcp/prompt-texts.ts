import { SOURCES, type Source } from './templates.ts';

interface Argument {
  name: string;
  description: string;
  required: boolean;
  source?: Source;
  values?: readonly string[];
}

/** A procedure for an agent. `operations` are those that its text names as `{servers.get}`; a test holds them against the registry. */
export interface PromptText {
  name: string;
  title: string;
  description: string;
  arguments: readonly Argument[];
  text: string;
}

const CLOSE =
  'Report what you found with the ids it rests on. Change nothing in this procedure; where a change is needed, say which operation would make it and why.';

/** Procedures that agents offer to people. Arguments stand in the text as `[server]`. */
export const PROMPTS: readonly PromptText[] = [
  {
    name: 'review-change',
    title: 'Review a Change',
    description: 'What a Change would do, what could go wrong, and what an approver should ask (read)',
    arguments: [{ name: 'change', description: 'Id or number of the Change, such as CHG-12', required: true, source: SOURCES.CHANGES }],
    text: `Review the Change [change] for the person who has to decide on it. You do not decide, and you cannot.
1. Read it with {changes.get}: what is asked for, by whom and through which program, the plan, what is lost, and which rule asks for agreement.
2. Look with {changes.list} for other Changes on the same targets that are open or ended in the last days, and how they ended.
3. If it has run, read {changes.log} for the steps.
4. Say in plain words: what happens, what cannot be undone, which assumption of the plan may be wrong by now, and the two or three questions that the approver should have answered first.
${CLOSE}`,
  },
  {
    name: 'server-troubleshoot',
    title: 'Find out what is wrong with a server',
    description: 'Collects what is known of a server and names the likely cause (read)',
    arguments: [
      { name: 'server', description: 'Id of the server', required: true, source: SOURCES.SERVERS },
      { name: 'issue', description: 'connectivity, performance, state or config', required: false, values: ['connectivity', 'performance', 'state', 'config'] },
    ],
    text: `Something is wrong with the server [server] (issue: [issue]).
1. Read it with {servers.get}: state, addresses, protection, and when it was last seen.
2. Read its connection with {clouds.get}: a connection that fails explains stale data.
3. Look with {changes.list} (targetId) for what was changed on it lately, and with {changes.log} at how that ended.
4. Look with {drift.list} for what was changed past us.
5. Name the likely cause, what supports it and what speaks against it, and the least risky next step.
${CLOSE}`,
  }, // prettier-ignore
  {
    name: 'dns-zone-review',
    title: 'Review a DNS zone',
    description: 'Looks for faults and risks in a zone (read)',
    arguments: [{ name: 'zone', description: 'Id of the zone', required: true, source: SOURCES.ZONES }],
    text: `Review the DNS zone [zone].
1. Read it with {dns.getZone} and its records with {dns.listRecords}, all pages.
2. Check how it is served with {dns.check}, and what was changed lately with {dns.history}.
3. Look for: names that lead nowhere, a CNAME beside other records, MX or NS that are aliases, missing SPF, DKIM, DMARC or CAA, times to live that are too long for what changes often, and addresses that none of our servers ({servers.list}) has.
4. Order what you found by what it could cost.
${CLOSE}`,
  },
  {
    name: 'security-audit',
    title: 'Look over the security of the tenant',
    description: 'Who may do what, which keys are old, and what was refused lately (read)',
    arguments: [{ name: 'days', description: 'How far back to look; 7 when left out', required: false }],
    text: `Look over the security of this tenant for the last [days] days (7 when that is empty).
1. Read the trail with {audit.list}, first the denied and failed entries (result "denied", then "failure"), then those of risk high.
2. Read {roles.list}, {grants.list} and {members.list}: who holds more than they use, who has not signed in for long, which grants never end.
3. Look at {changes.list} for Changes that were asked for by agents, and at who agreed to them.
4. Say what stands out, how sure you are, and what you would look at next. Do not guess at intentions of people.
${CLOSE}`,
  },
  {
    name: 'infrastructure-review',
    title: 'Review what is running',
    description: 'Connections, servers and zones with what needs attention (read)',
    arguments: [{ name: 'environment', description: 'prod, staging, dev, or all', required: false, values: ['all', 'prod', 'staging', 'dev'] }],
    text: `Review the infrastructure of this tenant (environment: [environment]; all when that is empty).
1. Read {clouds.list}: which connections fail or were not synchronised for long.
2. Read {servers.list}, all pages: what is off, unprotected in prod, or without an owner.
3. Read {drift.list} for what differs from what we know, and {dns.listZones} for zones that are not served.
4. Give a short list, the most urgent first, each with the operation that would help.
${CLOSE}`,
  },
];

/** Names of the operations that a text refers to. */
export const operationsIn = ({ text }: Pick<PromptText, 'text'>): string[] => [...new Set([...text.matchAll(/\{([a-zA-Z.]+)\}/g)].map(([, name]) => name!))]; // prettier-ignore
