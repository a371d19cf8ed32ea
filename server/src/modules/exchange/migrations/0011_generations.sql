-- Whose wish it is that changes are applied by themselves, and how far that is.
alter table exchange_route_server_access
  add column follow boolean not null default false,
  -- The person in whose name it is done: what they may do is looked at each time.
  add column followed_by uuid,
  add column followed_by_name text,
  -- The lowest goes first; what it refuses is not tried on the others.
  add column apply_order integer not null default 100,
  add column dirty_since timestamptz,
  add column dirty_at timestamptz,
  add column attempts integer not null default 0,
  add column next_attempt_at timestamptz,
  -- The Change that is at work on it, until when at the latest.
  add column applying_change uuid,
  add column applying_until timestamptz,
  add column hold_until timestamptz,
  add column hold_reason text,
  -- What was there and should not be, when the server was looked at last: [{ class, detail, since }].
  add column findings jsonb not null default '[]';

-- What was sent to a route server, and what became of it.
create table exchange_rs_generations (
  tenant_id uuid not null,
  id uuid not null,
  route_server_id uuid not null,
  number bigint not null check (number > 0),
  -- Of the text as it is for this server, and of what it has in common with the others of the fabric.
  sha256 text collate "C" not null,
  wish text collate "C" not null,
  -- [{ path, content }]; empty once fifty newer ones are there.
  files jsonb not null,
  sessions integer not null,
  state text not null check (state in ('applying', 'confirmed', 'rolled_back', 'rejected', 'failed', 'unknown')),
  cause text not null check (cause in ('manual', 'converge', 'repair', 'rollback')),
  impact jsonb not null,
  change_id uuid,
  problem_code text,
  detail text,
  confirmed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, route_server_id) references exchange_route_servers (tenant_id, id) on delete cascade
);
create unique index exchange_rs_generations_number on exchange_rs_generations (tenant_id, route_server_id, number);

-- Of each member on each route server: what is wanted there, and what is there.
create table exchange_rs_sync (
  tenant_id uuid not null,
  id uuid not null,
  route_server_id uuid not null,
  -- As the file of the peer is called: it outlives the connection until the peer is gone from the server.
  name text collate "C" not null,
  asn bigint not null,
  connection_id uuid,
  desired_digest text collate "C",
  applied_digest text collate "C",
  applied_generation bigint,
  state text not null check (state in ('pending', 'applying', 'applied', 'retrying', 'blocked', 'failed', 'removing')),
  problem_code text,
  detail text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, route_server_id) references exchange_route_servers (tenant_id, id) on delete cascade
);
create unique index exchange_rs_sync_name on exchange_rs_sync (tenant_id, route_server_id, name);
create index exchange_rs_sync_connection on exchange_rs_sync (tenant_id, connection_id);
