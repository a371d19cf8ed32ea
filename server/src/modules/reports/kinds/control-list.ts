/** Figures that are counted for the range, by which controls are evidenced. */
export interface Figures {
  people: number;
  signIns: number;
  machines: number;
  standingAdmins: number;
  grantsGiven: number;
  grantsEnded: number;
  reviews: number;
  reviewed: number;
  denied: number;
  changes: number;
  agreed: number;
  failed: number;
  undone: number;
  selfApprovals: number;
  emergencies: number;
  emergenciesReviewed: number;
  policies: number;
  entries: number;
  anchors: number;
  securityEvents: number;
  securityOpen: number;
  drift: number;
  driftOpen: number;
}

export interface Control {
  framework: 'SOC 2' | 'ISO 27001';
  control: string;
  title: string;
  how: string;
  evidence: (figures: Figures) => string;
  /** Page where the evidence is. */
  link: string;
}

const access = ({ people, machines, standingAdmins }: Figures): string =>
  `${people} people and ${machines} service accounts; ${standingAdmins} standing administrators`;
const given = ({ grantsGiven, grantsEnded }: Figures): string => `${grantsGiven} grants given, ${grantsEnded} ended`;
const reviewed = ({ reviews, reviewed: items }: Figures): string => `${reviews} access reviews, ${items} holdings decided on`;
const changes = ({ changes: all, agreed, failed, undone }: Figures): string =>
  `${all} Changes, ${agreed} with an approval, ${failed} failed, ${undone} undone`;
const duties = ({ selfApprovals, agreed }: Figures): string =>
  `${agreed} Changes with an approval; ${selfApprovals} attempts to approve one’s own, all refused`;
const emergencies = ({ emergencies: all, emergenciesReviewed }: Figures): string => `${all} emergencies, ${emergenciesReviewed} of them reviewed`;
const trail = ({ entries, anchors }: Figures): string => `${entries} entries of writes and refusals, ${anchors} signed anchors`;
const alarms = ({ securityEvents, securityOpen, denied }: Figures): string =>
  `${securityEvents} security events, ${securityOpen} of them open; ${denied} refused calls`;
const rules = ({ policies, denied }: Figures): string => `${policies} policies in force; ${denied} refused calls`;
const drift = ({ drift: all, driftOpen }: Figures): string => `${all} findings, ${driftOpen} of them open`;
const signIns = ({ signIns: count, people }: Figures): string => `${count} steps of sign-ins on record; ${people} people`;

/**
 * Trust Services Criteria (2017, points of focus of 2022) and Annex A of ISO/IEC 27001:2022, as far as this product does something for them.
 * It is evidence for whoever assesses, never the assessment.
 */
export const CONTROLS: readonly Control[] = [
  { framework: 'SOC 2', control: 'CC6.1', title: 'Logical access', how: 'Roles, grants with a Scope, row-level security between tenants; deny by default at one Gate.', evidence: access, link: '/settings/roles' },
  { framework: 'SOC 2', control: 'CC6.2', title: 'Registration and removal of users', how: 'Invitations with an end, offers measured by what their giver holds, removal that ends sessions, keys and grants at once.', evidence: given, link: '/settings/team' },
  { framework: 'SOC 2', control: 'CC6.3', title: 'Least privilege and separation of duties', how: 'Nobody gives what they do not hold, nobody decides on their own Change; access reviews each quarter; access for hours.', evidence: reviewed, link: '/settings/access-reviews' },
  { framework: 'SOC 2', control: 'CC6.6', title: 'Protection against outside threats', how: 'Limits on every call, second factors, networks of keys, guarded outbound requests.', evidence: signIns, link: '/settings/security' },
  { framework: 'SOC 2', control: 'CC7.1', title: 'Detection of changed configuration', how: 'Clouds are compared with what we left there; each difference is a finding that somebody decides on.', evidence: drift, link: '/drift' },
  { framework: 'SOC 2', control: 'CC7.2', title: 'Monitoring for anomalies', how: 'Rules over the trail raise security events; identical refusals are counted.', evidence: alarms, link: '/audit' },
  { framework: 'SOC 2', control: 'CC7.3', title: 'Evaluation of security events', how: 'Events are acknowledged, investigated and closed by name.', evidence: alarms, link: '/audit' },
  { framework: 'SOC 2', control: 'CC7.4', title: 'Response to incidents', how: 'Emergencies skip approvals by name, with reason and ticket; somebody independent reviews each.', evidence: emergencies, link: '/emergencies' },
  { framework: 'SOC 2', control: 'CC8.1', title: 'Change management', how: 'Every write is planned, agreed to where rules ask for it, carried out durably, and can be undone.', evidence: changes, link: '/changes' },
  { framework: 'ISO 27001', control: 'A.5.3', title: 'Segregation of duties', how: 'Whoever asked, planned or edited a Change does not decide on it; nobody grants to themselves.', evidence: duties, link: '/approvals' },
  { framework: 'ISO 27001', control: 'A.5.15', title: 'Access control', how: 'Policies and roles decide on every call, on all surfaces alike.', evidence: rules, link: '/settings/policies' },
  { framework: 'ISO 27001', control: 'A.5.18', title: 'Access rights', how: 'Given, changed, reviewed and ended by name, with reason; unanswered reviews end the right.', evidence: reviewed, link: '/settings/access-reviews' },
  { framework: 'ISO 27001', control: 'A.5.28', title: 'Collection of evidence', how: 'A hash chain per tenant with signed anchors; signed exports and reports.', evidence: trail, link: '/compliance' },
  { framework: 'ISO 27001', control: 'A.8.2', title: 'Privileged access rights', how: 'Administrators prove themselves afresh; standing rights are shown against temporary ones.', evidence: access, link: '/settings/team' },
  { framework: 'ISO 27001', control: 'A.8.15', title: 'Logging', how: 'Each call and each refusal; append-only, in the transaction of what it tells.', evidence: trail, link: '/audit' },
  { framework: 'ISO 27001', control: 'A.8.16', title: 'Monitoring activities', how: 'Security rules over the trail, drift of clouds, figures of compliance.', evidence: alarms, link: '/compliance' },
  { framework: 'ISO 27001', control: 'A.8.32', title: 'Change management', how: 'Plan, risk, approval, window, job, outcome and rollback are one record.', evidence: changes, link: '/changes' },
]; // prettier-ignore
