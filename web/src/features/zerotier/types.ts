import type { Item } from '#lib/answers.ts';

export type Controller = Item<'exchange.controllers.list'>;
export type Finding = Controller['findings'][number];
export type Member = Item<'exchange.members.list'>;
export type Backup = Item<'exchange.backups.list'>;
