-- Mails that have not left. `sealed` holds receiver, template and data under a key that no database has: a copy of this table
-- opens no reset link. A row goes when its mail has been handed over or given up.
create table mail_outbox (
  tenant_id uuid not null,
  id uuid not null,
  sealed text not null,
  attempts smallint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on table mail_outbox is '@platform: mails leave for all tenants, and for persons in none, through one queue';
create index mail_outbox_age on mail_outbox (created_at);

-- Addresses whose server said for good that they do not exist. Keyed hashes, so the table is no list of addresses.
create table auth.mail_suppressions (
  address_hash text primary key check (address_hash ~ '^[0-9a-f]{64}$'),
  code text not null,
  suppressed_until timestamptz not null,
  created_at timestamptz not null default now()
);

-- How many mails left in which minute, in the whole installation.
create table auth.mail_minutes (
  minute timestamptz primary key,
  sent integer not null
);
