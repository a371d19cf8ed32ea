-- What workflows, agents and people keep for later: found by their words and by what they mean.
create table memories (
  tenant_id uuid not null,
  id uuid not null,
  -- `tenant`, `user:<id>`, `workflow:<id>`, or a name that the tenant chose.
  space text not null,
  key text not null,
  type text not null check (type in ('semantic', 'episodic', 'procedural', 'factual')),
  title text,
  -- Null where it is sealed.
  content text,
  sealed text,
  summary text,
  tags text[] not null,
  sensitivity text not null check (sensitivity in ('public', 'internal', 'confidential', 'secret')),
  importance text not null check (importance in ('critical', 'high', 'medium', 'low', 'trivial')),
  confidence real not null check (confidence between 0 and 1),
  -- Who may see it: `user:<id>`, `team:<slug>`, `role:<key>`; nobody in particular when empty.
  access_labels text[] not null,
  entities text[] not null,
  metadata jsonb not null,
  provenance jsonb not null,
  version integer not null default 1,
  expires_at timestamptz,
  -- Direction of its meaning, one signed byte for each dimension, and the model that told it.
  vector bytea,
  vector_model text,
  search tsvector not null default '',
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, space, key),
  check ((content is null) = (sensitivity = 'secret')),
  check ((sealed is not null) = (sensitivity = 'secret'))
);
create index memories_search on memories using gin (search);
create index memories_expiry on memories (tenant_id, expires_at) where expires_at is not null;

-- What a memory said before, where it is kept in versions.
create table memory_versions (
  tenant_id uuid not null,
  id uuid not null,
  memory_id uuid not null,
  number integer not null,
  title text,
  content text,
  sealed text,
  summary text,
  metadata jsonb not null,
  note text,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, memory_id, number),
  foreign key (tenant_id, memory_id) references memories (tenant_id, id) on delete cascade
);

-- What a memory has to do with others, and with things of the platform.
create table memory_links (
  tenant_id uuid not null,
  id uuid not null,
  memory_id uuid not null,
  relation text not null,
  -- `memory`, or a kind of things such as `server`.
  to_type text not null,
  to_id text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, memory_id, relation, to_type, to_id),
  foreign key (tenant_id, memory_id) references memories (tenant_id, id) on delete cascade
);
create index memory_links_to on memory_links (tenant_id, to_type, to_id);
