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
         *     Needs the permission `changes:apply`. Risk: high.
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
        /** @description `account-suspended`, `grant-escalation`, `host-denied`, `insufficient-token-scope`, `last-owner`, `no-membership`, `not-eligible`, `origin-denied`, `permission-denied`, `policy-denied`, `scope-denied`, `self-approval-forbidden`, `self-grant-forbidden`, `session-required` */
        Problem403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `change-not-found`, `decision-not-found`, `not-found`, `route-not-found`, `tenant-not-found` */
        Problem404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `comment-required`, `password-compromised`, `password-too-short`, `permission-unknown`, `validation-failed` */
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
        /** @description `dependency-unavailable`, `shutting-down` */
        Problem503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `approval-closed`, `approval-expired`, `approval-pending`, `change-cancelled`, `email-taken`, `idempotency-conflict`, `invalid-transition`, `key-limit-reached`, `no-eligible-approver`, `operation-in-progress`, `plan-superseded`, `rollback-impossible`, `slug-taken` */
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
