import { circumstancesIn, momentIn, type Language, type Letters } from './letter.ts';
import { noticesIn } from './notices.ts';
import { noticesZh } from './notices-zh.ts';

const moment = momentIn('zh-CN');
const happened = circumstancesIn({ when: '时间', device: '设备', place: '地点', ip: '地址' }, moment);

const letters: Letters = {
  ...noticesIn(noticesZh, moment),
  'verify-email': ({ link, code }, installation) => ({
    subject: `请确认您在 ${installation} 的地址`,
    lines: ['确认此地址属于您之后，账号即可使用。请打开链接，或在注册页面输入此验证码。'],
    code,
    action: { label: '确认地址', link },
    notes: ['链接 24 小时内有效，验证码 15 分钟内有效。如果您没有注册，请忽略此邮件：未经确认不会产生账号。'],
  }),
  'already-registered': ({ signInLink, resetLink }, installation) => ({
    subject: `您在 ${installation} 已有账号`,
    lines: ['有人（很可能是您）刚刚用此地址注册。该地址已有账号，没有任何更改。'],
    action: { label: '登录', link: signInLink },
    notes: [`如果忘记了密码： ${resetLink}`, '如果不是您本人，无需任何操作。'],
  }),
  'reset-password': ({ link, minutes }, installation) => ({
    subject: `为 ${installation} 设置新密码`,
    lines: ['您申请了设置新密码。'],
    action: { label: '设置新密码', link },
    notes: [`链接 ${minutes} 分钟内有效，只能使用一次。`, '如果不是您申请的，请忽略此邮件：密码保持不变。'],
  }),
  'password-changed': (data, installation) => ({
    subject: `您在 ${installation} 的密码已更改`,
    lines: ['您的密码刚刚更改，其他会话可能已退出登录。', happened(data)],
    action: { label: '不是我', link: data.link },
    notes: ['如果是您本人，无需任何操作。如果不是，请立即设置新密码。'],
  }),
  'new-sign-in': (data, installation) => ({
    subject: `${installation} 有新的登录`,
    lines: ['您的账号在我们未曾见过的设备或地点登录。', happened(data)],
    action: { label: '不是我', link: data.link },
    notes: ['如果是您本人，无需任何操作。如果不是，此链接会终止所有会话，并让您设置新密码。'],
  }),
  invitation: ({ inviter, tenant, roles, message, link, expiresAt }, installation) => ({
    subject: `${inviter} 邀请您加入 ${tenant}`,
    lines: [`${inviter} 邀请您加入 ${installation} 上的 ${tenant}，角色：${roles}。`, ...(message ? [`“${message}”`] : [])],
    action: { label: '查看邀请', link },
    notes: [`邀请有效期至 ${moment(expiresAt)}。如果您不认识邀请人，请忽略此邮件。`],
  }),
  'email-change-confirm': ({ link, email }, installation) => ({
    subject: `请确认您在 ${installation} 的新地址`,
    lines: [`您的账号将改用地址 ${email} 。请确认它属于您。`],
    action: { label: '确认地址', link },
    notes: ['链接 24 小时内有效。如果不是您申请的，请忽略此邮件：不会有任何更改。'],
  }),
  'email-change-notice': ({ link, email }, installation) => ({
    subject: `您在 ${installation} 的账号地址已更改`,
    lines: [`您的账号现在使用地址 ${email} 。邮件不再发送到此处。`],
    action: { label: '撤销更改', link },
    notes: ['如果是您本人，无需任何操作。如果不是，请在 72 小时内撤销；所有会话也会随之终止。'],
  }),
  'factor-added': (data, installation) => ({
    subject: `您在 ${installation} 添加了第二因素`,
    lines: [`今后可以用它确认您的登录：${data.factor}。`, happened(data)],
    action: { label: '查看安全设置', link: data.link },
    notes: ['如果不是您本人，请将其移除并立即更改密码。'],
  }),
  'factor-removed': (data, installation) => ({
    subject: `您在 ${installation} 移除了第二因素`,
    lines: [`今后不再用它确认您的登录：${data.factor}。`, happened(data)],
    action: { label: '查看安全设置', link: data.link },
    notes: ['如果不是您本人，请立即更改密码并重新设置该因素。'],
  }),
  'factors-reset-due': ({ due, link }, installation) => ({
    subject: `您在 ${installation} 的第二因素即将被移除`,
    lines: [`有人以丢失为由，请支持人员移除您账号的所有第二因素。将在 ${moment(due)} 之后执行。`],
    action: { label: '查看安全设置', link },
    notes: ['如果是您本人，无需任何操作。如果不是，请立即告知本系统的运维人员：在此之前可以阻止。'],
  }),
  'backup-codes-low': ({ left, link }, installation) => ({
    subject: `您在 ${installation} 的备用码所剩不多`,
    lines: [`仍可使用的备用码： ${left} 个。用完之后，一旦手机丢失就无法登录。`],
    action: { label: '生成新备用码', link },
    notes: ['生成后旧备用码失效。'],
  }),
  'refresh-reuse': (data, installation) => ({
    subject: `为保护您的安全，${installation} 的一个会话已终止`,
    lines: ['您会话的密钥被使用了两次，这通常意味着有人复制了它。该会话已终止。', happened(data)],
    action: { label: '不是我', link: data.link },
    notes: ['请在您工作的地方重新登录。如果可能有他人掌握了您的账号，此链接会终止所有会话，并让您设置新密码。'],
  }),
  'account-locked': ({ until, link }, installation) => ({
    subject: `${installation} 的登录已锁定`,
    lines: [`您的账号输错密码次数过多。登录锁定至 ${moment(until)}。`],
    action: { label: '立即解锁', link },
    notes: ['如果不是您本人，说明有人试图猜测您的密码，但没有成功。使用更长的密码和第二因素可防止被猜中。'],
  }),
  'identity-linked': (data, installation) => ({
    subject: `现在可用 ${data.provider} 登录 ${installation}`,
    lines: [`${data.provider} 登录已关联到您的账号。`, happened(data)],
    action: { label: '查看关联账号', link: data.link },
    notes: ['如果不是您本人，请取消关联并立即更改密码。'],
  }),
  'domain-stale': ({ tenant, domain, link }) => ({
    subject: `无法再确认域名 ${domain}`,
    lines: [`证明 ${domain} 属于 ${tenant} 的 DNS 记录已连续三次未找到。域名还可使用七天；届时记录仍未恢复，域名将被移除。`],
    action: { label: '查看记录', link },
  }),
  'domain-lost': ({ tenant, domain, link }) => ({
    subject: `域名 ${domain} 不再指向 ${tenant}`,
    lines: [`此处的另一方已用 DNS 记录证明 ${domain} 归其所有。该域名现在指向对方，不再指向 ${tenant}。`],
    action: { label: '查看您的域名', link },
    notes: ['如果该域名是您的，请检查谁可以更改其 DNS 记录，删除不属于您的记录，并重新检查您的记录。'],
  }),
  'domain-won': ({ tenant, domain, link }) => ({
    subject: `域名 ${domain} 现在指向 ${tenant}`,
    lines: [`已找到 ${tenant} 的 DNS 记录。此前 ${domain} 由此处的另一方确认，对方也已收到通知。`],
    action: { label: '查看您的域名', link },
    notes: ['如果您没有料到该域名已在使用，请询问此前的持有者。'],
  }),
  'member-removed': ({ tenant }, installation) => ({
    subject: `您不再是 ${tenant} 的成员`,
    lines: [`您已被移出 ${installation} 上的 ${tenant}。您的账号保留；您在 ${tenant} 中的访问已终止。`],
    notes: [`如有疑问，请联系 ${tenant} 的管理员。`],
  }),
  'role-changed': ({ tenant, roles, by, link }) => ({
    subject: `您在 ${tenant} 的角色已更改`,
    lines: [`${by} 更改了您在 ${tenant} 的权限。您现在的角色：${roles}。`],
    action: { label: `打开 ${tenant}`, link },
  }),
};

export const zh: Language = {
  tag: 'zh-CN',
  greeting: (name) => (name ? `${name}，您好：` : '您好：'),
  code: '验证码',
  via: '经由',
  linkHint: '如果按钮无法使用，请打开此地址：',
  footer: (installation) => `您收到此邮件，是因为此地址用于 ${installation}。请勿回复，不会有人查看。`,
  letters,
};
