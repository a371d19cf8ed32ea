-- Announcements, written in the transaction of what they announce (transactional outbox).
create table events (
  tenant_id uuid not null,
  id uuid not null,
  seq bigint generated always as identity,
  type text not null,
  change_id uuid,
  data jsonb not null,
  created_at timestamptz not null default now(),
  dispatched_at timestamptz,
  primary key (tenant_id, id)
);
comment on table events is '@platform: the dispatcher hands them to subscribers across tenants';
create index events_waiting on events (seq) where dispatched_at is null;
create index events_stream on events (tenant_id, seq);

-- One row per event and subscriber, written with the subscriber's effect, so that a second delivery does nothing.
create table event_deliveries (
  tenant_id uuid not null,
  id uuid not null,
  subscriber text not null,
  delivered_at timestamptz not null default now(),
  primary key (tenant_id, id, subscriber)
);

create table idempotency_keys (
  tenant_id uuid not null,
  actor_id text not null,
  key text not null,
  operation text not null,
  input_hash text not null,
  outcome jsonb,
  created_at timestamptz not null default now(),
  primary key (tenant_id, actor_id, key)
);
comment on table idempotency_keys is '@platform: keys older than 24 h are swept across tenants';
create index idempotency_keys_age on idempotency_keys (created_at);

-- Data keys of the envelope: AES-256 keys wrapped by the master key. Deleting a row makes everything it sealed unreadable.
create table data_keys (
  tenant_id uuid not null,
  id uuid not null,
  wrapped text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
