-- Lists begin with what changed last.
create index memories_newest on memories (tenant_id, updated_at desc, id desc);
