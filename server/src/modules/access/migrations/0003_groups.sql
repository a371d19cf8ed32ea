create table resource_groups (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null default '',
  owner_id uuid,
  -- Fixed members, each { type, id }, of whatever module.
  members jsonb not null default '[]' check (jsonb_typeof(members) = 'array'),
  -- Members by their properties: { type?, environments?, labels? }.
  selector jsonb,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name),
  foreign key (tenant_id, owner_id) references members (tenant_id, id) on delete set null (owner_id)
);
create index resource_groups_owner on resource_groups (tenant_id, owner_id);

create table resource_group_children (
  tenant_id uuid not null,
  group_id uuid not null,
  child_id uuid not null check (child_id <> group_id),
  primary key (tenant_id, group_id, child_id),
  foreign key (tenant_id, group_id) references resource_groups (tenant_id, id) on delete cascade,
  foreign key (tenant_id, child_id) references resource_groups (tenant_id, id)
);
create index resource_group_children_child on resource_group_children (tenant_id, child_id);
