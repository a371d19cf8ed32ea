-- Backups of a controller of one's own: its networks, its members and its identity, so that it can be put back as it was.
alter table exchange_controllers
  drop constraint exchange_controllers_state_check,
  add constraint exchange_controllers_state_check check (state in ('unknown', 'ready', 'blocked', 'restoring')),
  -- How many are kept, and whether one is taken each night.
  add column backup_keep integer not null default 14 check (backup_keep between 1 and 60),
  add column backup_daily boolean not null default true,
  -- Nothing is written to it while it is put back; a restore that nobody ended holds it no longer than this.
  add column restoring_until timestamptz,
  add column restoring_change uuid;

create table exchange_controller_backups (
  tenant_id uuid not null,
  id uuid not null,
  controller_id uuid not null,
  cause text not null check (cause in ('manual', 'schedule')),
  status text not null check (status in ('complete', 'failed', 'pruned')),
  node_id text collate "C" check (node_id ~ '^[0-9a-f]{10}$'),
  networks integer not null default 0,
  members integer not null default 0,
  bytes bigint not null default 0,
  -- Of the archive before it was sealed.
  sha256 text collate "C",
  -- [{ path, bytes, sha256 }]
  files jsonb not null default '[]',
  -- Sealed under the key of the tenant: whoever has what is in it is the controller. Gone once enough newer ones are there.
  archive text,
  problem_code text,
  detail text,
  drill text check (drill in ('passed', 'failed')),
  drill_detail text,
  drill_at timestamptz,
  change_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, controller_id) references exchange_controllers (tenant_id, id) on delete cascade
);
create index exchange_controller_backups_controller on exchange_controller_backups (tenant_id, controller_id, created_at);
