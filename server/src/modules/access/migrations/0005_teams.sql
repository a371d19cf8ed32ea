create table teams (
  tenant_id uuid not null,
  id uuid not null,
  -- What policies and approvals name it by; it stays when the name changes.
  slug text not null,
  name text not null,
  description text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, slug),
  unique (tenant_id, name)
);

create table team_members (
  tenant_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, team_id, member_id),
  foreign key (tenant_id, team_id) references teams (tenant_id, id) on delete cascade,
  foreign key (tenant_id, member_id) references members (tenant_id, id) on delete cascade
);
create index team_members_member on team_members (tenant_id, member_id);
