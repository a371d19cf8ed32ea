-- Where a tenant wants to hear of what happens. Header values and signing secrets are sealed, each under its own name.
create table webhooks (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text,
  url text not null,
  events text[] not null,
  environments text[] not null default '{}',
  labels jsonb not null default '{}',
  -- Names of fields, or JSON pointers, that are left out of `data` before it is stored or sent.
  redact text[] not null default '{}',
  header_names text[] not null default '{}',
  headers_sealed text,
  rate integer not null check (rate between 1 and 1000),
  ordered boolean not null default false,
  -- Has to answer a challenge before it hears of anything, again whenever its address changes.
  challenge boolean not null default false,
  state text not null check (state in ('unproven', 'active', 'paused', 'failing', 'disabled')),
  -- Why it is failing or disabled, in words.
  state_reason text,
  state_at timestamptz not null default now(),
  secret_sealed text not null,
  secret_set_at timestamptz not null default now(),
  -- Signs beside the new one until then.
  previous_sealed text,
  previous_until timestamptz,
  api_version text not null,
  created_by text not null,
  created_by_name text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);
comment on table webhooks is '@platform(select, update): events are matched, and sent, across tenants';

-- One row for each webhook: whose turn it is, which worker sends to it until when, and how the receiver has been. Apart from the
-- webhook, since it changes with every batch.
create table webhook_lanes (
  tenant_id uuid not null,
  id uuid not null,
  -- When there may be something to send; null when nothing waits.
  due_at timestamptz,
  holder uuid,
  held_until timestamptz,
  -- Attempts at once that the holder may make.
  slots smallint not null default 0,
  -- What the receiver has earned: grows with quick answers, falls to one with a failure or a slow answer.
  earned smallint not null default 1,
  served_at timestamptz not null default now(),
  -- Nothing is sent before: the circuit is open, or the receiver asked us to wait.
  closed_until timestamptz,
  failures integer not null default 0,
  failed_at timestamptz,
  -- Since the second failure within 24 hours with no success in between.
  failing_since timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, id) references webhooks (tenant_id, id) on delete cascade
) with (fillfactor = 70);
comment on table webhook_lanes is '@platform: workers take turns across tenants';
create index webhook_lanes_due on webhook_lanes (due_at) where due_at is not null;
create index webhook_lanes_held on webhook_lanes (tenant_id) where holder is not null;

-- One event for one webhook. `id` sorts by time; the message has the id of its event, whatever number of attempts it takes.
create table webhook_deliveries (
  tenant_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  event_id uuid not null,
  type text not null,
  -- Place of the event in the outbox: in the order of commits for one resource.
  sequence bigint not null,
  occurred_at timestamptz not null,
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  is_test boolean not null default false,
  -- All of them, and those since it was made or replayed.
  attempts smallint not null default 0,
  round smallint not null default 0,
  next_at timestamptz,
  -- HTTP status of the last attempt, and why it failed.
  status smallint,
  code text,
  settled_at timestamptz,
  replayed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, webhook_id, event_id),
  foreign key (tenant_id, webhook_id) references webhooks (tenant_id, id) on delete cascade
) with (fillfactor = 85);
comment on table webhook_deliveries is '@platform: made with the dispatch of events and sent by workers, across tenants';
create index webhook_deliveries_waiting on webhook_deliveries (tenant_id, webhook_id, next_at) where state = 'waiting';
create index webhook_deliveries_order on webhook_deliveries (tenant_id, webhook_id, sequence) where state = 'waiting';
create index webhook_deliveries_failed on webhook_deliveries (tenant_id, webhook_id, id) where state = 'failed';
create index webhook_deliveries_list on webhook_deliveries (tenant_id, webhook_id, id);

-- What is sent, as it is sent; kept for a shorter time than the delivery.
create table webhook_payloads (
  tenant_id uuid not null,
  id uuid not null,
  body text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, id) references webhook_deliveries (tenant_id, id) on delete cascade
);
comment on table webhook_payloads is '@platform: as the deliveries they are of';

create table webhook_attempts (
  tenant_id uuid not null,
  id uuid not null,
  delivery_id uuid not null,
  webhook_id uuid not null,
  number smallint not null,
  at timestamptz not null,
  ms integer not null,
  outcome text not null check (outcome in ('delivered', 'refused', 'redirected', 'timeout', 'unreachable', 'forbidden')),
  status smallint,
  error text,
  url text not null,
  request_headers jsonb not null,
  response_headers jsonb,
  -- The first 4 KiB.
  response_body text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, delivery_id) references webhook_deliveries (tenant_id, id) on delete cascade
);
comment on table webhook_attempts is '@platform: written by workers, across tenants';
create index webhook_attempts_delivery on webhook_attempts (tenant_id, delivery_id, number);
create index webhook_attempts_recent on webhook_attempts (tenant_id, webhook_id, id);

-- Deliveries of a span of time that are to be sent again; a worker goes through them from the place where it stopped.
create table webhook_replays (
  tenant_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  range_from timestamptz not null,
  range_to timestamptz not null,
  only_failed boolean not null,
  last_id uuid,
  replayed integer not null default 0,
  -- Of those whose content is no longer kept.
  skipped integer not null default 0,
  ended_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, webhook_id) references webhooks (tenant_id, id) on delete cascade
);
comment on table webhook_replays is '@platform: carried out by workers, across tenants';
create index webhook_replays_webhook on webhook_replays (tenant_id, webhook_id);
create index webhook_replays_open on webhook_replays (id) where ended_at is null;
