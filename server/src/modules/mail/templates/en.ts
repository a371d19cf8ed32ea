import { circumstancesIn, momentIn, type Language, type Letters } from './letter.ts';
import { noticesIn } from './notices.ts';
import { noticesEn } from './notices-en.ts';

const moment = momentIn('en-GB');
const happened = circumstancesIn({ when: 'When', device: 'Device', place: 'Place', ip: 'Address' }, moment);

const letters: Letters = {
  ...noticesIn(noticesEn, moment),
  'verify-email': ({ link, code }, installation) => ({
    subject: `Confirm your address for ${installation}`,
    lines: ['Confirm that this address is yours, and your account is ready. Open the link, or type this code where you signed up.'],
    code,
    action: { label: 'Confirm address', link },
    notes: [
      'The link is good for 24 hours, the code for 15 minutes. If you did not sign up, ignore this mail: without the confirmation there is no account.',
    ],
  }),
  'already-registered': ({ signInLink, resetLink }, installation) => ({
    subject: `You already have an account at ${installation}`,
    lines: ['Somebody, probably you, has just signed up with this address. There is an account with it already, and nothing was changed.'],
    action: { label: 'Sign in', link: signInLink },
    notes: [`If you have forgotten your password: ${resetLink}`, 'If it was not you, there is nothing to do.'],
  }),
  'reset-password': ({ link, minutes }, installation) => ({
    subject: `Set a new password for ${installation}`,
    lines: ['You asked for a new password.'],
    action: { label: 'Set a new password', link },
    notes: [`The link is good for ${minutes} minutes and works once.`, 'If you did not ask for it, ignore this mail: your password stays as it is.'],
  }),
  'password-changed': (data, installation) => ({
    subject: `Your password at ${installation} was changed`,
    lines: ['Your password has just been changed, and other sessions may have been signed out.', happened(data)],
    action: { label: 'This was not me', link: data.link },
    notes: ['If it was you, there is nothing to do. If it was not, set another password at once.'],
  }),
  'new-sign-in': (data, installation) => ({
    subject: `New sign-in to ${installation}`,
    lines: ['Your account was used from a device or place that we have not seen before.', happened(data)],
    action: { label: 'This was not me', link: data.link },
    notes: ['If it was you, there is nothing to do. Otherwise the link ends all sessions and lets you set a new password.'],
  }),
  invitation: ({ inviter, tenant, roles, message, link, expiresAt }, installation) => ({
    subject: `${inviter} invites you to ${tenant}`,
    lines: [`${inviter} invites you to work in ${tenant} on ${installation}, as: ${roles}.`, ...(message ? [`“${message}”`] : [])],
    action: { label: 'Look at the invitation', link },
    notes: [`The invitation is good until ${moment(expiresAt)}. If you do not know who sent it, ignore this mail.`],
  }),
  'email-change-confirm': ({ link, email }, installation) => ({
    subject: `Confirm your new address for ${installation}`,
    lines: [`Your account is to use the address ${email} from now on. Confirm that it is yours.`],
    action: { label: 'Confirm address', link },
    notes: ['The link is good for 24 hours. If you did not ask for this, ignore the mail: nothing changes.'],
  }),
  'email-change-notice': ({ link, email }, installation) => ({
    subject: `The address of your account at ${installation} was changed`,
    lines: [`Your account now uses the address ${email}. Mails no longer come to this one.`],
    action: { label: 'Undo the change', link },
    notes: ['If it was you, there is nothing to do. Otherwise undo it within 72 hours; that also ends all sessions.'],
  }),
  'factor-added': (data, installation) => ({
    subject: `A second factor was added at ${installation}`,
    lines: [`From now on this can confirm your sign-in: ${data.factor}.`, happened(data)],
    action: { label: 'Look at your security settings', link: data.link },
    notes: ['If it was not you, remove it and change your password at once.'],
  }),
  'factor-removed': (data, installation) => ({
    subject: `A second factor was removed at ${installation}`,
    lines: [`This no longer confirms your sign-in: ${data.factor}.`, happened(data)],
    action: { label: 'Look at your security settings', link: data.link },
    notes: ['If it was not you, change your password at once and set the factor up again.'],
  }),
  'factors-reset-due': ({ due, link }, installation) => ({
    subject: `Your second factors at ${installation} are going to be removed`,
    lines: [
      `Support was asked to remove all second factors from your account, since they were said to be lost. It will happen after ${moment(due)}.`,
    ],
    action: { label: 'Look at your security settings', link },
    notes: ['If it was you, there is nothing to do. If it was not, tell whoever runs this installation at once: until then they can stop it.'],
  }),
  'backup-codes-low': ({ left, link }, installation) => ({
    subject: `Few backup codes are left at ${installation}`,
    lines: [`Backup codes that you can still use: ${left}. When none is left, a lost phone locks you out.`],
    action: { label: 'Make new backup codes', link },
    notes: ['New codes void the old ones.'],
  }),
  'refresh-reuse': (data, installation) => ({
    subject: `A session at ${installation} was ended for your safety`,
    lines: ['A key of your session was used twice, which happens when somebody has copied it. The session was ended.', happened(data)],
    action: { label: 'This was not me', link: data.link },
    notes: ['Sign in again where you work. If somebody else may have your account, the link ends all sessions and lets you set a new password.'],
  }),
  'account-locked': ({ until, link }, installation) => ({
    subject: `Sign-in to ${installation} is locked`,
    lines: [`There were too many wrong passwords for your account. Sign-in is locked until ${moment(until)}.`],
    action: { label: 'Unlock now', link },
    notes: ['If it was not you, somebody tried to guess your password and did not succeed. A longer one and a second factor keep it that way.'],
  }),
  'identity-linked': (data, installation) => ({
    subject: `${data.provider} now signs you in to ${installation}`,
    lines: [`A sign-in by ${data.provider} was connected with your account.`, happened(data)],
    action: { label: 'Look at connected accounts', link: data.link },
    notes: ['If it was not you, disconnect it and change your password at once.'],
  }),
  'domain-stale': ({ tenant, domain, link }) => ({
    subject: `The domain ${domain} can no longer be confirmed`,
    lines: [
      `The DNS record that shows that ${domain} belongs to ${tenant} was not found three times in a row. The domain works for seven more days; unless the record is back by then, it is removed.`,
    ],
    action: { label: 'Look at the record', link },
  }),
  'domain-lost': ({ tenant, domain, link }) => ({
    subject: `The domain ${domain} no longer leads to ${tenant}`,
    lines: [`Somebody else here has shown by a DNS record that ${domain} is theirs. It leads to them now, and no longer to ${tenant}.`],
    action: { label: 'Look at your domains', link },
    notes: ['If the domain is yours, see who can change its DNS records, take out the record that is not yours, and have yours checked again.'],
  }),
  'domain-won': ({ tenant, domain, link }) => ({
    subject: `The domain ${domain} leads to ${tenant} now`,
    lines: [`The DNS record of ${tenant} was found. Until now ${domain} was confirmed for somebody else here, who has been told as well.`],
    action: { label: 'Look at your domains', link },
    notes: ['If you did not expect that the domain was in use, ask whoever had it before you.'],
  }),
  'member-removed': ({ tenant }, installation) => ({
    subject: `You no longer belong to ${tenant}`,
    lines: [`You were removed from ${tenant} on ${installation}. Your account stays; what you could see and do in ${tenant} has ended.`],
    notes: [`If this surprises you, ask an administrator of ${tenant}.`],
  }),
  'role-changed': ({ tenant, roles, by, link }) => ({
    subject: `Your role in ${tenant} was changed`,
    lines: [`${by} has changed what you may do in ${tenant}. From now on you are: ${roles}.`],
    action: { label: `Open ${tenant}`, link },
  }),
};

export const en: Language = {
  tag: 'en',
  greeting: (name) => (name ? `Hello ${name},` : 'Hello,'),
  code: 'Code',
  via: 'via',
  linkHint: 'If the button does not work, open this address:',
  footer: (installation) => `You get this mail because this address is used at ${installation}. Nobody reads answers to it.`,
  letters,
};
