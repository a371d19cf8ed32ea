-- What people are told of: one row for each person and thing, however often it is announced. `shown` is false for what a person wants by
-- mail alone. `content` holds names and numbers, never inputs or secrets.
create table notifications (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  dedupe_key text not null,
  critical boolean not null default false,
  shown boolean not null default true,
  content jsonb not null,
  change_id uuid,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, user_id, dedupe_key)
);
create index notifications_inbox on notifications (tenant_id, user_id, id desc) where shown;
create index notifications_unread on notifications (tenant_id, user_id) where shown and read_at is null;
create index notifications_age on notifications (tenant_id, created_at);

-- What a person wants to hear of and how; `id` is the person's.
create table notification_preferences (
  tenant_id uuid not null,
  id uuid not null,
  channels jsonb not null default '{}',
  quiet jsonb,
  digest text not null default 'off' check (digest in ('off', 'hourly', 'daily')),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

-- Where a whole tenant hears of things. `sealed` holds the address of the webhook, or the token and signing secret of the bot.
create table notification_channels (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('slack-webhook', 'slack-bot')),
  name text not null,
  kinds text[] not null,
  place text,
  sealed text not null,
  enabled boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

-- The log of everything that was to leave, by mail to one person or to a channel, and the queue of what has not left yet.
create table notification_deliveries (
  tenant_id uuid not null,
  id uuid not null,
  via text not null check (via in ('email', 'slack')),
  notification_id uuid,
  channel_id uuid,
  user_id uuid,
  kind text not null,
  dedupe_key text not null,
  critical boolean not null default false,
  content jsonb not null,
  status text not null check (status in ('waiting', 'held', 'handed', 'delayed', 'delivered', 'digested', 'failed', 'skipped')),
  release_at timestamptz,
  attempts smallint not null default 0,
  code text,
  ref text,
  settled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, notification_id) references notifications (tenant_id, id) on delete cascade,
  foreign key (tenant_id, channel_id) references notification_channels (tenant_id, id) on delete cascade,
  unique (tenant_id, notification_id, via),
  unique (tenant_id, channel_id, dedupe_key)
);
create index notification_deliveries_held on notification_deliveries (tenant_id, release_at) where status = 'held';
create index notification_deliveries_person on notification_deliveries (tenant_id, user_id, created_at);
create index notification_deliveries_ref on notification_deliveries (tenant_id, ref) where ref is not null;
create index notification_deliveries_age on notification_deliveries (tenant_id, created_at);

-- Which person of the tenant a person in Slack is, as that person has confirmed in a session of their own.
create table slack_links (
  tenant_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  slack_team text not null,
  slack_user text not null,
  slack_name text not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, channel_id) references notification_channels (tenant_id, id) on delete cascade,
  unique (tenant_id, channel_id, slack_team, slack_user)
);
create index slack_links_person on slack_links (tenant_id, user_id);

-- Buttons that were pressed in Slack and whose signature held; a job acts on each once.
create table slack_actions (
  tenant_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  dedupe_key text not null,
  said jsonb not null,
  answer text,
  answered_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, channel_id) references notification_channels (tenant_id, id) on delete cascade,
  unique (tenant_id, channel_id, dedupe_key)
);
create index slack_actions_age on slack_actions (tenant_id, created_at);
