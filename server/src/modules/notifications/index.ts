import { defineModule, type Module } from '#kernel/module.ts';
import { HEARD } from './announcements.ts';
import { noteMail, release } from './mailing.ts';
import { notificationChannelsCreate } from './operations/notificationChannels.create.ts';
import { notificationChannelsDelete } from './operations/notificationChannels.delete.ts';
import { notificationChannelsList } from './operations/notificationChannels.list.ts';
import { notificationChannelsTest } from './operations/notificationChannels.try.ts';
import { notificationChannelsUpdate } from './operations/notificationChannels.update.ts';
import { notificationDeliveriesList } from './operations/notificationDeliveries.list.ts';
import { notificationPreferencesGet } from './operations/notificationPreferences.get.ts';
import { notificationPreferencesUpdate } from './operations/notificationPreferences.update.ts';
import { notificationsList } from './operations/notifications.list.ts';
import { notificationsRead } from './operations/notifications.read.ts';
import { notificationsReadAll } from './operations/notifications.readAll.ts';
import { notificationsUnread } from './operations/notifications.unread.ts';
import { notificationsUnreadCount } from './operations/notifications.unreadCount.ts';
import { slackActionsReceive } from './operations/slackActions.receive.ts';
import { slackLinksConfirm } from './operations/slackLinks.confirm.ts';
import { slackLinksDelete } from './operations/slackLinks.delete.ts';
import { slackLinksList } from './operations/slackLinks.list.ts';
import './problems.ts';
import { forget, sweep } from './retention.ts';
import { tell } from './tell.ts';

export {
  notificationChannelsCreate,
  notificationChannelsDelete,
  notificationChannelsList,
  notificationChannelsTest,
  notificationChannelsUpdate,
  notificationDeliveriesList,
  notificationPreferencesGet,
  notificationPreferencesUpdate,
  notificationsList,
  notificationsRead,
  notificationsReadAll,
  notificationsUnread,
  notificationsUnreadCount,
  slackActionsReceive,
  slackLinksConfirm,
  slackLinksDelete,
  slackLinksList,
};

const heard: NonNullable<Module['on']> = {
  ...Object.fromEntries(HEARD.map((type) => [type, tell])),
  ...Object.fromEntries(['mail.sent', 'mail.failed', 'mail.delayed'].map((type) => [type, noteMail])),
  'member.removed': forget,
};

/** Who is told of what, and how. It listens; nothing waits for it. */
export const notifications = defineModule({
  name: 'notifications',
  migrations: new URL('./migrations/', import.meta.url),
  sealed: [{ table: 'notification_channels', column: 'sealed', field: "'sealed'" }],
  operations: [
    notificationsList,
    notificationsUnreadCount,
    notificationsRead,
    notificationsUnread,
    notificationsReadAll,
    notificationPreferencesGet,
    notificationPreferencesUpdate,
    notificationChannelsList,
    notificationChannelsCreate,
    notificationChannelsUpdate,
    notificationChannelsDelete,
    notificationChannelsTest,
    notificationDeliveriesList,
    slackActionsReceive,
    slackLinksList,
    slackLinksConfirm,
    slackLinksDelete,
  ],
  events: {
    'notification.created': { summary: 'Somebody was told something; only they hear of it', audience: 'person' },
    'notification.read': { summary: 'Somebody read what they were told; only they hear of it', audience: 'person' },
    'notificationChannel.created': 'A channel is told of things from now on',
    'notificationChannel.updated': 'What a channel is told of, or how it is reached, was changed',
    'notificationChannel.deleted': 'A channel is told of nothing any more',
  },
  on: heard,
  // It belongs to no module in particular, and none waits for it.
  hearsOf: Object.keys(heard),
  schedules: [
    { name: 'notifications-release', cron: '* * * * *', perTenant: release },
    { name: 'notifications-sweep', cron: '29 * * * *', perTenant: sweep },
  ],
});
