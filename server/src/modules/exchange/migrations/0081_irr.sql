-- What routing registries say that networks may announce, and what route servers make of it.
alter table exchange_fabrics
  -- Routes that no registry has: not looked at, marked, or refused.
  add column irr_mode text not null default 'tag' check (irr_mode in ('off', 'tag', 'enforce'));

create table exchange_irr_lists (
  tenant_id uuid not null,
  id uuid not null,
  participant_id uuid not null,
  -- The AS-SET that was asked for, or the AS number where the network names none.
  source text collate "C" not null,
  -- [asn], and [{ prefix, ge, le }] of each family: those of the last answer that was taken.
  origins jsonb not null,
  prefixes_v4 jsonb not null,
  prefixes_v6 jsonb not null,
  -- When that was; nothing as long as no answer was taken.
  fetched_at timestamptz,
  tried_at timestamptz not null,
  -- Why the last answer was not taken.
  problem_code text,
  detail text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, participant_id) references exchange_participants (tenant_id, id) on delete cascade
);
create unique index exchange_irr_lists_participant on exchange_irr_lists (tenant_id, participant_id);
