import type { AuditEntryView } from '../schemas.ts';

export const LOCALES = ['en', 'de', 'zh'] as const;
export type Locale = (typeof LOCALES)[number];

interface Words {
  /** By the last part of an operation's name; `{thing}` is what it was done to. */
  verbs: Record<string, string>;
  /** For an operation of another name. */
  did: string;
  results: Record<AuditEntryView['result'], string>;
  /** By the names of operations and targets. */
  things: Record<string, string>;
  times: (count: number) => string;
}

const words: Record<Locale, Words> = {
  en: {
    verbs: {
      list: 'looked through {thing}',
      get: 'looked at {thing}',
      create: 'made {thing}',
      update: 'changed {thing}',
      delete: 'deleted {thing}',
      revoke: 'ended {thing}',
      approve: 'approved {thing}',
      reject: 'rejected {thing}',
      apply: 'started {thing}',
      cancel: 'cancelled {thing}',
      rollback: 'undid {thing}',
      export: 'exported {thing}',
      download: 'downloaded {thing}',
      verify: 'verified {thing}',
      invite: 'invited {thing}',
      suspend: 'suspended {thing}',
      activate: 'let {thing} work again',
      login: 'signed in',
      logout: 'signed out',
      rotate: 'renewed {thing}',
    },
    did: 'called {operation}',
    results: { success: '{who} {did}.', failure: '{who} {did}, and it failed: {why}', denied: '{who} was refused: {why} ({operation})', pending: '{who} asked for approval and {did}.', error: '{who} {did}, and it ended in a fault of ours.' },
    things: { audit: 'the audit log', exports: 'exports of the audit log', me: 'their own profile', auth: 'their account', dns: 'DNS' },
    times: (count) => ` (${count} times)`,
  },
  de: {
    verbs: {
      list: 'hat {thing} durchgesehen',
      get: 'hat {thing} angesehen',
      create: 'hat {thing} angelegt',
      update: 'hat {thing} geändert',
      delete: 'hat {thing} gelöscht',
      revoke: 'hat {thing} beendet',
      approve: 'hat {thing} genehmigt',
      reject: 'hat {thing} abgelehnt',
      apply: 'hat {thing} gestartet',
      cancel: 'hat {thing} abgebrochen',
      rollback: 'hat {thing} zurückgenommen',
      export: 'hat {thing} exportiert',
      download: 'hat {thing} heruntergeladen',
      verify: 'hat {thing} geprüft',
      invite: 'hat {thing} eingeladen',
      suspend: 'hat {thing} gesperrt',
      activate: 'hat {thing} wieder freigegeben',
      login: 'hat sich angemeldet',
      logout: 'hat sich abgemeldet',
      rotate: 'hat {thing} erneuert',
    },
    did: 'hat {operation} aufgerufen',
    results: { success: '{who} {did}.', failure: '{who} {did}, aber es misslang: {why}', denied: '{who} wurde abgewiesen: {why} ({operation})', pending: '{who} hat um Genehmigung gebeten und {did}.', error: '{who} {did}, aber dabei trat ein Fehler bei uns auf.' },
    things: {
      server: 'Server', servers: 'Server', change: 'Change', changes: 'Changes', user: 'Person', member: 'Mitglied', members: 'Mitglieder', role: 'Rolle', roles: 'Rollen', grant: 'Zuweisung',
      grants: 'Zuweisungen', group: 'Gruppe', groups: 'Gruppen', tenant: 'Organisation', tenants: 'Organisationen', audit: 'das Protokoll', me: 'das eigene Profil', auth: 'das eigene Konto', dns: 'DNS', clouds: 'Anbindungen', cloudConnection: 'Anbindung',
      dnsZone: 'DNS-Zone', apiKeys: 'API-Schlüssel', apiKey: 'API-Schlüssel', invitations: 'Einladungen', invitation: 'Einladung', sessions: 'Sitzungen', policies: 'Richtlinien',
      approvals: 'Genehmigungen', securityEvents: 'Sicherheitsereignisse', securityEvent: 'Sicherheitsereignis', exports: 'Exporte',
    },
    times: (count) => ` (${count}-mal)`,
  },
  zh: {
    verbs: {
      list: '浏览了{thing}',
      get: '查看了{thing}',
      create: '创建了{thing}',
      update: '更改了{thing}',
      delete: '删除了{thing}',
      revoke: '终止了{thing}',
      approve: '批准了{thing}',
      reject: '驳回了{thing}',
      apply: '执行了{thing}',
      cancel: '取消了{thing}',
      rollback: '回滚了{thing}',
      export: '导出了{thing}',
      download: '下载了{thing}',
      verify: '验证了{thing}',
      invite: '邀请了{thing}',
      suspend: '停用了{thing}',
      activate: '恢复启用了{thing}',
      login: '登录了',
      logout: '退出了登录',
      rotate: '轮换了{thing}',
    },
    did: '调用了 {operation}',
    results: { success: '{who} {did}。', failure: '{who} {did}，但失败了：{why}', denied: '{who} 被拒绝：{why}（{operation}）', pending: '{who} 申请了审批，并{did}。', error: '{who} {did}，但我们这边出了错。' },
    things: {
      server: '服务器', servers: '服务器', change: '变更', changes: '变更', user: '用户', member: '成员', members: '成员', role: '角色', roles: '角色', grant: '授权',
      grants: '授权', group: '资源组', groups: '资源组', tenant: '组织', tenants: '组织', audit: '审计日志', me: '自己的资料', auth: '自己的账号', dns: 'DNS', clouds: '云连接', cloudConnection: '云连接',
      dnsZone: 'DNS 区域', apiKeys: 'API 密钥', apiKey: 'API 密钥', invitations: '邀请', invitation: '邀请', sessions: '会话', policies: '策略',
      approvals: '审批', securityEvents: '安全事件', securityEvent: '安全事件', exports: '导出',
    },
    times: (count) => `（${count} 次）`,
  },
}; // prettier-ignore

/** `apiKeys` becomes “api keys”, where no word is given for it. */
const spelled = (name: string, things: Record<string, string>): string =>
  things[name] ?? name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const MOST = 3;
function thingOf({ operation, targets }: AuditEntryView, { things }: Words): string {
  if (targets.length === 0) return spelled(operation.split('.').at(-2) ?? operation, things);
  const named = targets.slice(0, MOST).map(({ type, name, id }) => `${spelled(type, things)} ${name ?? id.slice(0, 8)}`);
  return named.join(', ') + (targets.length > MOST ? ` +${targets.length - MOST}` : '');
}

const filled = (text: string, values: Record<string, string>): string => text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '');

/** One entry as a sentence for people, in their language; reasons stay as they were given. */
export function sentenceOf(entry: AuditEntryView, locale: Locale): string {
  const said = words[locale];
  const { operation, actor, result, reason, occurrences } = entry;
  const verb = said.verbs[operation.split('.').at(-1)!] ?? said.did;
  const did = filled(verb, { thing: thingOf(entry, said), operation });
  const why = reason?.text ?? '';
  const text = filled(said.results[result], { who: actor.name, did, why, operation });
  return text + (occurrences > 1 ? said.times(occurrences) : '');
}
