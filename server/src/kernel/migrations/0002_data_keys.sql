-- The key of a tenant is made along with the tenant, by the platform, in the same transaction. It may add keys and read none.
comment on table data_keys is '@founding: the first key of a tenant is made with the tenant';
