// Generated from openapi.json by server/src/generate.ts; do not edit.

export interface paths {
    "/api/v1/access/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Explain whether a person may call an operation, and what is missing
         * @description The decision on permission and Scope as the Gate takes it. Policies and approvals come after and are shown by a dry run of the operation itself.
         *
         *     Needs the permission `grants:read`. Risk: read.
         */
        post: operations["access.explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/who-can": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who may call an operation
         * @description Active people of whom one grant alone allows it, on the target if one is given.
         *
         *     Needs the permission `grants:read`. Risk: read.
         */
        get: operations["access.whoCan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/simulator/{connectionId}/actor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Edit a simulated cloud as somebody outside Switchyard would
         * @description Deletes, edits or creates servers behind our back, so that drift can be seen and tested.
         *
         *     Needs the permission `simulator:control`. Risk: write.
         */
        post: operations["simulator.actor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/simulator/{connectionId}/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the speed of a simulated cloud’s clock, or jump ahead
         * @description Needs the permission `simulator:control`. Risk: write.
         */
        post: operations["simulator.clock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/simulator/{connectionId}/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set what goes wrong in a simulated cloud
         * @description Needs the permission `simulator:control`. Risk: write.
         */
        post: operations["simulator.faults"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your API keys in this tenant
         * @description For any signed-in person, on their own data. Risk: read.
         */
        get: operations["apiKeys.list"];
        put?: never;
        /**
         * Make an API key for yourself
         * @description The key is shown in this answer and never again. It may do what you may, cut down to `permissions`; when you lose a right, so does the key.
         *
         *     Needs the permission `apiKeys:write`. Risk: write.
         */
        post: operations["apiKeys.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of your API keys
         * @description Takes effect at once in this process and within five seconds everywhere.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        delete: operations["apiKeys.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit entries
         * @description Who called what, from where, on what, and how it was decided; newest first. Reads appear within a second.
         *
         *     Needs the permission `audit:read`. Risk: read.
         */
        get: operations["audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export audit entries as a file
         * @description At most 10000 entries; narrow the range for more.
         *
         *     Needs the permission `audit:export`. Risk: read.
         */
        get: operations["audit.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with e-mail and password
         * @description Opens a session of 256 random bits. It ends eight hours after its last use and after seven days at the latest. The answer to an unknown address and to a wrong password is the same.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End this session
         * @description For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List where you are signed in
         * @description For any signed-in person, on their own data. Risk: read.
         */
        get: operations["sessions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of your sessions
         * @description For any signed-in person, on their own data. Risk: write.
         */
        delete: operations["sessions.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/switch-tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on in another of your tenants
         * @description Ends this session and opens one in the other tenant, with a new token of the same type and the same latest end.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.switchTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Changes
         * @description Newest first. What lies outside your scope is left out, except what you asked for yourself.
         *
         *     Needs the permission `changes:read`. Risk: read.
         */
        get: operations["changes.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a Change
         * @description Plan, who must agree and why, decisions, steps of the job, outcome, and what you may do with it.
         *
         *     Needs the permission `changes:read`. Risk: read.
         */
        get: operations["changes.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply an approved Change
         * @description An approved Change is applied by itself; this starts it at once should its job have been held up. Permission, policy and plan are checked again.
         *
         *     Needs the permission `changes:apply`. Risk: write.
         */
        post: operations["changes.apply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a Change
         * @description Agrees to exactly the plan you have seen. When enough people have agreed, the Change is carried out.
         *
         *     Needs the permission `approvals:decide`. Risk: high.
         */
        post: operations["changes.approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a Change
         * @description Your own, or any with changes:cancel. One that runs stops before its next step and undoes what it did where it can.
         *
         *     Needs the permission `changes:read`. Risk: write.
         */
        post: operations["changes.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the live log of a Change
         * @description States, steps, progress and log lines in order. `GET /changes/{id}/events` sends the same as they happen.
         *
         *     Needs the permission `changes:read`. Risk: read.
         */
        get: operations["changes.log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject a Change
         * @description Needs the permission `approvals:decide`. Risk: high.
         */
        post: operations["changes.reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/{id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Roll back a Change that succeeded
         * @description Undoes what it did. Is itself a Change of the same risk, with its own plan and approval.
         *
         *     Needs the permission `changes:rollback`. Risk: write.
         */
        post: operations["changes.rollback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit a draft Change
         * @description Asks for the approvals that the rules demand, or carries the Change out when they demand none. The plan is checked again first.
         *
         *     Needs the permission `changes:read`. Risk: write.
         */
        post: operations["changes.submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cloud-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List cloud connections
         * @description Needs the permission `clouds:read`. Risk: read.
         */
        get: operations["clouds.list"];
        put?: never;
        /**
         * Connect a cloud or DNS server
         * @description The connection is tried first and stored only if it works. The credential is sealed and never shown again.
         *
         *     Needs the permission `clouds:create`. Risk: write.
         */
        post: operations["clouds.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cloud-providers/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a connection out without storing it
         * @description Ten times an hour for each user. The answer lists every check, with what to do about those that failed.
         *
         *     Needs the permission `clouds:create`. Risk: write.
         */
        post: operations["clouds.validate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cloud-providers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a cloud connection
         * @description Needs the permission `clouds:read`. Risk: read.
         */
        get: operations["clouds.get"];
        put?: never;
        post?: never;
        /**
         * Disconnect a cloud
         * @description Refused while servers are managed through it, unless `mode` is `forget`: then they go on at the provider and are no longer known here. Nothing is destroyed there. The credential is deleted.
         *
         *     Needs the permission `clouds:delete`. Risk: high.
         */
        delete: operations["clouds.delete"];
        options?: never;
        head?: never;
        /**
         * Change the name, default environment or interval of a connection
         * @description Needs the permission `clouds:update`. Risk: write.
         */
        patch: operations["clouds.update"];
        trace?: never;
    };
    "/api/v1/cloud-providers/{id}/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what a connection sells: regions, sizes with prices, images
         * @description Needs the permission `clouds:read`. Risk: read.
         */
        get: operations["clouds.catalog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cloud-providers/{id}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Manage servers that exist at the provider already
         * @description Writes only our mark, as labels; nothing else is touched. What they are now becomes what they should be.
         *
         *     Needs the permission `clouds:update`. Risk: write.
         */
        post: operations["clouds.import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cloud-providers/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop all calls through a connection
         * @description Needs the permission `clouds:update`. Risk: write.
         */
        post: operations["clouds.pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cloud-providers/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Allow calls through a connection again
         * @description Needs the permission `clouds:update`. Risk: write.
         */
        post: operations["clouds.resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cloud-providers/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the credential of a connection
         * @description The new one is tried first; if it does not work or belongs to another account, the old one stays in use.
         *
         *     Needs the permission `clouds:update`. Risk: write.
         */
        post: operations["clouds.rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cloud-providers/{id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare a connection with what is there now
         * @description Reads the catalog and every server, takes over power states and opens or closes drift findings. Nothing is changed at the provider.
         *
         *     Needs the permission `clouds:update`. Risk: write.
         */
        post: operations["clouds.sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cloud-providers/{id}/unmanaged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what exists at the provider but is not managed here
         * @description As the last complete pass saw it; `clouds.sync` makes it fresh.
         *
         *     Needs the permission `clouds:read`. Risk: read.
         */
        get: operations["clouds.unmanaged"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cloud-providers/{id}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a stored connection again
         * @description A connection whose credential was refused becomes active again when all checks pass.
         *
         *     Needs the permission `clouds:update`. Risk: write.
         */
        post: operations["clouds.revalidate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/decisions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain a decision of the Gate
         * @description The record that `X-Switchyard-Decision` names: the grant and the rules that were applied, the keyed hash of the input, and the time each step took. Your own, without any permission.
         *
         *     For any signed-in person, on their own data. Risk: read.
         */
        get: operations["decisions.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dns/records/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a DNS record
         * @description Other records of its name and type stay. High risk for NS and MX of the zone itself, wildcards, delegations and CAA.
         *
         *     Needs the permission `dns:write`. Risk: write.
         */
        delete: operations["dns.deleteRecord"];
        options?: never;
        head?: never;
        /**
         * Change the value, TTL or remark of a DNS record
         * @description The whole set of its name and type is written anew. `If-Match` takes the version of the zone.
         *
         *     Needs the permission `dns:write`. Risk: write.
         */
        patch: operations["dns.updateRecord"];
        trace?: never;
    };
    "/api/v1/dns/zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List DNS zones
         * @description Needs the permission `dns:read`. Risk: read.
         */
        get: operations["dns.listZones"];
        put?: never;
        /**
         * Create a DNS zone, or take one over
         * @description On the embedded name server the zone is made, with its name server record. A server that is reached by dynamic update (RFC 2136) must have it already: its records are read by zone transfer and are managed here from then on.
         *
         *     Needs the permission `dns:create`. Risk: write.
         */
        post: operations["dns.createZone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dns/zones/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a DNS zone
         * @description Needs the permission `dns:read`. Risk: read.
         */
        get: operations["dns.getZone"];
        put?: never;
        post?: never;
        /**
         * Delete a DNS zone
         * @description On the embedded name server the zone is gone at once, and with it every name in it. A zone that was taken over (RFC 2136) stays at its server and is only no longer managed here. An export can be made for 90 days.
         *
         *     Needs the permission `dns:delete`. Risk: high.
         */
        delete: operations["dns.deleteZone"];
        options?: never;
        head?: never;
        /**
         * Change the default TTL, environment, labels or protection of a zone
         * @description Nothing is sent to the name server. Lifting the protection of a zone in `prod` is high risk.
         *
         *     Needs the permission `dns:update`. Risk: write.
         */
        patch: operations["dns.updateZone"];
        trace?: never;
    };
    "/api/v1/dns/zones/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create, change and delete several DNS records as one Change
         * @description Deletes are carried out first, then updates, then creates, and the zone is judged by its state afterwards; so an alias can be replaced by an address. All of it happens or nothing. High risk when more than 30 % of a zone with ten or more record sets changes (`confirmMassChange` is asked for), and for what is high risk alone.
         *
         *     Needs the permission `dns:write`. Risk: write.
         */
        post: operations["dns.changeSet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dns/zones/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check what name servers and resolvers answer
         * @description Asks every authoritative server at every address, and resolvers, with real DNS messages, for at most eight seconds, and says for each whether it has the new data, and if not until when its cache may keep the old.
         *
         *     Needs the permission `dns:read`. Risk: read.
         */
        get: operations["dns.check"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dns/zones/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export a zone as a file
         * @description `bind` is a master file (RFC 1035) that name servers read; equal zones give equal bytes. `json` has the remarks as well. A deleted zone can be exported for 90 days.
         *
         *     Needs the permission `dns:export`. Risk: read.
         */
        get: operations["dns.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dns/zones/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of a zone, and what differs between two of them
         * @description With `from` and `to` the answer also has the difference between those versions. Versions are kept for 400 days.
         *
         *     Needs the permission `dns:read`. Risk: read.
         */
        get: operations["dns.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dns/zones/{id}/history/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore an earlier version of a zone
         * @description Makes the records what they were at that version; only the serial goes on. The restored state is a new version.
         *
         *     Needs the permission `dns:write`. Risk: high.
         */
        post: operations["dns.restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dns/zones/{id}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import a zone file, or what the name server holds
         * @description All errors of a file are told with line and column, and nothing is applied unless the whole of it is valid (or `skipInvalid` is set). `$INCLUDE` is refused, `$GENERATE` makes up to 4096 records. An export that is imported again changes nothing.
         *
         *     Needs the permission `dns:import`. Risk: high.
         */
        post: operations["dns.import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dns/zones/{id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the records of a zone
         * @description In the canonical order of names: the zone itself first, then what is below it, each name with all its types.
         *
         *     Needs the permission `dns:read`. Risk: read.
         */
        get: operations["dns.listRecords"];
        put?: never;
        /**
         * Create a DNS record
         * @description Adds a record to the set of its name and type. High risk for NS and MX of the zone itself, wildcards, delegations and CAA.
         *
         *     Needs the permission `dns:write`. Risk: write.
         */
        post: operations["dns.createRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what differs between Switchyard and the clouds
         * @description Needs the permission `drift:read`. Risk: read.
         */
        get: operations["drift.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drift/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide on a drift finding
         * @description `adopt` makes what is at the provider the wanted state. `ignore` says nothing more of it until it differs again. `forget` accepts that a missing server was deleted. Nothing is changed at the provider.
         *
         *     Needs the permission `drift:decide`. Risk: write.
         */
        post: operations["drift.decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who holds which role with which Scope
         * @description Grants that are in force or still to begin; ended and revoked ones are in the audit trail.
         *
         *     Needs the permission `grants:read`. Risk: read.
         */
        get: operations["grants.list"];
        put?: never;
        /**
         * Give a person a role
         * @description Nobody gives what they do not hold themselves, with at least the same Scope and for at least as long, and nobody gives to themselves. Ownership changes hands by transfer only.
         *
         *     Needs the permission `grants:write`. Risk: high.
         */
        post: operations["grants.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a role from a person
         * @description Felt at their next call. The last owner of a tenant stays.
         *
         *     Needs the permission `grants:write`. Risk: high.
         */
        delete: operations["grants.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show who you are, where, and what you may do
         * @description For any signed-in person, on their own data. Risk: read.
         */
        get: operations["auth.me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the people of this tenant
         * @description Needs the permission `users:read`. Risk: read.
         */
        get: operations["members.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show one person of this tenant
         * @description Needs the permission `users:read`. Risk: read.
         */
        get: operations["members.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every permission and the operations that need it
         * @description Needs the permission `roles:read`. Risk: read.
         */
        get: operations["permissions.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List roles
         * @description The most powerful first, with how many people hold each.
         *
         *     Needs the permission `roles:read`. Risk: read.
         */
        get: operations["roles.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a role with all permissions its patterns hold
         * @description Needs the permission `roles:read`. Risk: read.
         */
        get: operations["roles.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List servers
         * @description Needs the permission `servers:read`. Risk: read.
         */
        get: operations["servers.list"];
        put?: never;
        /**
         * Create one or more servers
         * @description Makes `count` servers alike. If one of them cannot be made, those that were are deleted again.
         *
         *     Needs the permission `servers:create`. Risk: write.
         */
        post: operations["servers.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a server
         * @description Needs the permission `servers:read`. Risk: read.
         */
        get: operations["servers.get"];
        put?: never;
        post?: never;
        /**
         * Delete a server
         * @description In environment `prod` the server is switched off and hidden for 24 hours, in which servers.undelete brings it back; elsewhere it is deleted at once. A protected server is refused.
         *
         *     Needs the permission `servers:delete`. Risk: high.
         */
        delete: operations["servers.delete"];
        options?: never;
        head?: never;
        /**
         * Change the name, labels, environment or description of a server
         * @description Needs the permission `servers:update`. Risk: write.
         */
        patch: operations["servers.update"];
        trace?: never;
    };
    "/api/v1/servers/{id}/actions/poweroff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Power a server off
         * @description Cuts the power at once, without telling the guest: unsaved data may be lost. Prefer servers.stop.
         *
         *     Needs the permission `servers:power`. Risk: high.
         */
        post: operations["servers.poweroff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/actions/reboot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reboot a server
         * @description Asks the guest to restart and waits until it runs again.
         *
         *     Needs the permission `servers:power`. Risk: write.
         */
        post: operations["servers.reboot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/actions/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset a server
         * @description Cuts and restores the power, without telling the guest: unsaved data may be lost. Prefer servers.reboot.
         *
         *     Needs the permission `servers:power`. Risk: high.
         */
        post: operations["servers.reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/actions/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a server
         * @description Switches a stopped server on and waits until it runs.
         *
         *     Needs the permission `servers:power`. Risk: write.
         */
        post: operations["servers.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/actions/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a server
         * @description Asks the guest to shut down and waits. When it has not by the end of the grace time, `force` cuts the power; without `force` the server stays on and the Change fails.
         *
         *     Needs the permission `servers:power`. Risk: write.
         */
        post: operations["servers.stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/protection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set or lift the protection of a server against deletion
         * @description Needs the permission `servers:update`. Risk: write.
         */
        post: operations["servers.protect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/purge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a server for good, without grace
         * @description Needs the permission `servers:purge`. Risk: high.
         */
        delete: operations["servers.purge"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/resize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the size of a server
         * @description A running server is stopped, resized and started again. If the new size cannot be had, it is started again with the old one.
         *
         *     Needs the permission `servers:resize`. Risk: write.
         */
        post: operations["servers.resize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{id}/undelete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a deleted server back within its time of grace
         * @description It keeps its addresses and disk, and stays off until it is started.
         *
         *     Needs the permission `servers:delete`. Risk: write.
         */
        post: operations["servers.undelete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tenants you are a member of
         * @description For any signed-in person, on their own data. Risk: read.
         */
        get: operations["tenants.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the tenant you are in
         * @description Needs the permission `tenants:read`. Risk: read.
         */
        get: operations["tenants.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A Change carries this out, or waits for approval */
        Accepted: {
            change: {
                /** Format: uuid */
                id: string;
                /** @example CHG-1042 */
                number: string;
                state: string;
                operation: string;
            };
        };
        Plan: {
            summary: string;
            /** @enum {string} */
            risk?: "write" | "high";
            /** @default [] */
            steps: {
                title: string;
                seconds?: number;
            }[];
            /** @default [] */
            changes: {
                /** @enum {string} */
                action: "create" | "update" | "delete" | "none";
                type: string;
                id?: string;
                name: string;
                /** @default [] */
                fields: {
                    path: string;
                    before?: components["schemas"]["Value"];
                    after?: components["schemas"]["Value"];
                }[];
            }[];
            /**
             * @default {
             *       "kind": "none",
             *       "seconds": 0
             *     }
             */
            downtime: {
                /** @enum {string} */
                kind: "none" | "restart" | "outage";
                seconds: number;
            };
            /** @default null */
            dataLoss: string | null;
            /** @default null */
            reversible: string | null;
            /** @default null */
            cost: {
                before: {
                    amount: number;
                    currency: string;
                };
                after: {
                    amount: number;
                    currency: string;
                };
                exact: boolean;
            } | null;
            /** @default [] */
            quota: {
                name: string;
                limit: number | null;
                before: number;
                after: number;
            }[];
            /** @default [] */
            warnings: string[];
            /** @default {} */
            facts: {
                [key: string]: components["schemas"]["Value"];
            };
            /** @default {} */
            observed: {
                [key: string]: string;
            };
        };
        /** @description Answer to a dry run: nothing was changed */
        Planned: {
            plan: components["schemas"]["Plan"];
            /** @enum {unknown} */
            risk: "read" | "write" | "high";
            planHash: string;
            requirements: {
                rule: string;
                text: string;
                count: number;
            }[];
        };
        /** @description RFC 9457 problem details; `type` names a page of its own. */
        Problem: {
            /** Format: uri */
            type: string;
            title: string;
            status: number;
            /** @description What happened, why, and what to do next */
            detail: string;
            /** @description Request id */
            instance?: string;
            /** @description Record of the decision; see `GET /decisions/{id}` */
            decisionId?: string;
            errors?: {
                /** @description JSON pointer into the input */
                pointer: string;
                message: string;
                code?: string;
            }[];
        };
        Value: string | number | boolean | null | components["schemas"]["Value"][] | {
            [key: string]: components["schemas"]["Value"];
        };
    };
    responses: {
        /** @description A Change carries this out, or waits for approval */
        Accepted: {
            headers: {
                Location?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Accepted"];
            };
        };
        /** @description `cursor-invalid`, `malformed-request` */
        Problem400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid-credentials`, `session-expired`, `unauthenticated` */
        Problem401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `account-suspended`, `grant-escalation`, `host-denied`, `insufficient-token-scope`, `last-owner`, `no-membership`, `not-eligible`, `origin-denied`, `permission-denied`, `plan-quota-exceeded`, `policy-denied`, `scope-denied`, `self-approval-forbidden`, `self-grant-forbidden`, `session-required` */
        Problem403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `change-not-found`, `cloud-not-found`, `decision-not-found`, `dns-record-not-found`, `dns-version-not-found`, `dns-zone-not-found`, `finding-not-found`, `not-found`, `route-not-found`, `server-not-found`, `tenant-not-found` */
        Problem404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `architecture-mismatch`, `capability-unsupported`, `comment-required`, `credential-invalid`, `disk-too-small`, `host-not-allowed`, `image-not-found`, `label-invalid`, `mass-change`, `password-compromised`, `password-too-short`, `permission-unknown`, `provider-rejected`, `record-invalid`, `region-unavailable`, `size-unavailable`, `ttl-mismatch`, `validation-failed`, `zone-too-large`, `zonefile-invalid` */
        Problem422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `locked`, `network-blocked`, `rate-limited` */
        Problem429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `catalog-unknown`, `dependency-unavailable`, `dns-check-busy`, `provider-rate-limited`, `provider-unavailable`, `shutting-down` */
        Problem503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `approval-closed`, `approval-expired`, `approval-pending`, `change-cancelled`, `cname-conflict`, `connection-paused`, `deletion-protected`, `email-taken`, `guest-did-not-stop`, `idempotency-conflict`, `invalid-state`, `invalid-transition`, `key-limit-reached`, `name-conflict`, `no-eligible-approver`, `operation-in-progress`, `outcome-unknown`, `plan-superseded`, `provider-busy`, `provider-capacity`, `provider-identity-mismatch`, `provider-quota-exceeded`, `resource-already-managed`, `resource-in-use`, `rollback-impossible`, `simulator-unavailable`, `slug-taken`, `sync-in-progress`, `verification-failed`, `zone-drifted`, `zone-exists`, `zone-not-served` */
        Problem409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `version-conflict` */
        Problem412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Same key and input within 24 h: the first result again */
        IdempotencyKey: string;
        /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
        IfMatch: string;
        /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
        Comment: string;
        /** @description Ticket that this belongs to, percent-encoded */
        Ticket: string;
        /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
        Prefer: string;
        /** @description Answer with the plan and do nothing */
        DryRun: boolean;
        /** @description Keep the Change as a draft until it is submitted */
        Draft: boolean;
        /** @description Slug of the tenant to work in, when the credential is good for several */
        Tenant: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "access.explain": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Person
                     * Format: uuid
                     * @description You, when left out
                     */
                    subjectId?: string;
                    /**
                     * Operation
                     * @example servers.create
                     */
                    operation: string;
                    /**
                     * Targets
                     * @default []
                     */
                    targets?: {
                        type: string;
                        id: string;
                        environment?: string;
                        labels?: {
                            [key: string]: string;
                        };
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowed: boolean;
                        stage: ("token" | "permission" | "risk" | "scope") | null;
                        grantId: string | null;
                        steps: {
                            /** @enum {string} */
                            stage: "token" | "permission" | "risk" | "scope";
                            passed: boolean;
                            text: string;
                        }[];
                        nearest: {
                            /** @enum {string} */
                            missing: "key" | "role" | "scope";
                            text: string;
                            roles: string[];
                            grantId: string | null;
                            targets: {
                                type: string;
                                id: string;
                            }[];
                        } | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "access.whoCan": {
        parameters: {
            query: {
                operation: string;
                targetType?: string;
                targetId?: string;
                environment?: string;
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            email: string;
                            role: string;
                            /** Format: uuid */
                            grantId: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "simulator.actor": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Edits */
                    edits: ({
                        /** @constant */
                        act: "delete";
                        server: string;
                    } | {
                        /** @constant */
                        act: "edit";
                        server: string;
                        size?: string;
                        name?: string;
                        /** @enum {string} */
                        power?: "on" | "off";
                        protected?: boolean;
                        labels?: {
                            [key: string]: string;
                        };
                        ignoresShutdown?: boolean;
                    } | {
                        /** @constant */
                        act: "create";
                        name: string;
                        /** @default sim-eu-1 */
                        region?: string;
                        /** @default std-1 */
                        size?: string;
                        /** @default debian-13 */
                        image?: string;
                        mark?: {
                            /** Format: uuid */
                            id: string;
                            change: string;
                        };
                    })[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Virtual time */
                        time: string;
                        rate: number;
                        faults: {
                            /**
                             * @default *
                             * @enum {string}
                             */
                            operation: "*" | "list" | "get" | "find" | "latest" | "create" | "update" | "delete" | "power" | "resize" | "protect" | "poll" | "catalog" | "identify";
                            /** @enum {string} */
                            kind: "throttle" | "server-error" | "hang" | "reset-before" | "lost-answer" | "stuck-action" | "failing-action" | "capacity" | "quota" | "revoked-credential" | "partial-list" | "page-shift" | "external-delete" | "external-edit";
                            /**
                             * Probability
                             * @description Of each matching call; default 1
                             */
                            probability?: number;
                            /** Only at the n-th matching call */
                            nth?: number;
                            /** At most so often */
                            count?: number;
                            seen: number;
                            struck: number;
                        }[];
                        calls: {
                            [key: string]: number;
                        };
                        servers: number;
                        actionsRunning: number;
                        touched: (string | null)[];
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "simulator.clock": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Speed
                     * @description 1 is real time, 0 freezes it
                     */
                    rate?: number;
                    /** Jump ahead by (s) */
                    stepSeconds?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Virtual time */
                        time: string;
                        rate: number;
                        faults: {
                            /**
                             * @default *
                             * @enum {string}
                             */
                            operation: "*" | "list" | "get" | "find" | "latest" | "create" | "update" | "delete" | "power" | "resize" | "protect" | "poll" | "catalog" | "identify";
                            /** @enum {string} */
                            kind: "throttle" | "server-error" | "hang" | "reset-before" | "lost-answer" | "stuck-action" | "failing-action" | "capacity" | "quota" | "revoked-credential" | "partial-list" | "page-shift" | "external-delete" | "external-edit";
                            /**
                             * Probability
                             * @description Of each matching call; default 1
                             */
                            probability?: number;
                            /** Only at the n-th matching call */
                            nth?: number;
                            /** At most so often */
                            count?: number;
                            seen: number;
                            struck: number;
                        }[];
                        calls: {
                            [key: string]: number;
                        };
                        servers: number;
                        actionsRunning: number;
                        touched: (string | null)[];
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "simulator.faults": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Faults
                     * @description Replaces those there are; an empty list ends them
                     */
                    faults: {
                        /**
                         * @default *
                         * @enum {string}
                         */
                        operation?: "*" | "list" | "get" | "find" | "latest" | "create" | "update" | "delete" | "power" | "resize" | "protect" | "poll" | "catalog" | "identify";
                        /** @enum {string} */
                        kind: "throttle" | "server-error" | "hang" | "reset-before" | "lost-answer" | "stuck-action" | "failing-action" | "capacity" | "quota" | "revoked-credential" | "partial-list" | "page-shift" | "external-delete" | "external-edit";
                        /**
                         * Probability
                         * @description Of each matching call; default 1
                         */
                        probability?: number;
                        /** Only at the n-th matching call */
                        nth?: number;
                        /** At most so often */
                        count?: number;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Virtual time */
                        time: string;
                        rate: number;
                        faults: {
                            /**
                             * @default *
                             * @enum {string}
                             */
                            operation: "*" | "list" | "get" | "find" | "latest" | "create" | "update" | "delete" | "power" | "resize" | "protect" | "poll" | "catalog" | "identify";
                            /** @enum {string} */
                            kind: "throttle" | "server-error" | "hang" | "reset-before" | "lost-answer" | "stuck-action" | "failing-action" | "capacity" | "quota" | "revoked-credential" | "partial-list" | "page-shift" | "external-delete" | "external-edit";
                            /**
                             * Probability
                             * @description Of each matching call; default 1
                             */
                            probability?: number;
                            /** Only at the n-th matching call */
                            nth?: number;
                            /** At most so often */
                            count?: number;
                            seen: number;
                            struck: number;
                        }[];
                        calls: {
                            [key: string]: number;
                        };
                        servers: number;
                        actionsRunning: number;
                        touched: (string | null)[];
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "apiKeys.list": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /**
                             * Name
                             * @description What the key is for
                             */
                            name: string;
                            /** @description The part of the key that may be seen: `sy_` and its public id */
                            prefix: string;
                            /** @description What the key may do at most; null for all that its owner may */
                            permissions: string[] | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            lastUsedAt: string | null;
                        }[];
                        nextCursor: null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "apiKeys.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Name
                     * @description What the key is for
                     */
                    name: string;
                    /**
                     * Permissions
                     * @description Patterns such as `servers:*` or `*:read`; all of yours when left out
                     */
                    permissions?: string[];
                    /**
                     * Ends after (days)
                     * @default 90
                     */
                    expiresInDays?: number;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /**
                         * Name
                         * @description What the key is for
                         */
                        name: string;
                        /** @description The part of the key that may be seen: `sy_` and its public id */
                        prefix: string;
                        /** @description What the key may do at most; null for all that its owner may */
                        permissions: string[] | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        lastUsedAt: string | null;
                        /** @description Send it as `Authorization: Bearer …` */
                        key: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "apiKeys.revoke": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "audit.list": {
        parameters: {
            query?: {
                actorId?: string;
                operation?: string;
                result?: "success" | "failure" | "denied" | "pending" | "error";
                risk?: "read" | "write" | "high";
                /** @description Id of the resource */
                targetId?: string;
                changeId?: string;
                from?: string;
                /** @description Not including this moment */
                to?: string;
                /** @description In the reason, the comment or the actor’s name */
                q?: string;
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            at: string;
                            actor: {
                                kind: string;
                                id: string;
                                name: string;
                                email: string | null;
                            };
                            surface: string;
                            operation: string;
                            /** @enum {string} */
                            risk: "read" | "write" | "high";
                            permission: string;
                            /** @enum {string} */
                            result: "success" | "failure" | "denied" | "pending" | "error";
                            reason: {
                                stage: string;
                                code: string;
                                text: string;
                            } | null;
                            targets: {
                                type: string;
                                id: string;
                                name?: string;
                                environment?: string | null;
                            }[];
                            changeId: string | null;
                            /** Format: uuid */
                            decisionId: string;
                            requestId: string;
                            ip: string | null;
                            comment: string | null;
                            durationMs: number;
                            occurrences: number;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "audit.export": {
        parameters: {
            query?: {
                actorId?: string;
                operation?: string;
                result?: "success" | "failure" | "denied" | "pending" | "error";
                risk?: "read" | "write" | "high";
                /** @description Id of the resource */
                targetId?: string;
                changeId?: string;
                from?: string;
                /** @description Not including this moment */
                to?: string;
                /** @description In the reason, the comment or the actor’s name */
                q?: string;
                format?: "csv" | "json";
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.login": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** E-mail */
                    email: string;
                    /** Password */
                    password: string;
                    /**
                     * Tenant
                     * @description Slug; the tenant used last when left out
                     */
                    tenant?: string;
                    /**
                     * Token
                     * @description `cookie` for browsers; `bearer` puts the token into the answer
                     * @default cookie
                     * @enum {string}
                     */
                    tokenType?: "cookie" | "bearer";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                        };
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        };
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        }[];
                        token?: string;
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer";
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.logout": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ended: boolean;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "sessions.list": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "cookie" | "bearer";
                            /** Format: uuid */
                            tenantId: string;
                            /** @description The last part is hidden */
                            ip: string | null;
                            current: boolean;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            lastSeenAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                        }[];
                        nextCursor: null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "sessions.revoke": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.switchTenant": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Tenant
                     * Format: uuid
                     */
                    tenantId: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                        };
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        };
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        }[];
                        token?: string;
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer";
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "changes.list": {
        parameters: {
            query?: {
                state?: ("planning" | "planned" | "plan_failed" | "awaiting_approval" | "approved" | "scheduled" | "running" | "paused" | "verifying" | "succeeded" | "failed" | "partially_succeeded" | "rolling_back" | "rolled_back" | "rollback_failed" | "rejected" | "expired" | "cancelled" | "stale")[] | ("planning" | "planned" | "plan_failed" | "awaiting_approval" | "approved" | "scheduled" | "running" | "paused" | "verifying" | "succeeded" | "failed" | "partially_succeeded" | "rolling_back" | "rolled_back" | "rollback_failed" | "rejected" | "expired" | "cancelled" | "stale");
                operation?: string;
                requesterId?: string;
                /** @description Id of a resource that the Change touches */
                targetId?: string;
                /** @description Only what I asked for */
                mine?: string | boolean;
                /** @description Only what I can decide on now */
                waitingForMe?: string | boolean;
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            number: string;
                            operation: string;
                            summary: string;
                            /** @enum {string} */
                            state: "planning" | "planned" | "plan_failed" | "awaiting_approval" | "approved" | "scheduled" | "running" | "paused" | "verifying" | "succeeded" | "failed" | "partially_succeeded" | "rolling_back" | "rolled_back" | "rollback_failed" | "rejected" | "expired" | "cancelled" | "stale";
                            /** @enum {string} */
                            risk: "read" | "write" | "high";
                            environment: string | null;
                            requester: {
                                kind: string;
                                id: string;
                                name: string;
                            };
                            surface: string;
                            progress: number;
                            waitingForMe: boolean;
                            deadlineAt: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            endedAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "changes.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                /** @description Id, or number such as CHG-12 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        number: string;
                        operation: string;
                        summary: string;
                        /** @enum {string} */
                        state: "planning" | "planned" | "plan_failed" | "awaiting_approval" | "approved" | "scheduled" | "running" | "paused" | "verifying" | "succeeded" | "failed" | "partially_succeeded" | "rolling_back" | "rolled_back" | "rollback_failed" | "rejected" | "expired" | "cancelled" | "stale";
                        /** @enum {string} */
                        risk: "read" | "write" | "high";
                        environment: string | null;
                        requester: {
                            kind: string;
                            id: string;
                            name: string;
                        };
                        surface: string;
                        progress: number;
                        waitingForMe: boolean;
                        deadlineAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        endedAt: string | null;
                        comment: string | null;
                        ticket: string | null;
                        input: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        targets: {
                            type: string;
                            id: string;
                            name?: string;
                            environment?: string | null;
                        }[];
                        plan: {
                            summary: string;
                            /** @enum {string} */
                            risk?: "write" | "high";
                            /** @default [] */
                            steps: {
                                title: string;
                                seconds?: number;
                            }[];
                            /** @default [] */
                            changes: {
                                /** @enum {string} */
                                action: "create" | "update" | "delete" | "none";
                                type: string;
                                id?: string;
                                name: string;
                                /** @default [] */
                                fields: {
                                    path: string;
                                    before?: components["schemas"]["Value"];
                                    after?: components["schemas"]["Value"];
                                }[];
                            }[];
                            /**
                             * @default {
                             *       "kind": "none",
                             *       "seconds": 0
                             *     }
                             */
                            downtime: {
                                /** @enum {string} */
                                kind: "none" | "restart" | "outage";
                                seconds: number;
                            };
                            /** @default null */
                            dataLoss: string | null;
                            /** @default null */
                            reversible: string | null;
                            /** @default null */
                            cost: {
                                before: {
                                    amount: number;
                                    currency: string;
                                };
                                after: {
                                    amount: number;
                                    currency: string;
                                };
                                exact: boolean;
                            } | null;
                            /** @default [] */
                            quota: {
                                name: string;
                                limit: number | null;
                                before: number;
                                after: number;
                            }[];
                            /** @default [] */
                            warnings: string[];
                            /** @default {} */
                            facts: {
                                [key: string]: components["schemas"]["Value"];
                            };
                            /** @default {} */
                            observed: {
                                [key: string]: string;
                            };
                        };
                        planHash: string;
                        implementer: {
                            kind: string;
                            id: string;
                            name: string;
                        } | null;
                        approval: {
                            /** @enum {string} */
                            status: "pending" | "approved" | "rejected" | "expired" | "cancelled" | "superseded";
                            count: number;
                            given: number;
                            rule: {
                                name: string;
                                text: string;
                            };
                            /** Format: date-time */
                            expiresAt: string;
                            decisions: {
                                by: {
                                    id: string;
                                    name: string;
                                };
                                /** @enum {string} */
                                verdict: "approved" | "rejected";
                                comment: string | null;
                                /** Format: date-time */
                                at: string;
                            }[];
                        } | null;
                        job: {
                            state: string;
                            progress: number;
                            message: string | null;
                            attempt: number;
                            steps: {
                                key: string;
                                title: string;
                                /** @enum {string} */
                                status: "running" | "done" | "failed" | "undone";
                                /** Format: date-time */
                                startedAt: string;
                                endedAt: string | null;
                            }[];
                        } | null;
                        outcome: components["schemas"]["Value"] | null;
                        problem: {
                            [key: string]: components["schemas"]["Value"];
                        } | null;
                        rollbackOf: string | null;
                        rolledBackBy: string | null;
                        submittedAt: string | null;
                        approvedAt: string | null;
                        startedAt: string | null;
                        actions: {
                            approve: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            reject: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            submit: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            apply: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            cancel: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            rollback: {
                                allowed: boolean;
                                reason: string | null;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "changes.apply": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id, or number such as CHG-12 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        number: string;
                        operation: string;
                        summary: string;
                        /** @enum {string} */
                        state: "planning" | "planned" | "plan_failed" | "awaiting_approval" | "approved" | "scheduled" | "running" | "paused" | "verifying" | "succeeded" | "failed" | "partially_succeeded" | "rolling_back" | "rolled_back" | "rollback_failed" | "rejected" | "expired" | "cancelled" | "stale";
                        /** @enum {string} */
                        risk: "read" | "write" | "high";
                        environment: string | null;
                        requester: {
                            kind: string;
                            id: string;
                            name: string;
                        };
                        surface: string;
                        progress: number;
                        waitingForMe: boolean;
                        deadlineAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        endedAt: string | null;
                        comment: string | null;
                        ticket: string | null;
                        input: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        targets: {
                            type: string;
                            id: string;
                            name?: string;
                            environment?: string | null;
                        }[];
                        plan: {
                            summary: string;
                            /** @enum {string} */
                            risk?: "write" | "high";
                            /** @default [] */
                            steps: {
                                title: string;
                                seconds?: number;
                            }[];
                            /** @default [] */
                            changes: {
                                /** @enum {string} */
                                action: "create" | "update" | "delete" | "none";
                                type: string;
                                id?: string;
                                name: string;
                                /** @default [] */
                                fields: {
                                    path: string;
                                    before?: components["schemas"]["Value"];
                                    after?: components["schemas"]["Value"];
                                }[];
                            }[];
                            /**
                             * @default {
                             *       "kind": "none",
                             *       "seconds": 0
                             *     }
                             */
                            downtime: {
                                /** @enum {string} */
                                kind: "none" | "restart" | "outage";
                                seconds: number;
                            };
                            /** @default null */
                            dataLoss: string | null;
                            /** @default null */
                            reversible: string | null;
                            /** @default null */
                            cost: {
                                before: {
                                    amount: number;
                                    currency: string;
                                };
                                after: {
                                    amount: number;
                                    currency: string;
                                };
                                exact: boolean;
                            } | null;
                            /** @default [] */
                            quota: {
                                name: string;
                                limit: number | null;
                                before: number;
                                after: number;
                            }[];
                            /** @default [] */
                            warnings: string[];
                            /** @default {} */
                            facts: {
                                [key: string]: components["schemas"]["Value"];
                            };
                            /** @default {} */
                            observed: {
                                [key: string]: string;
                            };
                        };
                        planHash: string;
                        implementer: {
                            kind: string;
                            id: string;
                            name: string;
                        } | null;
                        approval: {
                            /** @enum {string} */
                            status: "pending" | "approved" | "rejected" | "expired" | "cancelled" | "superseded";
                            count: number;
                            given: number;
                            rule: {
                                name: string;
                                text: string;
                            };
                            /** Format: date-time */
                            expiresAt: string;
                            decisions: {
                                by: {
                                    id: string;
                                    name: string;
                                };
                                /** @enum {string} */
                                verdict: "approved" | "rejected";
                                comment: string | null;
                                /** Format: date-time */
                                at: string;
                            }[];
                        } | null;
                        job: {
                            state: string;
                            progress: number;
                            message: string | null;
                            attempt: number;
                            steps: {
                                key: string;
                                title: string;
                                /** @enum {string} */
                                status: "running" | "done" | "failed" | "undone";
                                /** Format: date-time */
                                startedAt: string;
                                endedAt: string | null;
                            }[];
                        } | null;
                        outcome: components["schemas"]["Value"] | null;
                        problem: {
                            [key: string]: components["schemas"]["Value"];
                        } | null;
                        rollbackOf: string | null;
                        rolledBackBy: string | null;
                        submittedAt: string | null;
                        approvedAt: string | null;
                        startedAt: string | null;
                        actions: {
                            approve: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            reject: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            submit: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            apply: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            cancel: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            rollback: {
                                allowed: boolean;
                                reason: string | null;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "changes.approve": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id, or number such as CHG-12 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Comment */
                    comment?: string;
                    /**
                     * Plan
                     * @description planHash of the plan you have seen; another one is refused
                     */
                    planHash?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        number: string;
                        operation: string;
                        summary: string;
                        /** @enum {string} */
                        state: "planning" | "planned" | "plan_failed" | "awaiting_approval" | "approved" | "scheduled" | "running" | "paused" | "verifying" | "succeeded" | "failed" | "partially_succeeded" | "rolling_back" | "rolled_back" | "rollback_failed" | "rejected" | "expired" | "cancelled" | "stale";
                        /** @enum {string} */
                        risk: "read" | "write" | "high";
                        environment: string | null;
                        requester: {
                            kind: string;
                            id: string;
                            name: string;
                        };
                        surface: string;
                        progress: number;
                        waitingForMe: boolean;
                        deadlineAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        endedAt: string | null;
                        comment: string | null;
                        ticket: string | null;
                        input: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        targets: {
                            type: string;
                            id: string;
                            name?: string;
                            environment?: string | null;
                        }[];
                        plan: {
                            summary: string;
                            /** @enum {string} */
                            risk?: "write" | "high";
                            /** @default [] */
                            steps: {
                                title: string;
                                seconds?: number;
                            }[];
                            /** @default [] */
                            changes: {
                                /** @enum {string} */
                                action: "create" | "update" | "delete" | "none";
                                type: string;
                                id?: string;
                                name: string;
                                /** @default [] */
                                fields: {
                                    path: string;
                                    before?: components["schemas"]["Value"];
                                    after?: components["schemas"]["Value"];
                                }[];
                            }[];
                            /**
                             * @default {
                             *       "kind": "none",
                             *       "seconds": 0
                             *     }
                             */
                            downtime: {
                                /** @enum {string} */
                                kind: "none" | "restart" | "outage";
                                seconds: number;
                            };
                            /** @default null */
                            dataLoss: string | null;
                            /** @default null */
                            reversible: string | null;
                            /** @default null */
                            cost: {
                                before: {
                                    amount: number;
                                    currency: string;
                                };
                                after: {
                                    amount: number;
                                    currency: string;
                                };
                                exact: boolean;
                            } | null;
                            /** @default [] */
                            quota: {
                                name: string;
                                limit: number | null;
                                before: number;
                                after: number;
                            }[];
                            /** @default [] */
                            warnings: string[];
                            /** @default {} */
                            facts: {
                                [key: string]: components["schemas"]["Value"];
                            };
                            /** @default {} */
                            observed: {
                                [key: string]: string;
                            };
                        };
                        planHash: string;
                        implementer: {
                            kind: string;
                            id: string;
                            name: string;
                        } | null;
                        approval: {
                            /** @enum {string} */
                            status: "pending" | "approved" | "rejected" | "expired" | "cancelled" | "superseded";
                            count: number;
                            given: number;
                            rule: {
                                name: string;
                                text: string;
                            };
                            /** Format: date-time */
                            expiresAt: string;
                            decisions: {
                                by: {
                                    id: string;
                                    name: string;
                                };
                                /** @enum {string} */
                                verdict: "approved" | "rejected";
                                comment: string | null;
                                /** Format: date-time */
                                at: string;
                            }[];
                        } | null;
                        job: {
                            state: string;
                            progress: number;
                            message: string | null;
                            attempt: number;
                            steps: {
                                key: string;
                                title: string;
                                /** @enum {string} */
                                status: "running" | "done" | "failed" | "undone";
                                /** Format: date-time */
                                startedAt: string;
                                endedAt: string | null;
                            }[];
                        } | null;
                        outcome: components["schemas"]["Value"] | null;
                        problem: {
                            [key: string]: components["schemas"]["Value"];
                        } | null;
                        rollbackOf: string | null;
                        rolledBackBy: string | null;
                        submittedAt: string | null;
                        approvedAt: string | null;
                        startedAt: string | null;
                        actions: {
                            approve: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            reject: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            submit: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            apply: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            cancel: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            rollback: {
                                allowed: boolean;
                                reason: string | null;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "changes.cancel": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id, or number such as CHG-12 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        number: string;
                        operation: string;
                        summary: string;
                        /** @enum {string} */
                        state: "planning" | "planned" | "plan_failed" | "awaiting_approval" | "approved" | "scheduled" | "running" | "paused" | "verifying" | "succeeded" | "failed" | "partially_succeeded" | "rolling_back" | "rolled_back" | "rollback_failed" | "rejected" | "expired" | "cancelled" | "stale";
                        /** @enum {string} */
                        risk: "read" | "write" | "high";
                        environment: string | null;
                        requester: {
                            kind: string;
                            id: string;
                            name: string;
                        };
                        surface: string;
                        progress: number;
                        waitingForMe: boolean;
                        deadlineAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        endedAt: string | null;
                        comment: string | null;
                        ticket: string | null;
                        input: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        targets: {
                            type: string;
                            id: string;
                            name?: string;
                            environment?: string | null;
                        }[];
                        plan: {
                            summary: string;
                            /** @enum {string} */
                            risk?: "write" | "high";
                            /** @default [] */
                            steps: {
                                title: string;
                                seconds?: number;
                            }[];
                            /** @default [] */
                            changes: {
                                /** @enum {string} */
                                action: "create" | "update" | "delete" | "none";
                                type: string;
                                id?: string;
                                name: string;
                                /** @default [] */
                                fields: {
                                    path: string;
                                    before?: components["schemas"]["Value"];
                                    after?: components["schemas"]["Value"];
                                }[];
                            }[];
                            /**
                             * @default {
                             *       "kind": "none",
                             *       "seconds": 0
                             *     }
                             */
                            downtime: {
                                /** @enum {string} */
                                kind: "none" | "restart" | "outage";
                                seconds: number;
                            };
                            /** @default null */
                            dataLoss: string | null;
                            /** @default null */
                            reversible: string | null;
                            /** @default null */
                            cost: {
                                before: {
                                    amount: number;
                                    currency: string;
                                };
                                after: {
                                    amount: number;
                                    currency: string;
                                };
                                exact: boolean;
                            } | null;
                            /** @default [] */
                            quota: {
                                name: string;
                                limit: number | null;
                                before: number;
                                after: number;
                            }[];
                            /** @default [] */
                            warnings: string[];
                            /** @default {} */
                            facts: {
                                [key: string]: components["schemas"]["Value"];
                            };
                            /** @default {} */
                            observed: {
                                [key: string]: string;
                            };
                        };
                        planHash: string;
                        implementer: {
                            kind: string;
                            id: string;
                            name: string;
                        } | null;
                        approval: {
                            /** @enum {string} */
                            status: "pending" | "approved" | "rejected" | "expired" | "cancelled" | "superseded";
                            count: number;
                            given: number;
                            rule: {
                                name: string;
                                text: string;
                            };
                            /** Format: date-time */
                            expiresAt: string;
                            decisions: {
                                by: {
                                    id: string;
                                    name: string;
                                };
                                /** @enum {string} */
                                verdict: "approved" | "rejected";
                                comment: string | null;
                                /** Format: date-time */
                                at: string;
                            }[];
                        } | null;
                        job: {
                            state: string;
                            progress: number;
                            message: string | null;
                            attempt: number;
                            steps: {
                                key: string;
                                title: string;
                                /** @enum {string} */
                                status: "running" | "done" | "failed" | "undone";
                                /** Format: date-time */
                                startedAt: string;
                                endedAt: string | null;
                            }[];
                        } | null;
                        outcome: components["schemas"]["Value"] | null;
                        problem: {
                            [key: string]: components["schemas"]["Value"];
                        } | null;
                        rollbackOf: string | null;
                        rolledBackBy: string | null;
                        submittedAt: string | null;
                        approvedAt: string | null;
                        startedAt: string | null;
                        actions: {
                            approve: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            reject: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            submit: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            apply: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            cancel: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            rollback: {
                                allowed: boolean;
                                reason: string | null;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "changes.log": {
        parameters: {
            query?: {
                /** @description Number of the last entry you have */
                after?: number;
                limit?: number;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                /** @description Id, or number such as CHG-12 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: number;
                            /** @enum {string} */
                            event: "state" | "step" | "progress" | "log";
                            data: {
                                [key: string]: components["schemas"]["Value"];
                            };
                            /** Format: date-time */
                            at: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "changes.reject": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id, or number such as CHG-12 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Reason
                     * @description At least five characters
                     */
                    comment?: string;
                    /** Plan */
                    planHash?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        number: string;
                        operation: string;
                        summary: string;
                        /** @enum {string} */
                        state: "planning" | "planned" | "plan_failed" | "awaiting_approval" | "approved" | "scheduled" | "running" | "paused" | "verifying" | "succeeded" | "failed" | "partially_succeeded" | "rolling_back" | "rolled_back" | "rollback_failed" | "rejected" | "expired" | "cancelled" | "stale";
                        /** @enum {string} */
                        risk: "read" | "write" | "high";
                        environment: string | null;
                        requester: {
                            kind: string;
                            id: string;
                            name: string;
                        };
                        surface: string;
                        progress: number;
                        waitingForMe: boolean;
                        deadlineAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        endedAt: string | null;
                        comment: string | null;
                        ticket: string | null;
                        input: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        targets: {
                            type: string;
                            id: string;
                            name?: string;
                            environment?: string | null;
                        }[];
                        plan: {
                            summary: string;
                            /** @enum {string} */
                            risk?: "write" | "high";
                            /** @default [] */
                            steps: {
                                title: string;
                                seconds?: number;
                            }[];
                            /** @default [] */
                            changes: {
                                /** @enum {string} */
                                action: "create" | "update" | "delete" | "none";
                                type: string;
                                id?: string;
                                name: string;
                                /** @default [] */
                                fields: {
                                    path: string;
                                    before?: components["schemas"]["Value"];
                                    after?: components["schemas"]["Value"];
                                }[];
                            }[];
                            /**
                             * @default {
                             *       "kind": "none",
                             *       "seconds": 0
                             *     }
                             */
                            downtime: {
                                /** @enum {string} */
                                kind: "none" | "restart" | "outage";
                                seconds: number;
                            };
                            /** @default null */
                            dataLoss: string | null;
                            /** @default null */
                            reversible: string | null;
                            /** @default null */
                            cost: {
                                before: {
                                    amount: number;
                                    currency: string;
                                };
                                after: {
                                    amount: number;
                                    currency: string;
                                };
                                exact: boolean;
                            } | null;
                            /** @default [] */
                            quota: {
                                name: string;
                                limit: number | null;
                                before: number;
                                after: number;
                            }[];
                            /** @default [] */
                            warnings: string[];
                            /** @default {} */
                            facts: {
                                [key: string]: components["schemas"]["Value"];
                            };
                            /** @default {} */
                            observed: {
                                [key: string]: string;
                            };
                        };
                        planHash: string;
                        implementer: {
                            kind: string;
                            id: string;
                            name: string;
                        } | null;
                        approval: {
                            /** @enum {string} */
                            status: "pending" | "approved" | "rejected" | "expired" | "cancelled" | "superseded";
                            count: number;
                            given: number;
                            rule: {
                                name: string;
                                text: string;
                            };
                            /** Format: date-time */
                            expiresAt: string;
                            decisions: {
                                by: {
                                    id: string;
                                    name: string;
                                };
                                /** @enum {string} */
                                verdict: "approved" | "rejected";
                                comment: string | null;
                                /** Format: date-time */
                                at: string;
                            }[];
                        } | null;
                        job: {
                            state: string;
                            progress: number;
                            message: string | null;
                            attempt: number;
                            steps: {
                                key: string;
                                title: string;
                                /** @enum {string} */
                                status: "running" | "done" | "failed" | "undone";
                                /** Format: date-time */
                                startedAt: string;
                                endedAt: string | null;
                            }[];
                        } | null;
                        outcome: components["schemas"]["Value"] | null;
                        problem: {
                            [key: string]: components["schemas"]["Value"];
                        } | null;
                        rollbackOf: string | null;
                        rolledBackBy: string | null;
                        submittedAt: string | null;
                        approvedAt: string | null;
                        startedAt: string | null;
                        actions: {
                            approve: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            reject: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            submit: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            apply: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            cancel: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            rollback: {
                                allowed: boolean;
                                reason: string | null;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "changes.rollback": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description Id, or number such as CHG-12 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rolledBack: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "changes.submit": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id, or number such as CHG-12 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        number: string;
                        operation: string;
                        summary: string;
                        /** @enum {string} */
                        state: "planning" | "planned" | "plan_failed" | "awaiting_approval" | "approved" | "scheduled" | "running" | "paused" | "verifying" | "succeeded" | "failed" | "partially_succeeded" | "rolling_back" | "rolled_back" | "rollback_failed" | "rejected" | "expired" | "cancelled" | "stale";
                        /** @enum {string} */
                        risk: "read" | "write" | "high";
                        environment: string | null;
                        requester: {
                            kind: string;
                            id: string;
                            name: string;
                        };
                        surface: string;
                        progress: number;
                        waitingForMe: boolean;
                        deadlineAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        endedAt: string | null;
                        comment: string | null;
                        ticket: string | null;
                        input: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        targets: {
                            type: string;
                            id: string;
                            name?: string;
                            environment?: string | null;
                        }[];
                        plan: {
                            summary: string;
                            /** @enum {string} */
                            risk?: "write" | "high";
                            /** @default [] */
                            steps: {
                                title: string;
                                seconds?: number;
                            }[];
                            /** @default [] */
                            changes: {
                                /** @enum {string} */
                                action: "create" | "update" | "delete" | "none";
                                type: string;
                                id?: string;
                                name: string;
                                /** @default [] */
                                fields: {
                                    path: string;
                                    before?: components["schemas"]["Value"];
                                    after?: components["schemas"]["Value"];
                                }[];
                            }[];
                            /**
                             * @default {
                             *       "kind": "none",
                             *       "seconds": 0
                             *     }
                             */
                            downtime: {
                                /** @enum {string} */
                                kind: "none" | "restart" | "outage";
                                seconds: number;
                            };
                            /** @default null */
                            dataLoss: string | null;
                            /** @default null */
                            reversible: string | null;
                            /** @default null */
                            cost: {
                                before: {
                                    amount: number;
                                    currency: string;
                                };
                                after: {
                                    amount: number;
                                    currency: string;
                                };
                                exact: boolean;
                            } | null;
                            /** @default [] */
                            quota: {
                                name: string;
                                limit: number | null;
                                before: number;
                                after: number;
                            }[];
                            /** @default [] */
                            warnings: string[];
                            /** @default {} */
                            facts: {
                                [key: string]: components["schemas"]["Value"];
                            };
                            /** @default {} */
                            observed: {
                                [key: string]: string;
                            };
                        };
                        planHash: string;
                        implementer: {
                            kind: string;
                            id: string;
                            name: string;
                        } | null;
                        approval: {
                            /** @enum {string} */
                            status: "pending" | "approved" | "rejected" | "expired" | "cancelled" | "superseded";
                            count: number;
                            given: number;
                            rule: {
                                name: string;
                                text: string;
                            };
                            /** Format: date-time */
                            expiresAt: string;
                            decisions: {
                                by: {
                                    id: string;
                                    name: string;
                                };
                                /** @enum {string} */
                                verdict: "approved" | "rejected";
                                comment: string | null;
                                /** Format: date-time */
                                at: string;
                            }[];
                        } | null;
                        job: {
                            state: string;
                            progress: number;
                            message: string | null;
                            attempt: number;
                            steps: {
                                key: string;
                                title: string;
                                /** @enum {string} */
                                status: "running" | "done" | "failed" | "undone";
                                /** Format: date-time */
                                startedAt: string;
                                endedAt: string | null;
                            }[];
                        } | null;
                        outcome: components["schemas"]["Value"] | null;
                        problem: {
                            [key: string]: components["schemas"]["Value"];
                        } | null;
                        rollbackOf: string | null;
                        rolledBackBy: string | null;
                        submittedAt: string | null;
                        approvedAt: string | null;
                        startedAt: string | null;
                        actions: {
                            approve: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            reject: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            submit: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            apply: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            cancel: {
                                allowed: boolean;
                                reason: string | null;
                            };
                            rollback: {
                                allowed: boolean;
                                reason: string | null;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.list": {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
                kind?: "simulated" | "rfc2136" | "embedded-dns";
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            kind: "simulated" | "rfc2136" | "embedded-dns";
                            config: {
                                [key: string]: components["schemas"]["Value"];
                            };
                            credential: {
                                hint: string;
                                setAt: string;
                            } | null;
                            environment: string | null;
                            /** @enum {string} */
                            status: "active" | "degraded" | "auth_failed" | "unreachable" | "paused";
                            statusReason: {
                                code: string;
                                text: string;
                                at: string;
                            } | null;
                            identity: string | null;
                            syncMinutes: number;
                            lastSyncAt: string | null;
                            lastPass: {
                                at: string;
                                complete: boolean;
                                seen: number;
                                known: number;
                                opened: number;
                                closed: number;
                                problem: string | null;
                            } | null;
                            version: number;
                            createdAt: string;
                            updatedAt: string;
                            servers: number;
                            openFindings: number;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.create": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Name
                     * @example production
                     */
                    name: string;
                    /**
                     * Kind
                     * @enum {string}
                     */
                    kind: "simulated" | "rfc2136" | "embedded-dns";
                    /**
                     * Settings
                     * @description Those of the kind: seed, or server, port, tsigName and tsigAlgorithm
                     * @default {}
                     */
                    config?: {
                        [key: string]: components["schemas"]["Value"];
                    };
                    /** Credential */
                    credential?: {
                        /**
                         * TSIG secret
                         * @description Base64, for kind rfc2136
                         */
                        tsigSecret?: string;
                    };
                    /** @default null */
                    environment?: string | null;
                    /**
                     * Minutes between full passes
                     * @default 5
                     */
                    syncMinutes?: number;
                };
            };
        };
        responses: {
            /** @description Planned (dry run) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Planned"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        kind: "simulated" | "rfc2136" | "embedded-dns";
                        config: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        credential: {
                            hint: string;
                            setAt: string;
                        } | null;
                        environment: string | null;
                        /** @enum {string} */
                        status: "active" | "degraded" | "auth_failed" | "unreachable" | "paused";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        identity: string | null;
                        syncMinutes: number;
                        lastSyncAt: string | null;
                        lastPass: {
                            at: string;
                            complete: boolean;
                            seen: number;
                            known: number;
                            opened: number;
                            closed: number;
                            problem: string | null;
                        } | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    };
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.validate": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Kind
                     * @enum {string}
                     */
                    kind: "simulated" | "rfc2136" | "embedded-dns";
                    /**
                     * Settings
                     * @description Those of the kind: seed, or server, port, tsigName and tsigAlgorithm
                     * @default {}
                     */
                    config?: {
                        [key: string]: components["schemas"]["Value"];
                    };
                    /** Credential */
                    credential?: {
                        /**
                         * TSIG secret
                         * @description Base64, for kind rfc2136
                         */
                        tsigSecret?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        identity: string | null;
                        checks: {
                            name: string;
                            ok: boolean;
                            detail: string;
                            remedy: string | null;
                        }[];
                        warnings: string[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        kind: "simulated" | "rfc2136" | "embedded-dns";
                        config: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        credential: {
                            hint: string;
                            setAt: string;
                        } | null;
                        environment: string | null;
                        /** @enum {string} */
                        status: "active" | "degraded" | "auth_failed" | "unreachable" | "paused";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        identity: string | null;
                        syncMinutes: number;
                        lastSyncAt: string | null;
                        lastPass: {
                            at: string;
                            complete: boolean;
                            seen: number;
                            known: number;
                            opened: number;
                            closed: number;
                            problem: string | null;
                        } | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                        capabilities: {
                            power: string[];
                            resizeWhileRunning: boolean;
                            growDisk: boolean;
                            deletionProtection: boolean;
                            labels: boolean;
                            rename: boolean;
                        } | null;
                        servers: number;
                        openFindings: number;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.delete": {
        parameters: {
            query?: {
                /** @description `forget` leaves them running and forgets them here */
                mode?: "refuse" | "forget";
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        forgotten: string[];
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.update": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Name
                     * @example production
                     */
                    name?: string;
                    environment?: string | null;
                    /** Minutes between full passes */
                    syncMinutes?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        kind: "simulated" | "rfc2136" | "embedded-dns";
                        config: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        credential: {
                            hint: string;
                            setAt: string;
                        } | null;
                        environment: string | null;
                        /** @enum {string} */
                        status: "active" | "degraded" | "auth_failed" | "unreachable" | "paused";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        identity: string | null;
                        syncMinutes: number;
                        lastSyncAt: string | null;
                        lastPass: {
                            at: string;
                            complete: boolean;
                            seen: number;
                            known: number;
                            opened: number;
                            closed: number;
                            problem: string | null;
                        } | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.catalog": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        priceList: string;
                        regions: {
                            id: string;
                            name: string;
                            country: string;
                            zones: string[];
                        }[];
                        sizes: {
                            id: string;
                            /** @enum {string} */
                            architecture: "x86" | "arm";
                            vcpus: number;
                            memoryMb: number;
                            diskGb: number;
                            regions: string[];
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                            hourly: string;
                            endsAt: string | null;
                        }[];
                        images: {
                            id: string;
                            os: string;
                            /** @enum {string} */
                            architecture: "x86" | "arm";
                            minDiskGb: number;
                            endsAt: string | null;
                        }[];
                        quota: {
                            servers: number;
                            vcpus: number;
                        } | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.import": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Servers
                     * @description Ids at the provider, see clouds.unmanaged
                     */
                    externalIds: string[];
                    /**
                     * Environment
                     * @description The default of the connection when left out
                     */
                    environment?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        servers: {
                            id: string;
                            connectionId: string;
                            externalId: string | null;
                            name: string;
                            description: string | null;
                            /** @enum {string} */
                            status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                            statusReason: {
                                code: string;
                                text: string;
                                at: string;
                            } | null;
                            region: string;
                            zone: string | null;
                            size: string;
                            image: string;
                            architecture: string;
                            vcpus: number;
                            memoryMb: number;
                            diskGb: number;
                            publicIpv4: string | null;
                            publicIpv6: string | null;
                            environment: string | null;
                            labels: {
                                [key: string]: string;
                            };
                            protection: {
                                delete: boolean;
                            };
                            /** @enum {string} */
                            managed: "managed" | "imported";
                            cost: {
                                monthly: {
                                    amount: number;
                                    currency: string;
                                };
                            };
                            drift: {
                                /** @enum {string} */
                                state: "none" | "open";
                                open: number;
                            };
                            openChange: {
                                id: string;
                                number: string | null;
                            } | null;
                            /** Deleted for good after */
                            purgeAfter: string | null;
                            lastObservedAt: string | null;
                            deletedAt: string | null;
                            version: number;
                            createdAt: string;
                            updatedAt: string;
                        }[];
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.pause": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        kind: "simulated" | "rfc2136" | "embedded-dns";
                        config: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        credential: {
                            hint: string;
                            setAt: string;
                        } | null;
                        environment: string | null;
                        /** @enum {string} */
                        status: "active" | "degraded" | "auth_failed" | "unreachable" | "paused";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        identity: string | null;
                        syncMinutes: number;
                        lastSyncAt: string | null;
                        lastPass: {
                            at: string;
                            complete: boolean;
                            seen: number;
                            known: number;
                            opened: number;
                            closed: number;
                            problem: string | null;
                        } | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.resume": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        kind: "simulated" | "rfc2136" | "embedded-dns";
                        config: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        credential: {
                            hint: string;
                            setAt: string;
                        } | null;
                        environment: string | null;
                        /** @enum {string} */
                        status: "active" | "degraded" | "auth_failed" | "unreachable" | "paused";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        identity: string | null;
                        syncMinutes: number;
                        lastSyncAt: string | null;
                        lastPass: {
                            at: string;
                            complete: boolean;
                            seen: number;
                            known: number;
                            opened: number;
                            closed: number;
                            problem: string | null;
                        } | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.rotate": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Credential */
                    credential?: {
                        /**
                         * TSIG secret
                         * @description Base64, for kind rfc2136
                         */
                        tsigSecret?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        kind: "simulated" | "rfc2136" | "embedded-dns";
                        config: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        credential: {
                            hint: string;
                            setAt: string;
                        } | null;
                        environment: string | null;
                        /** @enum {string} */
                        status: "active" | "degraded" | "auth_failed" | "unreachable" | "paused";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        identity: string | null;
                        syncMinutes: number;
                        lastSyncAt: string | null;
                        lastPass: {
                            at: string;
                            complete: boolean;
                            seen: number;
                            known: number;
                            opened: number;
                            closed: number;
                            problem: string | null;
                        } | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.sync": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        at: string;
                        complete: boolean;
                        seen: number;
                        known: number;
                        opened: number;
                        closed: number;
                        problem: string | null;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.unmanaged": {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            connectionId: string;
                            serverId: string | null;
                            externalId: string;
                            name: string;
                            /** @enum {string} */
                            kind: "missing" | "changed" | "unmanaged" | "orphan" | "duplicate";
                            field: string;
                            before: components["schemas"]["Value"] | null;
                            after: components["schemas"]["Value"] | null;
                            /** Cost effect per month */
                            costDelta: {
                                amount: number;
                                currency: string;
                            } | null;
                            environment: string | null;
                            /** @enum {string} */
                            status: "open" | "ignored" | "adopted" | "forgotten" | "closed";
                            since: string;
                            lastSeenAt: string;
                            closedAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "clouds.revalidate": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        identity: string | null;
                        checks: {
                            name: string;
                            ok: boolean;
                            detail: string;
                            remedy: string | null;
                        }[];
                        warnings: string[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "decisions.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** Format: date-time */
                        at: string;
                        actor: {
                            kind: string;
                            id: string;
                            name: string;
                            email: string | null;
                        };
                        surface: string;
                        operation: string;
                        /** @enum {string} */
                        risk: "read" | "write" | "high";
                        permission: string;
                        /** @enum {string} */
                        result: "success" | "failure" | "denied" | "pending" | "error";
                        reason: {
                            stage: string;
                            code: string;
                            text: string;
                        } | null;
                        targets: {
                            type: string;
                            id: string;
                            name?: string;
                            environment?: string | null;
                        }[];
                        changeId: string | null;
                        /** Format: uuid */
                        decisionId: string;
                        requestId: string;
                        ip: string | null;
                        comment: string | null;
                        durationMs: number;
                        occurrences: number;
                        grantId: string | null;
                        rules: string[];
                        inputHash: string;
                        timings: {
                            [key: string]: number;
                        };
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.deleteRecord": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deleted: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.updateRecord": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * TTL
                     * @description Seconds for which resolvers may keep the answer; all records of one name and type share it
                     * @example 3600
                     */
                    ttl?: number;
                    /**
                     * Value
                     * @description As in a zone file; host names are absolute. TXT without quotes is taken literally
                     * @example 192.0.2.1
                     * @example 10 mail.example.test
                     */
                    value?: string;
                    /**
                     * Remark
                     * @description Kept with the record, not published
                     */
                    remark?: string | null;
                    /**
                     * Apply TTL to the whole set
                     * @default false
                     */
                    applyToSet?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        zoneId: string;
                        /**
                         * Name
                         * @description Absolute, without the final dot
                         */
                        name: string;
                        unicodeName: string;
                        type: string;
                        ttl: number;
                        /**
                         * Value
                         * @description Presentation form of the data; hosts end in a dot
                         */
                        value: string;
                        comment: string | null;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.listZones": {
        parameters: {
            query?: {
                /** @description Part of the name */
                q?: string;
                /** @description Deleted zones are listed only when asked for */
                state?: "creating" | "active" | "updating" | "error" | "deleting" | "deleted" | "missing";
                connectionId?: string;
                /** @description `prod` asks for approvals */
                environment?: string;
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                            /**
                             * Name
                             * @description With the letters that A-labels stand for
                             */
                            unicodeName: string;
                            connectionId: string;
                            /** @enum {string} */
                            provider: "embedded" | "rfc2136";
                            environment: string | null;
                            labels: {
                                [key: string]: string;
                            };
                            /** @enum {string} */
                            state: "creating" | "active" | "updating" | "error" | "deleting" | "deleted" | "missing";
                            stateReason: string | null;
                            serial: number | null;
                            defaultTtl: number;
                            protection: {
                                delete: boolean;
                            };
                            nameservers: string[];
                            recordCount: number;
                            revision: number;
                            openChange: {
                                id: string;
                                number: string | null;
                            } | null;
                            version: number;
                            createdAt: string;
                            updatedAt: string;
                            deletedAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.createZone": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Name
                     * @description The domain; letters beyond ASCII are possible
                     * @example example.test
                     */
                    name: string;
                    /**
                     * Connection
                     * Format: uuid
                     * @description The name server that serves the zone
                     */
                    connectionId: string;
                    /**
                     * Default TTL
                     * @description For new record sets, in seconds
                     * @default 3600
                     * @example 3600
                     */
                    defaultTtl?: number;
                    /**
                     * Environment
                     * @description The default of the connection when left out
                     */
                    environment?: string | null;
                    /**
                     * Labels
                     * @default {}
                     */
                    labels?: {
                        [key: string]: string;
                    };
                    /**
                     * Protection
                     * @description On by default in prod
                     */
                    protection?: {
                        /** Against deletion */
                        delete: boolean;
                    };
                    /**
                     * First records
                     * @default []
                     */
                    records?: {
                        /**
                         * Name
                         * @description `@` for the zone itself, relative to it (www), or whole (www.example.test)
                         * @example www
                         * @example @
                         * @example *.dev
                         */
                        name: string;
                        /**
                         * Type
                         * @description One of A, AAAA, CAA, CNAME, DS, HINFO, HTTPS, MX, NAPTR, NS, PTR, RP, SRV, SSHFP, SVCB, TLSA, TXT, or TYPEnnn (RFC 3597)
                         * @example A
                         * @example AAAA
                         * @example CAA
                         * @example CNAME
                         * @example DS
                         * @example HINFO
                         * @example HTTPS
                         * @example MX
                         * @example NAPTR
                         * @example NS
                         * @example PTR
                         * @example RP
                         * @example SRV
                         * @example SSHFP
                         * @example SVCB
                         * @example TLSA
                         * @example TXT
                         */
                        type: string;
                        /**
                         * TTL
                         * @description Seconds for which resolvers may keep the answer; all records of one name and type share it
                         * @example 3600
                         */
                        ttl?: number;
                        /**
                         * Value
                         * @description As in a zone file; host names are absolute. TXT without quotes is taken literally
                         * @example 192.0.2.1
                         * @example 10 mail.example.test
                         */
                        value: string;
                        /**
                         * Remark
                         * @description Kept with the record, not published
                         */
                        comment?: string | null;
                    }[];
                    /**
                     * Zone file
                     * @description To begin with; RFC 1035 master file
                     */
                    zonefile?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /**
                         * Name
                         * @description With the letters that A-labels stand for
                         */
                        unicodeName: string;
                        connectionId: string;
                        /** @enum {string} */
                        provider: "embedded" | "rfc2136";
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        /** @enum {string} */
                        state: "creating" | "active" | "updating" | "error" | "deleting" | "deleted" | "missing";
                        stateReason: string | null;
                        serial: number | null;
                        defaultTtl: number;
                        protection: {
                            delete: boolean;
                        };
                        nameservers: string[];
                        recordCount: number;
                        revision: number;
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                        deletedAt: string | null;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.getZone": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /**
                         * Name
                         * @description With the letters that A-labels stand for
                         */
                        unicodeName: string;
                        connectionId: string;
                        /** @enum {string} */
                        provider: "embedded" | "rfc2136";
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        /** @enum {string} */
                        state: "creating" | "active" | "updating" | "error" | "deleting" | "deleted" | "missing";
                        stateReason: string | null;
                        serial: number | null;
                        defaultTtl: number;
                        protection: {
                            delete: boolean;
                        };
                        nameservers: string[];
                        recordCount: number;
                        revision: number;
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                        deletedAt: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.deleteZone": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /**
                         * Name
                         * @description With the letters that A-labels stand for
                         */
                        unicodeName: string;
                        connectionId: string;
                        /** @enum {string} */
                        provider: "embedded" | "rfc2136";
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        /** @enum {string} */
                        state: "creating" | "active" | "updating" | "error" | "deleting" | "deleted" | "missing";
                        stateReason: string | null;
                        serial: number | null;
                        defaultTtl: number;
                        protection: {
                            delete: boolean;
                        };
                        nameservers: string[];
                        recordCount: number;
                        revision: number;
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                        deletedAt: string | null;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.updateZone": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Default TTL
                     * @description For new record sets, in seconds
                     * @example 3600
                     */
                    defaultTtl?: number;
                    environment?: string | null;
                    /**
                     * Labels
                     * @description All of them: what is left out is removed
                     */
                    labels?: {
                        [key: string]: string;
                    };
                    /** Protection */
                    protection?: {
                        /** Against deletion */
                        delete: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /**
                         * Name
                         * @description With the letters that A-labels stand for
                         */
                        unicodeName: string;
                        connectionId: string;
                        /** @enum {string} */
                        provider: "embedded" | "rfc2136";
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        /** @enum {string} */
                        state: "creating" | "active" | "updating" | "error" | "deleting" | "deleted" | "missing";
                        stateReason: string | null;
                        serial: number | null;
                        defaultTtl: number;
                        protection: {
                            delete: boolean;
                        };
                        nameservers: string[];
                        recordCount: number;
                        revision: number;
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                        deletedAt: string | null;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.changeSet": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Create
                     * @default []
                     */
                    creates?: {
                        /**
                         * Name
                         * @description `@` for the zone itself, relative to it (www), or whole (www.example.test)
                         * @example www
                         * @example @
                         * @example *.dev
                         */
                        name: string;
                        /**
                         * Type
                         * @description One of A, AAAA, CAA, CNAME, DS, HINFO, HTTPS, MX, NAPTR, NS, PTR, RP, SRV, SSHFP, SVCB, TLSA, TXT, or TYPEnnn (RFC 3597)
                         * @example A
                         * @example AAAA
                         * @example CAA
                         * @example CNAME
                         * @example DS
                         * @example HINFO
                         * @example HTTPS
                         * @example MX
                         * @example NAPTR
                         * @example NS
                         * @example PTR
                         * @example RP
                         * @example SRV
                         * @example SSHFP
                         * @example SVCB
                         * @example TLSA
                         * @example TXT
                         */
                        type: string;
                        /**
                         * Value
                         * @description As in a zone file; host names are absolute. TXT without quotes is taken literally
                         * @example 192.0.2.1
                         * @example 10 mail.example.test
                         */
                        value: string;
                        /**
                         * TTL
                         * @description Seconds for which resolvers may keep the answer; all records of one name and type share it
                         * @example 3600
                         */
                        ttl?: number;
                        /**
                         * Remark
                         * @description Kept with the record, not published
                         */
                        comment?: string | null;
                        /** Apply TTL to the whole set */
                        applyToSet?: boolean;
                    }[];
                    /**
                     * Change
                     * @default []
                     */
                    updates?: {
                        /**
                         * Record
                         * Format: uuid
                         */
                        recordId: string;
                        /**
                         * Value
                         * @description As in a zone file; host names are absolute. TXT without quotes is taken literally
                         * @example 192.0.2.1
                         * @example 10 mail.example.test
                         */
                        value?: string;
                        /**
                         * TTL
                         * @description Seconds for which resolvers may keep the answer; all records of one name and type share it
                         * @example 3600
                         */
                        ttl?: number;
                        /**
                         * Remark
                         * @description Kept with the record, not published
                         */
                        comment?: string | null;
                        /** Apply TTL to the whole set */
                        applyToSet?: boolean;
                    }[];
                    /**
                     * Delete
                     * @default []
                     */
                    deletes?: string[];
                    /**
                     * Much is meant to change
                     * @description Needed when more than 30 % of a zone changes
                     * @default false
                     */
                    confirmMassChange?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        zone: {
                            id: string;
                            name: string;
                            /**
                             * Name
                             * @description With the letters that A-labels stand for
                             */
                            unicodeName: string;
                            connectionId: string;
                            /** @enum {string} */
                            provider: "embedded" | "rfc2136";
                            environment: string | null;
                            labels: {
                                [key: string]: string;
                            };
                            /** @enum {string} */
                            state: "creating" | "active" | "updating" | "error" | "deleting" | "deleted" | "missing";
                            stateReason: string | null;
                            serial: number | null;
                            defaultTtl: number;
                            protection: {
                                delete: boolean;
                            };
                            nameservers: string[];
                            recordCount: number;
                            revision: number;
                            openChange: {
                                id: string;
                                number: string | null;
                            } | null;
                            version: number;
                            createdAt: string;
                            updatedAt: string;
                            deletedAt: string | null;
                        };
                        created: number;
                        updated: number;
                        deleted: number;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.check": {
        parameters: {
            query?: {
                /** @description `@` for the zone itself, relative to it (www), or whole (www.example.test) */
                name?: string;
                /** @description SOA compares the serial only */
                type?: string;
                /** @description One a line; what the zone holds here when left out */
                expected?: string;
                /** @description Public addresses with commas between; when left out, those of this installation, except for zones on the embedded name server, which no resolver finds */
                resolvers?: string;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        zone: string;
                        name: string;
                        type: string;
                        serial: number;
                        percent: {
                            authoritative: number | null;
                            resolvers: number | null;
                        };
                        expectedBy: string | null;
                        rows: {
                            /** @enum {string} */
                            role: "authoritative" | "resolver";
                            host: string;
                            address: string;
                            /** @enum {string} */
                            verdict: "in_sync" | "old_serial" | "stale_cache" | "negative_cache" | "mismatch" | "lame" | "unreachable" | "timeout" | "servfail";
                            serial: number | null;
                            values: string[];
                            ttl: number | null;
                            until: string | null;
                            authenticated: boolean;
                            tcp: boolean;
                            ms: number | null;
                            reason: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.export": {
        parameters: {
            query?: {
                format?: "bind" | "json";
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.history": {
        parameters: {
            query?: {
                from?: number;
                /** @description The newest when left out */
                to?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            version: number;
                            at: string;
                            changeId: string;
                            operation: string;
                            by: {
                                kind: string;
                                id: string;
                                name: string;
                            };
                            serial: number;
                            created: number;
                            updated: number;
                            deleted: number;
                        }[];
                        nextCursor: string | null;
                        differences: {
                            name: string;
                            type: string;
                            before: {
                                ttl: number;
                                values: string[];
                            } | null;
                            after: {
                                ttl: number;
                                values: string[];
                            } | null;
                        }[] | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.restore": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
                /** @description A number from dns.history */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        zone: {
                            id: string;
                            name: string;
                            /**
                             * Name
                             * @description With the letters that A-labels stand for
                             */
                            unicodeName: string;
                            connectionId: string;
                            /** @enum {string} */
                            provider: "embedded" | "rfc2136";
                            environment: string | null;
                            labels: {
                                [key: string]: string;
                            };
                            /** @enum {string} */
                            state: "creating" | "active" | "updating" | "error" | "deleting" | "deleted" | "missing";
                            stateReason: string | null;
                            serial: number | null;
                            defaultTtl: number;
                            protection: {
                                delete: boolean;
                            };
                            nameservers: string[];
                            recordCount: number;
                            revision: number;
                            openChange: {
                                id: string;
                                number: string | null;
                            } | null;
                            version: number;
                            createdAt: string;
                            updatedAt: string;
                            deletedAt: string | null;
                        };
                        created: number;
                        updated: number;
                        deleted: number;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.import": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * From
                     * @description `text`: a zone file. `server`: what the name server holds is taken over here; the server is not changed
                     * @default text
                     * @enum {string}
                     */
                    source?: "text" | "server";
                    /**
                     * Zone file
                     * @description RFC 1035 master file, at most 5 MiB and 10,000 records
                     */
                    zonefile?: string;
                    /**
                     * How
                     * @description `merge`: record sets of the file take the place of those here. `replace`: the zone becomes the file
                     * @default merge
                     * @enum {string}
                     */
                    mode?: "merge" | "replace";
                    /**
                     * Take the file’s name servers
                     * @description SOA and NS of the zone itself are ignored otherwise
                     * @default false
                     */
                    keepNs?: boolean;
                    /**
                     * Leave out what cannot be read
                     * @default false
                     */
                    skipInvalid?: boolean;
                    /**
                     * Much is meant to change
                     * @default false
                     */
                    confirmMassChange?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        zone: {
                            id: string;
                            name: string;
                            /**
                             * Name
                             * @description With the letters that A-labels stand for
                             */
                            unicodeName: string;
                            connectionId: string;
                            /** @enum {string} */
                            provider: "embedded" | "rfc2136";
                            environment: string | null;
                            labels: {
                                [key: string]: string;
                            };
                            /** @enum {string} */
                            state: "creating" | "active" | "updating" | "error" | "deleting" | "deleted" | "missing";
                            stateReason: string | null;
                            serial: number | null;
                            defaultTtl: number;
                            protection: {
                                delete: boolean;
                            };
                            nameservers: string[];
                            recordCount: number;
                            revision: number;
                            openChange: {
                                id: string;
                                number: string | null;
                            } | null;
                            version: number;
                            createdAt: string;
                            updatedAt: string;
                            deletedAt: string | null;
                        };
                        created: number;
                        updated: number;
                        deleted: number;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.listRecords": {
        parameters: {
            query?: {
                /** @description One of A, AAAA, CAA, CNAME, DS, HINFO, HTTPS, MX, NAPTR, NS, PTR, RP, SRV, SSHFP, SVCB, TLSA, TXT, or TYPEnnn (RFC 3597) */
                type?: string;
                /** @description Exactly this name */
                name?: string;
                /** @description Part of a name, value or remark */
                q?: string;
                value?: string;
                remark?: string;
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            zoneId: string;
                            /**
                             * Name
                             * @description Absolute, without the final dot
                             */
                            name: string;
                            unicodeName: string;
                            type: string;
                            ttl: number;
                            /**
                             * Value
                             * @description Presentation form of the data; hosts end in a dot
                             */
                            value: string;
                            comment: string | null;
                            createdAt: string;
                            updatedAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "dns.createRecord": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Name
                     * @description `@` for the zone itself, relative to it (www), or whole (www.example.test)
                     * @example www
                     * @example @
                     * @example *.dev
                     */
                    name: string;
                    /**
                     * Type
                     * @description One of A, AAAA, CAA, CNAME, DS, HINFO, HTTPS, MX, NAPTR, NS, PTR, RP, SRV, SSHFP, SVCB, TLSA, TXT, or TYPEnnn (RFC 3597)
                     * @example A
                     * @example AAAA
                     * @example CAA
                     * @example CNAME
                     * @example DS
                     * @example HINFO
                     * @example HTTPS
                     * @example MX
                     * @example NAPTR
                     * @example NS
                     * @example PTR
                     * @example RP
                     * @example SRV
                     * @example SSHFP
                     * @example SVCB
                     * @example TLSA
                     * @example TXT
                     */
                    type: string;
                    /**
                     * TTL
                     * @description Seconds; that of the set, or the default of the zone, when left out
                     * @example 3600
                     */
                    ttl?: number;
                    /**
                     * Value
                     * @description As in a zone file; host names are absolute. TXT without quotes is taken literally
                     * @example 192.0.2.1
                     * @example 10 mail.example.test
                     */
                    value: string;
                    /**
                     * Remark
                     * @description Kept with the record, not published
                     */
                    remark?: string | null;
                    /**
                     * Apply TTL to the whole set
                     * @default false
                     */
                    applyToSet?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        zoneId: string;
                        /**
                         * Name
                         * @description Absolute, without the final dot
                         */
                        name: string;
                        unicodeName: string;
                        type: string;
                        ttl: number;
                        /**
                         * Value
                         * @description Presentation form of the data; hosts end in a dot
                         */
                        value: string;
                        comment: string | null;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "drift.list": {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
                status?: "open" | "ignored" | "adopted" | "forgotten" | "closed";
                kind?: "missing" | "changed" | "unmanaged" | "orphan" | "duplicate";
                connectionId?: string;
                serverId?: string;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            connectionId: string;
                            serverId: string | null;
                            externalId: string;
                            name: string;
                            /** @enum {string} */
                            kind: "missing" | "changed" | "unmanaged" | "orphan" | "duplicate";
                            field: string;
                            before: components["schemas"]["Value"] | null;
                            after: components["schemas"]["Value"] | null;
                            /** Cost effect per month */
                            costDelta: {
                                amount: number;
                                currency: string;
                            } | null;
                            environment: string | null;
                            /** @enum {string} */
                            status: "open" | "ignored" | "adopted" | "forgotten" | "closed";
                            since: string;
                            lastSeenAt: string;
                            closedAt: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "drift.decide": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Decision
                     * @enum {string}
                     */
                    decision: "adopt" | "ignore" | "forget";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        serverId: string | null;
                        externalId: string;
                        name: string;
                        /** @enum {string} */
                        kind: "missing" | "changed" | "unmanaged" | "orphan" | "duplicate";
                        field: string;
                        before: components["schemas"]["Value"] | null;
                        after: components["schemas"]["Value"] | null;
                        /** Cost effect per month */
                        costDelta: {
                            amount: number;
                            currency: string;
                        } | null;
                        environment: string | null;
                        /** @enum {string} */
                        status: "open" | "ignored" | "adopted" | "forgotten" | "closed";
                        since: string;
                        lastSeenAt: string;
                        closedAt: string | null;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "grants.list": {
        parameters: {
            query?: {
                subjectId?: string;
                roleId?: string;
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            subject: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                                email: string;
                                /** @constant */
                                kind: "user";
                            };
                            role: {
                                /** Format: uuid */
                                id: string;
                                key: string;
                                name: string;
                            };
                            scope: {
                                /** @constant */
                                all: true;
                            } | {
                                any: {
                                    type?: string;
                                    ids?: string[];
                                    environments?: string[];
                                    labels?: {
                                        [key: string]: string;
                                    };
                                }[];
                            };
                            /** Format: date-time */
                            validFrom: string;
                            validUntil: string | null;
                            reason: string;
                            /** @description Null when the installation gave it with the tenant */
                            grantedBy: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                                email: string;
                            } | null;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "grants.create": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Person
                     * Format: uuid
                     */
                    subjectId: string;
                    /**
                     * Role
                     * Format: uuid
                     */
                    roleId: string;
                    /**
                     * Scope
                     * @description `{ "all": true }`, or clauses of type, ids, environments and labels; no clause reaches nothing
                     */
                    scope: {
                        /** @constant */
                        all: true;
                    } | {
                        any: {
                            type?: string;
                            ids?: string[];
                            environments?: string[];
                            labels?: {
                                [key: string]: string;
                            };
                        }[];
                    };
                    /**
                     * Ends
                     * Format: date-time
                     * @description Never, when left out
                     */
                    validUntil?: string;
                    /** Reason */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Planned (dry run) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Planned"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        subject: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            email: string;
                            /** @constant */
                            kind: "user";
                        };
                        role: {
                            /** Format: uuid */
                            id: string;
                            key: string;
                            name: string;
                        };
                        scope: {
                            /** @constant */
                            all: true;
                        } | {
                            any: {
                                type?: string;
                                ids?: string[];
                                environments?: string[];
                                labels?: {
                                    [key: string]: string;
                                };
                            }[];
                        };
                        /** Format: date-time */
                        validFrom: string;
                        validUntil: string | null;
                        reason: string;
                        /** @description Null when the installation gave it with the tenant */
                        grantedBy: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            email: string;
                        } | null;
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "grants.revoke": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.me": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actor: {
                            /** @enum {string} */
                            kind: "user" | "apiKey" | "agent" | "system" | "anonymous";
                            id: string;
                            name: string;
                            email: string | null;
                        };
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        };
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                            roles: string[];
                        }[];
                        roles: {
                            key: string;
                            name: string;
                        }[];
                        /** @description Patterns; cut down to what the API key allows, if there is one */
                        permissions: string[];
                        session: {
                            /** Format: date-time */
                            expiresAt: string;
                        } | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "members.list": {
        parameters: {
            query?: {
                /** @description Part of a name or an e-mail address */
                q?: string;
                status?: "active" | "suspended";
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            email: string;
                            /** @enum {string} */
                            status: "active" | "suspended";
                            roles: {
                                key: string;
                                name: string;
                            }[];
                            /** Format: date-time */
                            joinedAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "members.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        email: string;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        roles: {
                            key: string;
                            name: string;
                        }[];
                        /** Format: date-time */
                        joinedAt: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "permissions.list": {
        parameters: {
            query?: {
                resource?: string;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            permission: string;
                            resource: string;
                            action: string;
                            /**
                             * @description The highest of its operations
                             * @enum {string}
                             */
                            risk: "read" | "write" | "high";
                            operations: {
                                name: string;
                                summary: string;
                                /** @enum {string} */
                                risk: "read" | "write" | "high";
                            }[];
                        }[];
                        nextCursor: null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "roles.list": {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            key: string;
                            name: string;
                            description: string;
                            /** @description 1 has the most power */
                            level: number;
                            /** @enum {string} */
                            maxRisk: "read" | "write" | "high";
                            patterns: string[];
                            system: boolean;
                            assignable: boolean;
                            /** @description People with a grant in force or to come */
                            members: number;
                            version: number;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "roles.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        key: string;
                        name: string;
                        description: string;
                        /** @description 1 has the most power */
                        level: number;
                        /** @enum {string} */
                        maxRisk: "read" | "write" | "high";
                        patterns: string[];
                        system: boolean;
                        assignable: boolean;
                        /** @description People with a grant in force or to come */
                        members: number;
                        version: number;
                        permissions: string[];
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.list": {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
                sort?: "-createdAt" | "createdAt" | "name" | "-name" | "status" | "-status" | "cost" | "-cost";
                connectionId?: string;
                region?: string;
                /** @description Deleted servers, and those in their time of grace, are listed only when asked for */
                status?: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                /** @description `prod` asks for approvals and protects by default */
                environment?: string;
                drift?: "open" | "none";
                /** @description Part of the name, or a whole address */
                q?: string;
                labelSelector?: string;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            connectionId: string;
                            externalId: string | null;
                            name: string;
                            description: string | null;
                            /** @enum {string} */
                            status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                            statusReason: {
                                code: string;
                                text: string;
                                at: string;
                            } | null;
                            region: string;
                            zone: string | null;
                            size: string;
                            image: string;
                            architecture: string;
                            vcpus: number;
                            memoryMb: number;
                            diskGb: number;
                            publicIpv4: string | null;
                            publicIpv6: string | null;
                            environment: string | null;
                            labels: {
                                [key: string]: string;
                            };
                            protection: {
                                delete: boolean;
                            };
                            /** @enum {string} */
                            managed: "managed" | "imported";
                            cost: {
                                monthly: {
                                    amount: number;
                                    currency: string;
                                };
                            };
                            drift: {
                                /** @enum {string} */
                                state: "none" | "open";
                                open: number;
                            };
                            openChange: {
                                id: string;
                                number: string | null;
                            } | null;
                            /** Deleted for good after */
                            purgeAfter: string | null;
                            lastObservedAt: string | null;
                            deletedAt: string | null;
                            version: number;
                            createdAt: string;
                            updatedAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.create": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Connection
                     * Format: uuid
                     */
                    connectionId: string;
                    /**
                     * Name
                     * @description Becomes the host name
                     * @example web-1
                     */
                    name?: string;
                    /**
                     * Name pattern
                     * @description `{n}` counts from 1
                     * @example web-{n}
                     */
                    namePattern?: string;
                    /**
                     * How many
                     * @default 1
                     */
                    count?: number;
                    /**
                     * Region
                     * @example sim-eu-1
                     */
                    region: string;
                    /**
                     * Zone
                     * @description The provider chooses when left out
                     */
                    zone?: string;
                    /**
                     * Size
                     * @example std-2
                     */
                    size: string;
                    /**
                     * Image
                     * @example debian-13
                     */
                    image: string;
                    /** Description */
                    description?: string;
                    /**
                     * Labels
                     * @default {}
                     */
                    labels?: {
                        [key: string]: string;
                    };
                    /**
                     * Environment
                     * @description The default of the connection when left out
                     */
                    environment?: string | null;
                    /**
                     * Protection
                     * @description On by default in prod
                     */
                    protection?: {
                        /** Against deletion */
                        delete: boolean;
                    };
                    /**
                     * Start it when it is made
                     * @default true
                     */
                    start?: boolean;
                };
            };
        };
        responses: {
            /** @description Planned (dry run) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Planned"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        servers: {
                            id: string;
                            connectionId: string;
                            externalId: string | null;
                            name: string;
                            description: string | null;
                            /** @enum {string} */
                            status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                            statusReason: {
                                code: string;
                                text: string;
                                at: string;
                            } | null;
                            region: string;
                            zone: string | null;
                            size: string;
                            image: string;
                            architecture: string;
                            vcpus: number;
                            memoryMb: number;
                            diskGb: number;
                            publicIpv4: string | null;
                            publicIpv6: string | null;
                            environment: string | null;
                            labels: {
                                [key: string]: string;
                            };
                            protection: {
                                delete: boolean;
                            };
                            /** @enum {string} */
                            managed: "managed" | "imported";
                            cost: {
                                monthly: {
                                    amount: number;
                                    currency: string;
                                };
                            };
                            drift: {
                                /** @enum {string} */
                                state: "none" | "open";
                                open: number;
                            };
                            openChange: {
                                id: string;
                                number: string | null;
                            } | null;
                            /** Deleted for good after */
                            purgeAfter: string | null;
                            lastObservedAt: string | null;
                            deletedAt: string | null;
                            version: number;
                            createdAt: string;
                            updatedAt: string;
                        }[];
                    };
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        externalId: string | null;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        region: string;
                        zone: string | null;
                        size: string;
                        image: string;
                        architecture: string;
                        vcpus: number;
                        memoryMb: number;
                        diskGb: number;
                        publicIpv4: string | null;
                        publicIpv6: string | null;
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        protection: {
                            delete: boolean;
                        };
                        /** @enum {string} */
                        managed: "managed" | "imported";
                        cost: {
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                        };
                        drift: {
                            /** @enum {string} */
                            state: "none" | "open";
                            open: number;
                        };
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        /** Deleted for good after */
                        purgeAfter: string | null;
                        lastObservedAt: string | null;
                        deletedAt: string | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.delete": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        externalId: string | null;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        region: string;
                        zone: string | null;
                        size: string;
                        image: string;
                        architecture: string;
                        vcpus: number;
                        memoryMb: number;
                        diskGb: number;
                        publicIpv4: string | null;
                        publicIpv6: string | null;
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        protection: {
                            delete: boolean;
                        };
                        /** @enum {string} */
                        managed: "managed" | "imported";
                        cost: {
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                        };
                        drift: {
                            /** @enum {string} */
                            state: "none" | "open";
                            open: number;
                        };
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        /** Deleted for good after */
                        purgeAfter: string | null;
                        lastObservedAt: string | null;
                        deletedAt: string | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.update": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Name
                     * @description Becomes the host name
                     * @example web-1
                     */
                    name?: string;
                    /** Description */
                    description?: string | null;
                    environment?: string | null;
                    /**
                     * Labels
                     * @description All of them: what is left out is removed
                     */
                    labels?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        externalId: string | null;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        region: string;
                        zone: string | null;
                        size: string;
                        image: string;
                        architecture: string;
                        vcpus: number;
                        memoryMb: number;
                        diskGb: number;
                        publicIpv4: string | null;
                        publicIpv6: string | null;
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        protection: {
                            delete: boolean;
                        };
                        /** @enum {string} */
                        managed: "managed" | "imported";
                        cost: {
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                        };
                        drift: {
                            /** @enum {string} */
                            state: "none" | "open";
                            open: number;
                        };
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        /** Deleted for good after */
                        purgeAfter: string | null;
                        lastObservedAt: string | null;
                        deletedAt: string | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.poweroff": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        externalId: string | null;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        region: string;
                        zone: string | null;
                        size: string;
                        image: string;
                        architecture: string;
                        vcpus: number;
                        memoryMb: number;
                        diskGb: number;
                        publicIpv4: string | null;
                        publicIpv6: string | null;
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        protection: {
                            delete: boolean;
                        };
                        /** @enum {string} */
                        managed: "managed" | "imported";
                        cost: {
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                        };
                        drift: {
                            /** @enum {string} */
                            state: "none" | "open";
                            open: number;
                        };
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        /** Deleted for good after */
                        purgeAfter: string | null;
                        lastObservedAt: string | null;
                        deletedAt: string | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.reboot": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        externalId: string | null;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        region: string;
                        zone: string | null;
                        size: string;
                        image: string;
                        architecture: string;
                        vcpus: number;
                        memoryMb: number;
                        diskGb: number;
                        publicIpv4: string | null;
                        publicIpv6: string | null;
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        protection: {
                            delete: boolean;
                        };
                        /** @enum {string} */
                        managed: "managed" | "imported";
                        cost: {
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                        };
                        drift: {
                            /** @enum {string} */
                            state: "none" | "open";
                            open: number;
                        };
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        /** Deleted for good after */
                        purgeAfter: string | null;
                        lastObservedAt: string | null;
                        deletedAt: string | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.reset": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        externalId: string | null;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        region: string;
                        zone: string | null;
                        size: string;
                        image: string;
                        architecture: string;
                        vcpus: number;
                        memoryMb: number;
                        diskGb: number;
                        publicIpv4: string | null;
                        publicIpv6: string | null;
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        protection: {
                            delete: boolean;
                        };
                        /** @enum {string} */
                        managed: "managed" | "imported";
                        cost: {
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                        };
                        drift: {
                            /** @enum {string} */
                            state: "none" | "open";
                            open: number;
                        };
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        /** Deleted for good after */
                        purgeAfter: string | null;
                        lastObservedAt: string | null;
                        deletedAt: string | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.start": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        externalId: string | null;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        region: string;
                        zone: string | null;
                        size: string;
                        image: string;
                        architecture: string;
                        vcpus: number;
                        memoryMb: number;
                        diskGb: number;
                        publicIpv4: string | null;
                        publicIpv6: string | null;
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        protection: {
                            delete: boolean;
                        };
                        /** @enum {string} */
                        managed: "managed" | "imported";
                        cost: {
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                        };
                        drift: {
                            /** @enum {string} */
                            state: "none" | "open";
                            open: number;
                        };
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        /** Deleted for good after */
                        purgeAfter: string | null;
                        lastObservedAt: string | null;
                        deletedAt: string | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.stop": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Grace time (s)
                     * @description How long the guest may take to shut down
                     * @default 60
                     */
                    graceSeconds?: number;
                    /**
                     * Cut the power after the grace time
                     * @default false
                     */
                    force?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        externalId: string | null;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        region: string;
                        zone: string | null;
                        size: string;
                        image: string;
                        architecture: string;
                        vcpus: number;
                        memoryMb: number;
                        diskGb: number;
                        publicIpv4: string | null;
                        publicIpv6: string | null;
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        protection: {
                            delete: boolean;
                        };
                        /** @enum {string} */
                        managed: "managed" | "imported";
                        cost: {
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                        };
                        drift: {
                            /** @enum {string} */
                            state: "none" | "open";
                            open: number;
                        };
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        /** Deleted for good after */
                        purgeAfter: string | null;
                        lastObservedAt: string | null;
                        deletedAt: string | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.protect": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Protect against deletion */
                    delete: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        externalId: string | null;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        region: string;
                        zone: string | null;
                        size: string;
                        image: string;
                        architecture: string;
                        vcpus: number;
                        memoryMb: number;
                        diskGb: number;
                        publicIpv4: string | null;
                        publicIpv6: string | null;
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        protection: {
                            delete: boolean;
                        };
                        /** @enum {string} */
                        managed: "managed" | "imported";
                        cost: {
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                        };
                        drift: {
                            /** @enum {string} */
                            state: "none" | "open";
                            open: number;
                        };
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        /** Deleted for good after */
                        purgeAfter: string | null;
                        lastObservedAt: string | null;
                        deletedAt: string | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.purge": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        externalId: string | null;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        region: string;
                        zone: string | null;
                        size: string;
                        image: string;
                        architecture: string;
                        vcpus: number;
                        memoryMb: number;
                        diskGb: number;
                        publicIpv4: string | null;
                        publicIpv6: string | null;
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        protection: {
                            delete: boolean;
                        };
                        /** @enum {string} */
                        managed: "managed" | "imported";
                        cost: {
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                        };
                        drift: {
                            /** @enum {string} */
                            state: "none" | "open";
                            open: number;
                        };
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        /** Deleted for good after */
                        purgeAfter: string | null;
                        lastObservedAt: string | null;
                        deletedAt: string | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.resize": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Size
                     * @example std-2
                     */
                    size: string;
                    /**
                     * Grow the disk
                     * @description To that of the new size; it cannot shrink again
                     * @default false
                     */
                    growDisk?: boolean;
                    /**
                     * Restart
                     * @description `auto` stops and starts a running server; `manual` refuses unless it is stopped
                     * @default auto
                     * @enum {string}
                     */
                    restart?: "auto" | "manual";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        externalId: string | null;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        region: string;
                        zone: string | null;
                        size: string;
                        image: string;
                        architecture: string;
                        vcpus: number;
                        memoryMb: number;
                        diskGb: number;
                        publicIpv4: string | null;
                        publicIpv6: string | null;
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        protection: {
                            delete: boolean;
                        };
                        /** @enum {string} */
                        managed: "managed" | "imported";
                        cost: {
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                        };
                        drift: {
                            /** @enum {string} */
                            state: "none" | "open";
                            open: number;
                        };
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        /** Deleted for good after */
                        purgeAfter: string | null;
                        lastObservedAt: string | null;
                        deletedAt: string | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "servers.undelete": {
        parameters: {
            query?: {
                /** @description Answer with the plan and do nothing */
                dryRun?: components["parameters"]["DryRun"];
                /** @description Keep the Change as a draft until it is submitted */
                draft?: components["parameters"]["Draft"];
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
                /** @description Same key and input within 24 h: the first result again */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description Why, percent-encoded; shown to approvers and kept in the audit trail */
                "X-Switchyard-Comment"?: components["parameters"]["Comment"];
                /** @description Version you have seen, from `ETag`; 412 when it is not the current one */
                "If-Match"?: components["parameters"]["IfMatch"];
                /** @description Ticket that this belongs to, percent-encoded */
                "X-Switchyard-Ticket"?: components["parameters"]["Ticket"];
                /** @description `wait=N` holds a 202 back for up to 30 s, until the Change is settled */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        connectionId: string;
                        externalId: string | null;
                        name: string;
                        description: string | null;
                        /** @enum {string} */
                        status: "requested" | "creating" | "running" | "stopping" | "stopped" | "starting" | "rebooting" | "resizing" | "pending_delete" | "deleting" | "deleted" | "missing" | "error" | "unknown";
                        statusReason: {
                            code: string;
                            text: string;
                            at: string;
                        } | null;
                        region: string;
                        zone: string | null;
                        size: string;
                        image: string;
                        architecture: string;
                        vcpus: number;
                        memoryMb: number;
                        diskGb: number;
                        publicIpv4: string | null;
                        publicIpv6: string | null;
                        environment: string | null;
                        labels: {
                            [key: string]: string;
                        };
                        protection: {
                            delete: boolean;
                        };
                        /** @enum {string} */
                        managed: "managed" | "imported";
                        cost: {
                            monthly: {
                                amount: number;
                                currency: string;
                            };
                        };
                        drift: {
                            /** @enum {string} */
                            state: "none" | "open";
                            open: number;
                        };
                        openChange: {
                            id: string;
                            number: string | null;
                        } | null;
                        /** Deleted for good after */
                        purgeAfter: string | null;
                        lastObservedAt: string | null;
                        deletedAt: string | null;
                        version: number;
                        createdAt: string;
                        updatedAt: string;
                    } | components["schemas"]["Planned"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "tenants.list": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                            /** @enum {string} */
                            status: "active" | "suspended";
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        nextCursor: null;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    "tenants.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
}
