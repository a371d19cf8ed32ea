-- What was found on a route server or at a controller that should not be so: since when, whether it is still there, and what became of it.
create table exchange_findings (
  tenant_id uuid not null,
  id uuid not null,
  -- Of what it is, in one text: the server, or the controller with its network and node. What is found again is the same finding.
  subject text collate "C" not null,
  fabric_id uuid,
  route_server_id uuid,
  controller_id uuid,
  network_id text,
  node_id text,
  class text collate "C" not null,
  severity text not null check (severity in ('warning', 'critical')),
  -- What is done about it: put right by itself, by a Change that waits for somebody, or by people alone.
  mode text not null check (mode in ('auto', 'propose', 'report')),
  state text not null check (state in ('open', 'repairing', 'repaired', 'ignored', 'gone')),
  detail text not null,
  -- The Change that puts it right, or is to.
  change_id uuid,
  -- Why it is left alone, by whose word and until when.
  reason text,
  ignored_by text,
  ignored_until timestamptz,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check ((route_server_id is null) <> (controller_id is null)),
  foreign key (tenant_id, fabric_id) references exchange_fabrics (tenant_id, id) on delete cascade,
  foreign key (tenant_id, route_server_id) references exchange_route_servers (tenant_id, id) on delete cascade,
  foreign key (tenant_id, controller_id) references exchange_controllers (tenant_id, id) on delete cascade
);
create unique index exchange_findings_current on exchange_findings (tenant_id, subject, class)
  where state in ('open', 'repairing', 'ignored');
create index exchange_findings_fabric on exchange_findings (tenant_id, fabric_id);
create index exchange_findings_server on exchange_findings (tenant_id, route_server_id);
create index exchange_findings_controller on exchange_findings (tenant_id, controller_id);
