comment on table permission_boundaries is '@platform: whoever accepts an invitation is in no tenant yet, and what its giver may still give is looked at';
