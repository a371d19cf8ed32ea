-- Documents that questions are answered from, in collections; cut into passages that are found by their words and by what they mean.
create table knowledge_collections (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text,
  -- Text search configuration of PostgreSQL.
  language text not null,
  -- Who may see it: `user:<id>`, `team:<slug>`, `role:<key>`; nobody in particular when empty.
  access_labels text[] not null,
  -- Characters of a passage, and how many of the one before it begins with.
  passage_size integer not null,
  passage_overlap integer not null,
  -- Nothing of it is sent to a model: it is searched by words alone.
  confidential boolean not null,
  version integer not null default 1,
  owner_id text not null,
  owner_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create unique index knowledge_collections_name on knowledge_collections (tenant_id, lower(name));
create index knowledge_collections_owner on knowledge_collections (tenant_id, owner_id);

create table knowledge_documents (
  tenant_id uuid not null,
  id uuid not null,
  collection_id uuid not null,
  title text not null,
  filename text not null,
  -- Where it comes from, such as an address; shown with what is quoted.
  source text,
  media_type text not null check (media_type in ('text/plain', 'text/markdown', 'text/html', 'text/csv')),
  -- As it was uploaded, gzip (RFC 1952).
  original bytea not null,
  bytes integer not null,
  sha256 text not null,
  access_labels text[] not null,
  metadata jsonb not null,
  state text not null check (state in ('waiting', 'running', 'ready', 'failed')),
  -- Percent.
  progress integer not null default 0,
  problem text,
  characters integer not null default 0,
  passages integer not null default 0,
  -- Passages of which a model told what they mean.
  passages_meant integer not null default 0,
  -- Counts what is to be read anew, so that an older reading gives way.
  reading integer not null default 1,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, collection_id) references knowledge_collections (tenant_id, id) on delete cascade
);
alter table knowledge_documents alter column original set storage external;
create index knowledge_documents_collection on knowledge_documents (tenant_id, collection_id);
create index knowledge_documents_same on knowledge_documents (tenant_id, collection_id, sha256);

create table knowledge_chunks (
  tenant_id uuid not null,
  id uuid not null,
  collection_id uuid not null,
  document_id uuid not null,
  -- From 1.
  number integer not null,
  -- The headings that it stands under.
  heading text,
  content text not null,
  -- Direction of its meaning, one signed byte for each dimension, and the model that told it.
  vector bytea,
  vector_model text,
  search tsvector not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, document_id, number),
  foreign key (tenant_id, document_id) references knowledge_documents (tenant_id, id) on delete cascade,
  foreign key (tenant_id, collection_id) references knowledge_collections (tenant_id, id) on delete cascade
);
create index knowledge_chunks_search on knowledge_chunks using gin (search);
create index knowledge_chunks_collection on knowledge_chunks (tenant_id, collection_id, id);
