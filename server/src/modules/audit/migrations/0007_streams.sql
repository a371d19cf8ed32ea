-- Where a tenant has its trail sent, in the order of its chain. The cursor is the number of the last link that has arrived there: it moves
-- after its receiver has confirmed, so that whatever dies in between, nothing is left out.
create table audit_streams (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('syslog', 'webhook')),
  -- `tls://host:6514` or `tcp://host:601` for syslog, `https://…` for a webhook.
  address text not null,
  -- Certificates that a syslog receiver is trusted by, instead of those of the system.
  ca text,
  facility smallint not null default 13,
  -- What signs messages of a webhook.
  secret_sealed text,
  entries text not null check (entries in ('all', 'evidence')),
  state text not null check (state in ('active', 'failing', 'paused')),
  cursor bigint not null,
  sent bigint not null default 0,
  -- Entries that retention let go before they could be sent.
  gone bigint not null default 0,
  failures integer not null default 0,
  error text,
  failed_at timestamptz,
  sent_at timestamptz,
  -- Nothing is sent before.
  next_at timestamptz not null default now(),
  -- Which worker sends, until when.
  holder uuid,
  held_until timestamptz,
  created_by text not null,
  created_by_name text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);
comment on table audit_streams is '@platform(select, update): workers take turns across tenants';
