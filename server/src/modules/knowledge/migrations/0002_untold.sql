-- What no model has told yet is looked for by the clock, without reading the passages themselves.
create index knowledge_chunks_told on knowledge_chunks (tenant_id, document_id, vector_model);
