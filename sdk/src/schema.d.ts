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
         * @description With `all`, those of everybody: that needs apiKeys:read over the whole tenant.
         *
         *     For any signed-in person, on their own data. Risk: read.
         */
        get: operations["apiKeys.list"];
        put?: never;
        /**
         * Make an API key for yourself, or for a service account
         * @description The key is shown in this answer and never again. It may do what its owner may, cut down to `permissions` and `scope`, from `cidrs` only; when the owner loses a right, so does the key.
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
        /**
         * Show an API key, without the key itself
         * @description For any signed-in person, on their own data. Risk: read.
         */
        get: operations["apiKeys.get"];
        put?: never;
        post?: never;
        /**
         * End an API key
         * @description Your own; with apiKeys:revoke over the whole tenant anybody’s. At once in this process and within five seconds everywhere.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        delete: operations["apiKeys.revoke"];
        options?: never;
        head?: never;
        /**
         * Rename an API key, or limit it otherwise
         * @description A field left out stays; `null` takes a limit away. Its end stays as it is: rotate the key to go on.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        patch: operations["apiKeys.update"];
        trace?: never;
    };
    "/api/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a new API key in the place of one
         * @description With the same limits and for as long as the old one was made for. The old one goes on for the overlap, so that nothing has to stop.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["apiKeys.rotate"];
        delete?: never;
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
    "/api/v1/auth/confirm-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a new address with the link of a mail
         * @description From then on it is the address of the account. The old address hears of it, with a link that undoes the change for 72 hours.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.confirmEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the devices you trust
         * @description On them no second factor is asked for seven days.
         *
         *     For any signed-in person, on their own data. Risk: read.
         */
        get: operations["auth.devices.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/devices/{id}": {
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
         * Trust a device no longer
         * @description For any signed-in person, on their own data. Risk: write.
         */
        delete: operations["auth.devices.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a link to set another password mailed
         * @description The answer is the same for every address, and takes the same time. The link is good for 30 minutes.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.forgotPassword"];
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
        /**
         * Go to the one identity provider of this installation to sign in
         * @description Where there are none or several, `provider-not-found`.
         *
         *     No sign-in needed. Risk: write.
         */
        get: operations["auth.oauth.login"];
        put?: never;
        /**
         * Sign in with e-mail and password
         * @description Opens a session, or answers `mfa-required` with a challenge when the account has a second factor. A session of 256 random bits ends eight hours after its last use and after seven days at the latest. The answer to an unknown address and to a wrong password is the same. Who belongs to several tenants and names none works in none until `auth.switchTenant`.
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
         * End this session, the others, or all
         * @description For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show your second factors and whether one is demanded of you
         * @description For any signed-in person, on their own data. Risk: read.
         */
        get: operations["auth.mfa.status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/backup-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make new backup codes
         * @description Ten codes that each stand in for a second factor once. Those of before are void.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.mfa.backupCodes.regenerate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer the second step of a sign-in
         * @description Opens the session that the first step asked for. Five wrong answers end the challenge; ten in a row lock second factors for 15 minutes.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.mfa.challenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/challenge/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what a passkey has to sign for the second step of a sign-in
         * @description No sign-in needed. Risk: write.
         */
        post: operations["auth.mfa.challengeOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/challenge/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Text a code for the second step of a sign-in
         * @description No sign-in needed. Risk: write.
         */
        post: operations["auth.mfa.sendChallenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/sms": {
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
         * Remove SMS codes as a second factor
         * @description Needs a second factor of the last five minutes. Refused when a tenant demands one and none would be left. Other sessions have to prove themselves again.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        delete: operations["auth.mfa.sms.disable"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/sms/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to use SMS codes as a second factor
         * @description Texts a code to your verified phone number. Refused when you have an authenticator app or a passkey, which are stronger.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.mfa.sms.setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/sms/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish setting up SMS codes with the one that was sent
         * @description For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.mfa.sms.verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/totp": {
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
         * Remove your authenticator app
         * @description Needs a second factor of the last five minutes. Refused when a tenant demands one and none would be left. Other sessions have to prove themselves again.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        delete: operations["auth.mfa.totp.disable"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/totp/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to set up an authenticator app
         * @description The secret waits ten minutes for its first code (`auth.mfa.totp.verify`); until then nothing changes. Needs the password or a proof of the last 15 minutes; who has a second factor already proves that.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.mfa.totp.setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/totp/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish setting up an authenticator app with its first code
         * @description The app counts from now on, in place of an earlier one. Answers ten backup codes; those of before are void. Other sessions have to prove themselves again.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.mfa.totp.verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/not-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report a sign-in that was not yours, with the link of a mail
         * @description Ends every session, trusted device and API key, voids the password, takes away the ways in that were added since, and mails a link to set another password.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.notMe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oauth/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the identities that are linked with your account
         * @description For any signed-in person, on their own data. Risk: read.
         */
        get: operations["auth.oauth.accounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oauth/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn the one-time code of a federated sign-in into a session
         * @description The code is good once, for two minutes, in the browser that began. The second factor of the account is asked for as after a password.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.oauth.complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oauth/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Link an identity at another provider with your account
         * @description Answers where the browser goes. The identity is linked when it comes back, in this browser and while this session lasts.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.oauth.link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oauth/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Go to Google, GitHub, Microsoft, Apple or PeeringDB to sign in
         * @description For browsers: answers 302 to the provider, with state, nonce and PKCE (S256), and binds the way back to this browser for ten minutes.
         *
         *     No sign-in needed. Risk: write.
         */
        get: operations["auth.oauth.start"];
        put?: never;
        post?: never;
        /**
         * Unlink an identity at another provider from your account
         * @description Refused when it is the only way in: `last-sign-in-method`.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        delete: operations["auth.oauth.unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oauth/{provider}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from a provider
         * @description The redirect address to register at the provider. Answers 302 to a page with a one-time code, never with a token.
         *
         *     No sign-in needed. Risk: write.
         */
        get: operations["auth.oauth.callback"];
        put?: never;
        /**
         * Come back from a provider with a form
         * @description As the callback by address, for providers that post it (`response_mode=form_post`): Apple, which sends the name only the first time.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.oauth.callbackForm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/{provider}/backchannel-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the sessions that rest on a session which its identity provider has ended
         * @description OpenID Connect Back-Channel Logout 1.0: called by the provider with a signed logout token that names a person, a session, or both.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.oidc.backchannelLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/{provider}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from the identity provider of a tenant
         * @description The redirect address to register at the provider. Answers 302 to a page with a one-time code, never with a token.
         *
         *     No sign-in needed. Risk: write.
         */
        get: operations["auth.oidc.callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/{provider}/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Go to the identity provider of a tenant to sign in
         * @description For browsers: OpenID Connect, authorisation code with PKCE (S256). The way back is bound to this browser for ten minutes.
         *
         *     No sign-in needed. Risk: write.
         */
        get: operations["auth.oidc.login"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkey/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a passkey
         * @description A passkey that checked who is using it (by PIN, finger or face) counts as two factors; one that did not is the first of two.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.passkey.login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what a passkey has to sign to sign in
         * @description No sign-in needed. Risk: write.
         */
        post: operations["auth.passkey.options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your passkeys
         * @description For any signed-in person, on their own data. Risk: read.
         */
        get: operations["auth.passkeys.list"];
        put?: never;
        /**
         * Add a passkey
         * @description What the browser made for the challenge of `auth.passkeys.options`. It signs in by itself when it checks who is using it, and is a second factor in any case.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.passkeys.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what a new passkey has to be made for
         * @description Needs the password or a proof of the last 15 minutes; who has a second factor already proves that.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.passkeys.options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkeys/{id}": {
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
         * Remove a passkey
         * @description Needs a second factor of the last five minutes. Refused when it is your only way to sign in, or the last factor where a tenant demands one.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        delete: operations["auth.passkeys.delete"];
        options?: never;
        head?: never;
        /**
         * Rename a passkey
         * @description For any signed-in person, on their own data. Risk: write.
         */
        patch: operations["auth.passkeys.update"];
        trace?: never;
    };
    "/api/v1/auth/phone/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify a phone number of yours
         * @description Without a code: texts one. With it: the number is yours. Another number in place of one needs a fresh proof, and SMS codes rest for 24 hours after it.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.phone.verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ways to sign in
         * @description With an address, also the identity provider of the organisation that owns its domain. Nothing here depends on whether there is an account with that address.
         *
         *     No sign-in needed. Risk: read.
         */
        get: operations["auth.providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the next access and refresh token, or extend the session of this browser
         * @description A refresh token is good once; within ten seconds the same successor is answered again. Used later than that, somebody else holds a copy: the session ends. Without a refresh token the session cookie is extended.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set another password with the link of a mail
         * @description Ends every session and every trusted device of the account. It does not sign in: a second factor is asked for as always.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show this session: who, where, how well proven, until when
         * @description For any signed-in person, on their own data. Risk: read.
         */
        get: operations["auth.session"];
        put?: never;
        post?: never;
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
        get: operations["auth.sessions.list"];
        put?: never;
        post?: never;
        /**
         * End all of your sessions but this one
         * @description For any signed-in person, on their own data. Risk: write.
         */
        delete: operations["auth.sessions.revokeOthers"];
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
        delete: operations["auth.sessions.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account
         * @description The answer is the same whether there is an account with this address or not; the mail tells its owner. With an invitation that was sent to this address the account is good at once (`verified`). `tenantName` founds a tenant when the address is verified.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.signup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove once more who you are
         * @description Some operations ask for a proof of the last minutes. Who has a second factor proves that; the password is enough for nobody else. The session goes on with a new token of the same kind.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.stepUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/step-up/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare a proof by passkey or SMS
         * @description For a passkey: what it has to sign. For SMS: texts the code.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["auth.stepUpOptions"];
        delete?: never;
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
         * @description The session goes on there with a new token of the same type and the same latest end; the old token is worth nothing.
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
    "/api/v1/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in for an access and a refresh token
         * @description The same sign-in as `auth.login`, with the field names of the OAuth 2.0 password grant; takes a form or JSON. An account with a second factor is answered `mfa-required` with the challenge.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/undo-email-change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back a change of address with the link of a mail
         * @description Whoever made the change may hold the account, so every session and API key ends, the password is void, the ways in that were added since the 72 hours before it are gone, and a link to set another password is mailed.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.undoEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the lock of your address with the link of a mail
         * @description No sign-in needed. Risk: write.
         */
        post: operations["auth.unlock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show that an address is yours, by the link or the code of a mail
         * @description In the browser that signed up this also signs in, and answers as auth.login does. A code is good for 15 minutes and five tries, a link for 24 hours.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify-email/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the mail that verifies an address once more
         * @description Link and code of earlier mails are void from then on. The answer is the same for every address.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.resendVerification"];
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
    "/api/v1/denies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what is denied to whom
         * @description Denies in force. They count before every role.
         *
         *     Needs the permission `grants:read`. Risk: read.
         */
        get: operations["denies.list"];
        put?: never;
        /**
         * Deny permissions to a person
         * @description Whatever roles they hold: a deny counts before every grant. An owner is denied nothing.
         *
         *     Needs the permission `grants:write`. Risk: high.
         */
        post: operations["denies.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/denies/{id}": {
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
         * Lift what is denied to a person
         * @description Only by who holds what was denied, and never by the person.
         *
         *     Needs the permission `grants:write`. Risk: high.
         */
        delete: operations["denies.revoke"];
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
         * @description Felt at their next call. The last owner of a tenant stays, and a person keeps at least one role.
         *
         *     Needs the permission `grants:write`. Risk: high.
         */
        delete: operations["grants.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List resource groups
         * @description Needs the permission `groups:read`. Risk: read.
         */
        get: operations["groups.list"];
        put?: never;
        /**
         * Make a resource group
         * @description A name for resources, to be used in Scopes: fixed members, a selector, or other groups, three levels deep at most.
         *
         *     Needs the permission `groups:write`. Risk: write.
         */
        post: operations["groups.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a resource group
         * @description Needs the permission `groups:read`. Risk: read.
         */
        get: operations["groups.get"];
        put?: never;
        post?: never;
        /**
         * Delete a resource group that nothing names
         * @description The resources themselves stay.
         *
         *     Needs the permission `groups:write`. Risk: write.
         */
        delete: operations["groups.delete"];
        options?: never;
        head?: never;
        /**
         * Change a resource group
         * @description Who reaches things through the group reaches what it holds from then on, within a second. A group that the grants of others name is changed at high risk, and nobody adds to it what they could not grant.
         *
         *     Needs the permission `groups:write`. Risk: write.
         */
        patch: operations["groups.update"];
        trace?: never;
    };
    "/api/v1/identity-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the identity providers of the tenant
         * @description Needs the permission `identityProviders:read`. Risk: read.
         */
        get: operations["identityProviders.list"];
        put?: never;
        /**
         * Let people sign in through an identity provider of the organisation
         * @description OpenID Connect, authorisation code with PKCE. The secret is sealed and never shown again. Nobody maps a group to a role that they could not give themselves.
         *
         *     Needs the permission `identityProviders:write`. Risk: high.
         */
        post: operations["identityProviders.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identity-providers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an identity provider
         * @description Needs the permission `identityProviders:read`. Risk: read.
         */
        get: operations["identityProviders.get"];
        put?: never;
        post?: never;
        /**
         * Remove an identity provider
         * @description Identities that were known by it are unlinked. Whoever has no other way in sets a password by mail. Memberships and roles stay.
         *
         *     Needs the permission `identityProviders:write`. Risk: high.
         */
        delete: operations["identityProviders.delete"];
        options?: never;
        head?: never;
        /**
         * Change an identity provider
         * @description Roles by group take effect with the next sign-in of each person. Sessions go on; switch it off to let nobody in by it.
         *
         *     Needs the permission `identityProviders:write`. Risk: high.
         */
        patch: operations["identityProviders.update"];
        trace?: never;
    };
    "/api/v1/identity-providers/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look whether an identity provider can be used
         * @description Reads its discovery document and its keys, as a sign-in would.
         *
         *     Needs the permission `identityProviders:write`. Risk: write.
         */
        post: operations["identityProviders.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identity/local/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with the name of a local account
         * @description The same sign-in as `auth.login`, with the same budget of tries, for accounts that were made at the server with `switchyard users create`. A username belongs to a tenant; where two tenants use one, the tenant has to be named.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.localLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identity/peeringdb/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish a PeeringDB sign-in with what came to the page
         * @description No sign-in needed. Risk: write.
         */
        post: operations["auth.peeringdb.callback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/identity/peeringdb/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a PeeringDB sign-in that a page will finish
         * @description The same flow as `auth.oauth.start`, without redirects: PeeringDB sends the browser to the page `/auth/callback`, which posts what came with it.
         *
         *     No sign-in needed. Risk: write.
         */
        post: operations["auth.peeringdb.start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation to a tenant
         * @description You have to be signed in with the address that was invited, and it has to be verified.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["invitations.accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at an invitation before accepting it
         * @description No sign-in needed. Risk: read.
         */
        post: operations["invitations.verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}": {
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
         * Withdraw an invitation
         * @description Needs the permission `users:invite`. Risk: write.
         */
        delete: operations["invitations.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an invitation again, with a new link
         * @description At most five times. The link before is dead at once. It takes the right to give the roles that it offers.
         *
         *     Needs the permission `users:invite`. Risk: write.
         */
        post: operations["invitations.resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{token}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation to a tenant
         * @description You have to be signed in with the address that was invited, and it has to be verified.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["invitations.accept.1"];
        delete?: never;
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
    "/api/v1/members/{userId}": {
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
        get: operations["members.get.2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/permission-boundary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the most that any role of this tenant may hold
         * @description Needs the permission `roles:read`. Risk: read.
         */
        get: operations["permissionBoundary.get"];
        /**
         * Bound what any role of this tenant may hold
         * @description Felt at the next call of everybody, system roles and owners included. `null` takes the boundary away.
         *
         *     Needs the permission `roles:write`. Risk: high.
         */
        put: operations["permissionBoundary.update"];
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
         * @description Made from what the operations declare: there is no permission that nothing checks.
         *
         *     Needs the permission `roles:read`. Risk: read.
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
    "/api/v1/public/domains/allowed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say whether a certificate may be asked for a domain
         * @description For a proxy in front that gets certificates on demand: 200 for the subdomain or proven domain of a tenant, 404 for every other name, so that strangers cannot make it ask for any.
         *
         *     No sign-in needed. Risk: read.
         */
        get: operations["domains.allowed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/tenants/by-host": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what the sign-in page of a tenant looks like
         * @description By host name (its own domain or subdomain) or slug: name, branding and ways to sign in, nothing else.
         *
         *     No sign-in needed. Risk: read.
         */
        get: operations["tenants.publicConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/tenants/{id}/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch the logo or icon of a tenant
         * @description No sign-in needed. Risk: read.
         */
        get: operations["tenants.publicPicture"];
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
         * @description The most powerful first, with all permissions that their patterns hold and how many people hold each.
         *
         *     Needs the permission `roles:read`. Risk: read.
         */
        get: operations["roles.list"];
        put?: never;
        /**
         * Make a role
         * @description It holds no permission that you do not hold, and no level above your own best.
         *
         *     Needs the permission `roles:write`. Risk: high.
         */
        post: operations["roles.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare roles, permission by permission
         * @description Needs the permission `roles:read`. Risk: read.
         */
        get: operations["roles.compare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write roles into a document
         * @description For `roles.import`, here or in another tenant. A system role is exported as a role of one’s own with level 2 at best.
         *
         *     Needs the permission `roles:read`. Risk: read.
         */
        post: operations["roles.export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make roles from a document
         * @description A dry run checks the whole document and lists every permission that this installation does not know. All roles are imported or none.
         *
         *     Needs the permission `roles:write`. Risk: high.
         */
        post: operations["roles.import"];
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
        /**
         * Delete a role that nobody holds
         * @description Grants of it that are over go with it; who held it when stays in the audit trail.
         *
         *     Needs the permission `roles:write`. Risk: high.
         */
        delete: operations["roles.delete"];
        options?: never;
        head?: never;
        /**
         * Change a role
         * @description The plan shows who gains and who loses what. A role that you hold yourself is not widened by you. Send `If-Match` so that no other edit is lost.
         *
         *     Needs the permission `roles:write`. Risk: high.
         */
        patch: operations["roles.update"];
        trace?: never;
    };
    "/api/v1/roles/{id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy a role
         * @description System roles too: the copy is the tenant’s own and can be edited. Nobody holds it yet.
         *
         *     Needs the permission `roles:write`. Risk: write.
         */
        post: operations["roles.duplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a role these permissions and no others
         * @description Needs the permission `roles:write`. Risk: high.
         */
        put: operations["roles.permissions.replace"];
        /**
         * Add permissions to a role and take some from it
         * @description Needs the permission `roles:write`. Risk: high.
         */
        post: operations["roles.permissions.change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who holds a role
         * @description One entry for each grant; a person with two grants of the role is listed twice.
         *
         *     Needs the permission `users:read`. Risk: read.
         */
        get: operations["roles.members.list"];
        /**
         * Set who holds a role
         * @description Needs the permission `grants:write`. Risk: high.
         */
        put: operations["roles.members.replace"];
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
    "/api/v1/service-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List service accounts
         * @description Needs the permission `serviceAccounts:read`. Risk: read.
         */
        get: operations["serviceAccounts.list"];
        put?: never;
        /**
         * Make a service account
         * @description An account of a machine: no password, roles of its own, and a person who answers for it. It may do nothing until it is given a role.
         *
         *     Needs the permission `serviceAccounts:write`. Risk: high.
         */
        post: operations["serviceAccounts.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service-accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a service account
         * @description Needs the permission `serviceAccounts:read`. Risk: read.
         */
        get: operations["serviceAccounts.get"];
        put?: never;
        post?: never;
        /**
         * Delete a service account
         * @description Its keys end and its grants are gone; what it did stays in the audit trail under its name.
         *
         *     Needs the permission `serviceAccounts:write`. Risk: high.
         */
        delete: operations["serviceAccounts.delete"];
        options?: never;
        head?: never;
        /**
         * Rename a service account, or have another person answer for it
         * @description Needs the permission `serviceAccounts:write`. Risk: high.
         */
        patch: operations["serviceAccounts.update"];
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
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
         * End a session that somebody has in this tenant
         * @description Felt at their next call. They can sign in again; suspend the member to keep them out.
         *
         *     Needs the permission `sessions:revoke`. Risk: write.
         */
        delete: operations["sessions.revoke"];
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
         * @description With those that are suspended or being deleted: their status says so.
         *
         *     For any signed-in person, on their own data. Risk: read.
         */
        get: operations["tenants.list"];
        put?: never;
        /**
         * Create a tenant of your own
         * @description You become its owner. Its roles, settings and address are made with it, all or nothing. The first tenant of a person begins with a trial. Without a slug one is made from the name.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["tenants.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/slug-available": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See whether a slug is free, or have one suggested
         * @description Given a slug, whether you can have it; given a name, a slug that fits it and is free.
         *
         *     For any signed-in person, on their own data. Risk: read.
         */
        get: operations["tenants.slugAvailable"];
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
         * Show a tenant
         * @description Needs the permission `tenants:read`. Risk: read.
         */
        get: operations["tenants.get"];
        put?: never;
        post?: never;
        /**
         * Delete a tenant
         * @description Access ends at once. For 30 days its owner can restore it; then all its data is deleted, but for the audit trail. What runs at providers goes on: nothing is destroyed there.
         *
         *     Needs the permission `tenants:delete`. Risk: high.
         */
        delete: operations["tenants.delete"];
        options?: never;
        head?: never;
        /**
         * Change the name, slug or company data of a tenant
         * @description The old slug leads to the new one for 90 days, and nobody else can have it for 180.
         *
         *     Needs the permission `tenants:update`. Risk: write.
         */
        patch: operations["tenants.update"];
        trace?: never;
    };
    "/api/v1/tenants/{id}/branding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how a tenant presents itself
         * @description Needs the permission `branding:read`. Risk: read.
         */
        get: operations["tenants.branding.get"];
        /**
         * Change how a tenant presents itself
         * @description Colour, texts and pictures of the sign-in page and of mails. Pictures are drawn anew. What is left out stays.
         *
         *     Needs the permission `branding:write`. Risk: write.
         */
        put: operations["tenants.branding.update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/branding/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Upload the logo or icon of a tenant
         * @description A PNG, JPEG or WebP of at most 2 MiB. It is drawn anew: a logo of at most 640 by 240 pixels, an icon of 128 by 128.
         *
         *     Needs the permission `branding:write`. Risk: write.
         */
        put: operations["tenants.branding.upload"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the domains of a tenant, with what each needs
         * @description Needs the permission `domains:read`. Risk: read.
         */
        get: operations["tenants.domains.list"];
        put?: never;
        /**
         * Claim a domain for a tenant
         * @description The answer says which records to publish. Until the proof is seen the claim is worth nothing; after seven days it ends.
         *
         *     Needs the permission `domains:write`. Risk: write.
         */
        post: operations["tenants.domains.add"];
        /**
         * Give up a domain
         * @description Needs the permission `domains:write`. Risk: high.
         */
        delete: operations["tenants.domains.remove.1"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/domains/{domainId}": {
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
         * Give up a domain
         * @description Needs the permission `domains:write`. Risk: high.
         */
        delete: operations["tenants.domains.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/domains/{domainId}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look now whether a domain is proven
         * @description Asks the authoritative servers of the zone and two resolvers, without any cache of ours; all have to show the record. At most twice a minute. `checks` says what each of them answered.
         *
         *     Needs the permission `domains:write`. Risk: write.
         */
        post: operations["tenants.domains.verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what the plan of a tenant includes, and how much of it is used
         * @description Needs the permission `features:read`. Risk: read.
         */
        get: operations["tenants.features.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invitations of a tenant, the newest first
         * @description Needs the permission `users:invite`. Risk: read.
         */
        get: operations["invitations.list"];
        put?: never;
        /**
         * Invite people to a tenant by e-mail
         * @description One, or up to a hundred with an answer for each. An address that is invited already gets a new link, and the old one is dead. The link is in the mail and nowhere else.
         *
         *     Needs the permission `users:invite`. Risk: write.
         */
        post: operations["invitations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave a tenant
         * @description Needs no permission: nobody is held. The last owner transfers the ownership first.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["members.leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back the deletion of a tenant that you own
         * @description Nobody can enter a tenant that is being deleted, so this is called from outside of it.
         *
         *     For any signed-in person, on their own data. Risk: high.
         */
        post: operations["tenants.restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the settings of a tenant
         * @description Needs the permission `tenants:read`. Risk: read.
         */
        get: operations["tenants.settings.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the settings of a tenant
         * @description A merge patch (RFC 7396) by group. What decides who gets in, what is kept and who may see it is of high risk. A list of networks that would keep you out is refused.
         *
         *     Needs the permission `tenants:update`. Risk: write.
         */
        patch: operations["tenants.settings.update"];
        trace?: never;
    };
    "/api/v1/tenants/{id}/transfer-ownership": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the open offer of ownership, if you made it or it was made to you
         * @description For any signed-in person, on their own data. Risk: read.
         */
        get: operations["tenants.transferStatus"];
        put?: never;
        /**
         * Offer the ownership of a tenant to another member
         * @description It changes hands when they confirm within seven days. The owner before becomes an administrator. A new offer ends an earlier one.
         *
         *     Needs the permission `tenants:transfer`. Risk: high.
         */
        post: operations["tenants.transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/transfer-ownership/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take over the ownership that was offered to you
         * @description For any signed-in person, on their own data. Risk: high.
         */
        post: operations["tenants.transferConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/users": {
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
        get: operations["members.list.1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/users/{userId}": {
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
        get: operations["members.get.1"];
        put?: never;
        post?: never;
        /**
         * Remove a member from this tenant
         * @description Their sessions, keys and grants here end. What they own and what goes on without them needs a successor. The last owner stays.
         *
         *     Needs the permission `users:remove`. Risk: high.
         */
        delete: operations["members.remove.1"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/users/{userId}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a suspended member work again
         * @description Needs the permission `users:update`. Risk: write.
         */
        post: operations["members.activate.1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/users/{userId}/reset-mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take all second factors from a person who has lost them
         * @description Removes authenticator apps, passkeys, SMS, backup codes and trusted devices, and ends every session. The person hears of it by mail and signs in with the password, or resets that. Refused for people who work for other tenants too.
         *
         *     Needs the permission `users:update`. Risk: high.
         */
        post: operations["users.resetMfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{id}/users/{userId}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the role of a member
         * @description The new role takes the place of the primary one; other grants stay unless `replaceAll`. Nobody gives or takes what they do not hold, and nobody changes themselves.
         *
         *     Needs the permission `grants:write`. Risk: high.
         */
        patch: operations["members.setRole"];
        trace?: never;
    };
    "/api/v1/tenants/{id}/users/{userId}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a member of this tenant
         * @description They and their keys can do nothing here until they are activated. In other tenants nothing changes.
         *
         *     Needs the permission `users:update`. Risk: high.
         */
        post: operations["members.suspend.1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
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
        get: operations["members.list.2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show your profile
         * @description For any signed-in person, on their own data. Risk: read.
         */
        get: operations["users.me.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change your profile
         * @description Fields that are left out stay. The address has an operation of its own (users.me.changeEmail).
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        patch: operations["users.me.update"];
        trace?: never;
    };
    "/api/v1/users/me/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened to your account
         * @description Sign-ins, changed passwords, factors and sessions, in every tenant and in none; the newest first.
         *
         *     For any signed-in person, on their own data. Risk: read.
         */
        get: operations["users.me.activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set your picture
         * @description JPEG, PNG, WebP or GIF of at most 5 MiB, as a file. It is drawn anew: 512 × 512 pixels, WebP, without metadata.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        put: operations["users.avatar.put"];
        post?: never;
        /**
         * Remove your picture
         * @description For any signed-in person, on their own data. Risk: write.
         */
        delete: operations["users.avatar.delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change your password
         * @description Your other sessions end, unless they are to be kept, and no device is trusted any longer. Wrong current passwords count as failed sign-ins.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["users.me.changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for another address for your account
         * @description It is changed when the link in the mail to the new address is opened; the old address can undo that for 72 hours.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        post: operations["users.me.changeEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show your preferences
         * @description For any signed-in person, on their own data. Risk: read.
         */
        get: operations["users.me.preferences.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change your preferences
         * @description Fields that are left out stay. Language and time zone are those of the profile; the version counts for both.
         *
         *     For any signed-in person, on their own data. Risk: write.
         */
        patch: operations["users.me.preferences.update"];
        trace?: never;
    };
    "/api/v1/users/{id}/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the picture of a person
         * @description To the person, and to members of a tenant that both belong to.
         *
         *     For any signed-in person, on their own data. Risk: read.
         */
        get: operations["users.avatar.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the grants of one person
         * @description The same as `grants.list` with a person, at the address of the person.
         *
         *     Needs the permission `grants:read`. Risk: read.
         */
        get: operations["users.grants.list"];
        /**
         * Set all grants of a person
         * @description What the person holds already and is to hold again stays as it is; each other one is given or taken by the rules for one.
         *
         *     Needs the permission `grants:write`. Risk: high.
         */
        put: operations["grants.replace"];
        /**
         * Give one person a role
         * @description The same as `grants.create`, at the address of the person.
         *
         *     Needs the permission `grants:write`. Risk: high.
         */
        post: operations["users.grants.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/grants/{grantId}": {
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
         * Take a role from one person
         * @description The same as `grants.revoke`, at the address of the person.
         *
         *     Needs the permission `grants:write`. Risk: high.
         */
        delete: operations["users.grants.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}": {
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
        /**
         * Remove a member from this tenant
         * @description Their sessions, keys and grants here end. What they own and what goes on without them needs a successor. The last owner stays.
         *
         *     Needs the permission `users:remove`. Risk: high.
         */
        delete: operations["members.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a suspended member work again
         * @description Needs the permission `users:update`. Risk: write.
         */
        post: operations["members.activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/sessions": {
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
         * End all sessions that a member has in this tenant
         * @description Felt at their next call. What they do in other tenants goes on. They can sign in again; suspend the member to keep them out.
         *
         *     Needs the permission `sessions:revoke`. Risk: write.
         */
        delete: operations["users.sessions.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a member of this tenant
         * @description They and their keys can do nothing here until they are activated. In other tenants nothing changes.
         *
         *     Needs the permission `users:update`. Risk: high.
         */
        post: operations["members.suspend"];
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
        /** @description People by role, by team or by id */
        ApprovalGroup: {
            role: string;
        } | {
            team: string;
        } | {
            users: string[];
        };
        /** @description All of several, any of several, or so many people of one kind */
        ApprovalNode: {
            all: components["schemas"]["ApprovalNode"][];
        } | {
            any: components["schemas"]["ApprovalNode"][];
        } | {
            who: ("scopeApprovers" | "resourceOwner") | components["schemas"]["ApprovalGroup"];
            count: number;
            /** @description At least one of them is in no team of the requester */
            otherTeam?: boolean;
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
            requirements: components["schemas"]["Requirement"][];
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
        /** @description One thing that must be agreed, and the rule that asks for it */
        Requirement: {
            rule: string;
            text: string;
            need: components["schemas"]["ApprovalNode"];
            /** @description One person counts for one leaf only */
            distinct?: boolean;
            expiresInSeconds?: number;
            sla?: {
                dueInSeconds: number;
                backup?: components["schemas"]["ApprovalGroup"];
                widenEligibility?: boolean;
            };
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
        /** @description `cursor-invalid`, `malformed-request`, `oauth-denied`, `oauth-state-expired`, `oauth-state-invalid`, `oidc-issuer-mismatch`, `oidc-provider-error`, `oidc-state-invalid`, `peeringdb-callback-incomplete`, `peeringdb-denied`, `peeringdb-token-invalid`, `tenant-ambiguous` */
        Problem400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `challenge-expired`, `invalid-credentials`, `mfa-invalid`, `mfa-required`, `oidc-token-invalid`, `refresh-reuse-detected`, `session-expired`, `session-revoked`, `step-up-required`, `token-expired`, `token-invalid`, `unauthenticated` */
        Problem401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `account-suspended`, `boundary-exceeded`, `credential-disabled`, `email-not-verified`, `feature-not-in-plan`, `grant-escalation`, `host-denied`, `insufficient-token-scope`, `invitation-address-mismatch`, `ip-not-allowed`, `last-owner`, `local-auth-disabled`, `membership-suspended`, `mfa-enrolment-required`, `no-membership`, `not-eligible`, `origin-denied`, `ownership-required`, `permission-denied`, `plan-quota-exceeded`, `policy-denied`, `quota-exceeded`, `role-is-system`, `scope-denied`, `seat-limit-reached`, `self-approval-forbidden`, `self-grant-forbidden`, `session-required`, `sign-in-not-allowed`, `sso-required`, `tenant-limit-reached`, `tenant-required`, `tenant-suspended` */
        Problem403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `change-not-found`, `cloud-not-found`, `decision-not-found`, `dns-record-not-found`, `dns-version-not-found`, `dns-zone-not-found`, `finding-not-found`, `not-found`, `provider-not-found`, `route-not-found`, `server-not-found`, `tenant-not-found` */
        Problem404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `architecture-mismatch`, `avatar-invalid`, `capability-unsupported`, `color-contrast`, `comment-required`, `confirmation-mismatch`, `credential-invalid`, `disk-too-small`, `domain-not-verified`, `host-not-allowed`, `image-invalid`, `image-not-found`, `issuer-not-allowed`, `label-invalid`, `mass-change`, `password-compromised`, `password-policy`, `password-reused`, `password-too-short`, `permission-unknown`, `phone-invalid`, `provider-rejected`, `record-invalid`, `region-unavailable`, `size-unavailable`, `sms-country-blocked`, `ttl-mismatch`, `validation-failed`, `would-lock-out`, `zone-too-large`, `zonefile-invalid` */
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
        /** @description `catalog-unknown`, `dependency-unavailable`, `dns-check-busy`, `idp-unavailable`, `oidc-unavailable`, `peeringdb-not-configured`, `peeringdb-unavailable`, `provider-rate-limited`, `provider-unavailable`, `shutting-down` */
        Problem503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `account-exists`, `already-member`, `approval-closed`, `approval-expired`, `approval-pending`, `change-cancelled`, `cname-conflict`, `connection-paused`, `deletion-protected`, `domain-taken`, `email-taken`, `factor-not-offered`, `grant-limit-reached`, `group-in-use`, `group-limit-reached`, `guest-did-not-stop`, `idempotency-conflict`, `identity-already-linked`, `identity-limit-reached`, `identity-provider-key-taken`, `invalid-state`, `invalid-transition`, `key-limit-reached`, `last-factor`, `last-role`, `last-sign-in-method`, `name-conflict`, `name-taken`, `no-eligible-approver`, `operation-in-progress`, `outcome-unknown`, `passkey-known`, `passkey-limit-reached`, `plan-superseded`, `provider-busy`, `provider-capacity`, `provider-identity-mismatch`, `provider-quota-exceeded`, `refresh-unavailable`, `reset-by-operator`, `resource-already-managed`, `resource-in-use`, `role-in-use`, `role-limit-reached`, `rollback-impossible`, `simulator-unavailable`, `slug-taken`, `successor-required`, `sync-in-progress`, `username-taken`, `verification-failed`, `zone-drifted`, `zone-exists`, `zone-not-served` */
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
                        stage: ("deny" | "token" | "permission" | "risk" | "scope") | null;
                        grantId: string | null;
                        steps: {
                            /** @enum {string} */
                            stage: "deny" | "token" | "permission" | "risk" | "scope";
                            passed: boolean;
                            text: string;
                        }[];
                        nearest: {
                            /** @enum {string} */
                            missing: "deny" | "key" | "role" | "scope";
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
            query?: {
                all?: boolean;
                /** @description Only its keys */
                serviceAccountId?: string;
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
                            /** @description The part of the key that may be seen: `sy_` and its public id */
                            prefix: string;
                            /** @description What the key may do at most; null for all that its owner may */
                            permissions: string[] | null;
                            /** @description What the key reaches at most; null for all that its owner reaches */
                            scope: ({
                                /** @constant */
                                all: true;
                            } | {
                                any: {
                                    type?: string;
                                    ids?: string[];
                                    groups?: string[];
                                    environments?: string[];
                                    labels?: {
                                        [key: string]: string;
                                    };
                                }[];
                            }) | null;
                            /** @description Networks from which the key is good; none for all */
                            cidrs: string[];
                            owner: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                                /** @enum {string} */
                                kind: "person" | "service";
                            };
                            /** @description The key that this one takes the place of */
                            rotatedFrom: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            lastUsedAt: string | null;
                            /** @description The last part is hidden */
                            lastUsedIp: string | null;
                            version: number;
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
                     * @description Patterns such as `servers:*` or `*:read`; all of the owner’s when left out
                     */
                    permissions?: string[];
                    /**
                     * Scope
                     * @description What the key reaches at most; all that its owner reaches when left out
                     */
                    scope?: {
                        /** @constant */
                        all: true;
                    } | {
                        any: {
                            type?: string;
                            ids?: string[];
                            groups?: string[];
                            environments?: string[];
                            labels?: {
                                [key: string]: string;
                            };
                        }[];
                    };
                    /**
                     * Networks
                     * @description From where the key is good; from everywhere when there is none
                     */
                    cidrs?: string[];
                    /**
                     * Ends after (days)
                     * @description 90 when left out, or what the tenant allows
                     * @example 90
                     */
                    expiresInDays?: number;
                    /**
                     * Service account
                     * Format: uuid
                     * @description Whose key it is; yours when left out
                     */
                    serviceAccountId?: string;
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
                        name: string;
                        /** @description The part of the key that may be seen: `sy_` and its public id */
                        prefix: string;
                        /** @description What the key may do at most; null for all that its owner may */
                        permissions: string[] | null;
                        /** @description What the key reaches at most; null for all that its owner reaches */
                        scope: ({
                            /** @constant */
                            all: true;
                        } | {
                            any: {
                                type?: string;
                                ids?: string[];
                                groups?: string[];
                                environments?: string[];
                                labels?: {
                                    [key: string]: string;
                                };
                            }[];
                        }) | null;
                        /** @description Networks from which the key is good; none for all */
                        cidrs: string[];
                        owner: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            kind: "person" | "service";
                        };
                        /** @description The key that this one takes the place of */
                        rotatedFrom: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        lastUsedAt: string | null;
                        /** @description The last part is hidden */
                        lastUsedIp: string | null;
                        version: number;
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
    "apiKeys.get": {
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
                        /** @description The part of the key that may be seen: `sy_` and its public id */
                        prefix: string;
                        /** @description What the key may do at most; null for all that its owner may */
                        permissions: string[] | null;
                        /** @description What the key reaches at most; null for all that its owner reaches */
                        scope: ({
                            /** @constant */
                            all: true;
                        } | {
                            any: {
                                type?: string;
                                ids?: string[];
                                groups?: string[];
                                environments?: string[];
                                labels?: {
                                    [key: string]: string;
                                };
                            }[];
                        }) | null;
                        /** @description Networks from which the key is good; none for all */
                        cidrs: string[];
                        owner: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            kind: "person" | "service";
                        };
                        /** @description The key that this one takes the place of */
                        rotatedFrom: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        lastUsedAt: string | null;
                        /** @description The last part is hidden */
                        lastUsedIp: string | null;
                        version: number;
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
    "apiKeys.update": {
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
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Name
                     * @description What the key is for
                     */
                    name?: string;
                    permissions?: string[] | null;
                    scope?: ({
                        /** @constant */
                        all: true;
                    } | {
                        any: {
                            type?: string;
                            ids?: string[];
                            groups?: string[];
                            environments?: string[];
                            labels?: {
                                [key: string]: string;
                            };
                        }[];
                    }) | null;
                    /**
                     * Networks
                     * @description From where the key is good; from everywhere when there is none
                     */
                    cidrs?: string[];
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
                        name: string;
                        /** @description The part of the key that may be seen: `sy_` and its public id */
                        prefix: string;
                        /** @description What the key may do at most; null for all that its owner may */
                        permissions: string[] | null;
                        /** @description What the key reaches at most; null for all that its owner reaches */
                        scope: ({
                            /** @constant */
                            all: true;
                        } | {
                            any: {
                                type?: string;
                                ids?: string[];
                                groups?: string[];
                                environments?: string[];
                                labels?: {
                                    [key: string]: string;
                                };
                            }[];
                        }) | null;
                        /** @description Networks from which the key is good; none for all */
                        cidrs: string[];
                        owner: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            kind: "person" | "service";
                        };
                        /** @description The key that this one takes the place of */
                        rotatedFrom: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        lastUsedAt: string | null;
                        /** @description The last part is hidden */
                        lastUsedIp: string | null;
                        version: number;
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
    "apiKeys.rotate": {
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
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Overlap (hours)
                     * @description How long the old key goes on; 0 ends it now
                     * @default 24
                     */
                    overlapHours?: number;
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
                        name: string;
                        /** @description The part of the key that may be seen: `sy_` and its public id */
                        prefix: string;
                        /** @description What the key may do at most; null for all that its owner may */
                        permissions: string[] | null;
                        /** @description What the key reaches at most; null for all that its owner reaches */
                        scope: ({
                            /** @constant */
                            all: true;
                        } | {
                            any: {
                                type?: string;
                                ids?: string[];
                                groups?: string[];
                                environments?: string[];
                                labels?: {
                                    [key: string]: string;
                                };
                            }[];
                        }) | null;
                        /** @description Networks from which the key is good; none for all */
                        cidrs: string[];
                        owner: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @enum {string} */
                            kind: "person" | "service";
                        };
                        /** @description The key that this one takes the place of */
                        rotatedFrom: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        lastUsedAt: string | null;
                        /** @description The last part is hidden */
                        lastUsedIp: string | null;
                        version: number;
                        /** @description Send it as `Authorization: Bearer …` */
                        key: string;
                        /** Format: date-time */
                        predecessorEndsAt: string;
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
    "auth.confirmEmail": {
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
                     * Token
                     * @description From the link in the mail
                     */
                    token: string;
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
                        /** @constant */
                        status: "changed";
                        email: string;
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
    "auth.devices.list": {
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
                            device: string;
                            /** @description The last part is hidden */
                            ip: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            lastUsedAt: string | null;
                            /** Format: date-time */
                            trustedUntil: string;
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
    "auth.devices.revoke": {
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
    "auth.forgotPassword": {
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
                     * E-mail
                     * @example ada@example.com
                     */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Accepted; what comes of it comes by mail */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "check_email";
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
    "auth.oauth.login": {
        parameters: {
            query?: {
                /** @description A path of this site; anything else is ignored */
                returnTo?: string;
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
                        location: string;
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
                     * @description Slug; when left out, the only one there is
                     */
                    tenant?: string;
                    /**
                     * Token
                     * @description `cookie` for browsers; `bearer` puts the token into the answer; `pair` gives an access and a refresh token
                     * @default cookie
                     * @enum {string}
                     */
                    tokenType?: "cookie" | "bearer" | "pair";
                    /**
                     * Stay signed in
                     * @description A browser keeps the session when it is closed; a pair lives for thirty days instead of one
                     * @default false
                     */
                    rememberMe?: boolean;
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
                        /** @constant */
                        status: "signed-in";
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                        };
                        /** @description Null when there is none, or several and none was asked for */
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        } | null;
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        }[];
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer" | "pair";
                        /**
                         * Format: date-time
                         * @description When the session ends if it is not used again
                         */
                        expiresAt: string;
                        token?: string;
                        /** @description For so long a browser keeps the cookie when it is closed; when it is left out, not at all */
                        keptSeconds?: number;
                        accessToken?: string;
                        refreshToken?: string;
                        /** @description Seconds that the access token lives */
                        expiresIn?: number;
                    } | {
                        /** @constant */
                        status: "mfa-required";
                        /** @constant */
                        mfaRequired: true;
                        challengeId: string;
                        factors: ("totp" | "sms" | "webauthn" | "backup")[];
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
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Which sessions
                     * @default this
                     * @enum {string}
                     */
                    scope?: "this" | "others" | "all";
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
                        /** @description Whether this session is over */
                        ended: boolean;
                        /** @description How many others ended */
                        others: number;
                        /** @description Where the browser goes to be signed out at the identity provider as well */
                        endSessionUrl: string | null;
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
    "auth.mfa.status": {
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
                        factors: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "totp" | "sms" | "webauthn";
                            label: string;
                            /** Format: date-time */
                            verifiedAt: string;
                            lastUsedAt: string | null;
                        }[];
                        backupCodesLeft: number;
                        /**
                         * @description Whether the tenant, or a role of yours in it, asks for a second factor
                         * @enum {string}
                         */
                        demanded: "no" | "grace" | "now";
                        graceEndsAt: string | null;
                        phone: {
                            masked: string;
                            verified: boolean;
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
    "auth.mfa.backupCodes.regenerate": {
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
                        /** @description Shown in this answer and never again */
                        backupCodes: string[];
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
    "auth.mfa.challenge": {
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
                     * Challenge
                     * @example Z0Jx3gTzJm5eYw1nP8tQb7cVfK2sLdRhA9uXoMiEyWk
                     */
                    challengeId: string;
                    /** @enum {string} */
                    factor: "totp" | "sms" | "webauthn" | "backup";
                    /** Code */
                    code?: string;
                    /** Passkey */
                    response?: {
                        id: string;
                        rawId: string;
                        /** @constant */
                        type: "public-key";
                        /** @default {} */
                        clientExtensionResults?: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        response: {
                            clientDataJSON: string;
                            authenticatorData: string;
                            signature: string;
                            userHandle?: string;
                        };
                    };
                    /**
                     * Trust this device for seven days
                     * @default false
                     */
                    trustDevice?: boolean;
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
                        /** @constant */
                        status: "signed-in";
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                        };
                        /** @description Null when there is none, or several and none was asked for */
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        } | null;
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        }[];
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer" | "pair";
                        /**
                         * Format: date-time
                         * @description When the session ends if it is not used again
                         */
                        expiresAt: string;
                        token?: string;
                        /** @description For so long a browser keeps the cookie when it is closed; when it is left out, not at all */
                        keptSeconds?: number;
                        accessToken?: string;
                        refreshToken?: string;
                        /** @description Seconds that the access token lives */
                        expiresIn?: number;
                    } | {
                        /** @constant */
                        status: "mfa-required";
                        /** @constant */
                        mfaRequired: true;
                        challengeId: string;
                        factors: ("totp" | "sms" | "webauthn" | "backup")[];
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
    "auth.mfa.challengeOptions": {
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
                     * Challenge
                     * @example Z0Jx3gTzJm5eYw1nP8tQb7cVfK2sLdRhA9uXoMiEyWk
                     */
                    challengeId: string;
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
                        challenge: string;
                    } & {
                        [key: string]: unknown;
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
    "auth.mfa.sendChallenge": {
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
                     * Challenge
                     * @example Z0Jx3gTzJm5eYw1nP8tQb7cVfK2sLdRhA9uXoMiEyWk
                     */
                    challengeId: string;
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
                        /** @constant */
                        status: "sent";
                        resendAfterSeconds: number;
                        /** @description Most of it hidden */
                        phone?: string;
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
    "auth.mfa.sms.disable": {
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
                        /** @constant */
                        removed: "sms";
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
    "auth.mfa.sms.setup": {
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
        requestBody?: {
            content: {
                "application/json": {
                    /** Password */
                    password?: string;
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
                        /** @constant */
                        status: "sent";
                        resendAfterSeconds: number;
                        /** @description Most of it hidden */
                        phone?: string;
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
    "auth.mfa.sms.verify": {
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
                     * Code
                     * @description Six digits
                     * @example 123456
                     */
                    code: string;
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
                        /** @constant */
                        status: "enabled";
                        /** @description Null when you have some already */
                        backupCodes: string[] | null;
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
    "auth.mfa.totp.disable": {
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
                        /** @constant */
                        removed: "totp";
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
    "auth.mfa.totp.setup": {
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
        requestBody?: {
            content: {
                "application/json": {
                    /** Password */
                    password?: string;
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
                        factorId: string;
                        otpauthUri: string;
                        /** @description Base32, for apps that cannot scan */
                        secret: string;
                        /** @description The same as a QR code */
                        qrSvg: string;
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
    "auth.mfa.totp.verify": {
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
                     * Code
                     * @description Six digits
                     * @example 123456
                     */
                    code: string;
                    /**
                     * Name
                     * @default
                     * @example Phone
                     * @example YubiKey
                     */
                    label?: string;
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
                        /** @description Shown in this answer and never again */
                        backupCodes: string[];
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
    "auth.notMe": {
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
                     * Token
                     * @description From the link in the mail
                     */
                    token: string;
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
                        /** @constant */
                        status: "secured";
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
    "auth.oauth.accounts": {
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
                            provider: string;
                            name: string;
                            email: string | null;
                            /** Format: date-time */
                            linkedAt: string;
                            /** Format: date-time */
                            lastUsedAt: string;
                            /** @description Without it you could not sign in any more, so it cannot be unlinked */
                            onlyMethod: boolean;
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
    "auth.oauth.complete": {
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
                    code: string;
                    /**
                     * Tenant
                     * @description Slug; when left out, the only one there is
                     */
                    tenant?: string;
                    /**
                     * Token
                     * @description `cookie` for browsers; `bearer` puts the token into the answer; `pair` gives an access and a refresh token
                     * @default cookie
                     * @enum {string}
                     */
                    tokenType?: "cookie" | "bearer" | "pair";
                    /**
                     * Stay signed in
                     * @description A browser keeps the session when it is closed; a pair lives for thirty days instead of one
                     * @default false
                     */
                    rememberMe?: boolean;
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
                        /** @constant */
                        status: "signed-in";
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                        };
                        /** @description Null when there is none, or several and none was asked for */
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        } | null;
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        }[];
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer" | "pair";
                        /**
                         * Format: date-time
                         * @description When the session ends if it is not used again
                         */
                        expiresAt: string;
                        token?: string;
                        /** @description For so long a browser keeps the cookie when it is closed; when it is left out, not at all */
                        keptSeconds?: number;
                        accessToken?: string;
                        refreshToken?: string;
                        /** @description Seconds that the access token lives */
                        expiresIn?: number;
                    } | {
                        /** @constant */
                        status: "mfa-required";
                        /** @constant */
                        mfaRequired: true;
                        challengeId: string;
                        factors: ("totp" | "sms" | "webauthn" | "backup")[];
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
    "auth.oauth.link": {
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
                     * Provider
                     * @example google
                     */
                    provider: string;
                    /**
                     * Page to come back to
                     * @description A path of this site; anything else is ignored
                     */
                    returnTo?: string;
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
                        startUrl: string;
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
    "auth.oauth.start": {
        parameters: {
            query?: {
                /** @description A path of this site; anything else is ignored */
                returnTo?: string;
                purpose?: "login" | "signup";
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
            };
            path: {
                provider: string;
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
                        location: string;
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
    "auth.oauth.unlink": {
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
                provider: string;
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
                        provider: string;
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
    "auth.oauth.callback": {
        parameters: {
            query?: {
                code?: string;
                state?: string;
                error?: string;
                iss?: string;
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
            };
            path: {
                provider: string;
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
                        location: string;
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
    "auth.oauth.callbackForm": {
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
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    code?: string;
                    state?: string;
                    error?: string;
                    iss?: string;
                    user?: string;
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
                        location: string;
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
    "auth.oidc.backchannelLogout": {
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
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    logout_token: string;
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
                        ended: number;
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
    "auth.oidc.callback": {
        parameters: {
            query?: {
                code?: string;
                state?: string;
                error?: string;
                iss?: string;
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
            };
            path: {
                provider: string;
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
                        location: string;
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
    "auth.oidc.login": {
        parameters: {
            query?: {
                /** @description A path of this site; anything else is ignored */
                returnTo?: string;
                purpose?: "login" | "signup";
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
            };
            path: {
                provider: string;
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
                        location: string;
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
    "auth.passkey.login": {
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
                     * @description Slug; when left out, the only one there is
                     */
                    tenant?: string;
                    /**
                     * Token
                     * @description `cookie` for browsers; `bearer` puts the token into the answer; `pair` gives an access and a refresh token
                     * @default cookie
                     * @enum {string}
                     */
                    tokenType?: "cookie" | "bearer" | "pair";
                    /**
                     * Stay signed in
                     * @description A browser keeps the session when it is closed; a pair lives for thirty days instead of one
                     * @default false
                     */
                    rememberMe?: boolean;
                    /**
                     * Challenge
                     * @example Z0Jx3gTzJm5eYw1nP8tQb7cVfK2sLdRhA9uXoMiEyWk
                     */
                    challengeId: string;
                    /** Passkey */
                    response: {
                        id: string;
                        rawId: string;
                        /** @constant */
                        type: "public-key";
                        /** @default {} */
                        clientExtensionResults?: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        response: {
                            clientDataJSON: string;
                            authenticatorData: string;
                            signature: string;
                            userHandle?: string;
                        };
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
                        /** @constant */
                        status: "signed-in";
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                        };
                        /** @description Null when there is none, or several and none was asked for */
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        } | null;
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        }[];
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer" | "pair";
                        /**
                         * Format: date-time
                         * @description When the session ends if it is not used again
                         */
                        expiresAt: string;
                        token?: string;
                        /** @description For so long a browser keeps the cookie when it is closed; when it is left out, not at all */
                        keptSeconds?: number;
                        accessToken?: string;
                        refreshToken?: string;
                        /** @description Seconds that the access token lives */
                        expiresIn?: number;
                    } | {
                        /** @constant */
                        status: "mfa-required";
                        /** @constant */
                        mfaRequired: true;
                        challengeId: string;
                        factors: ("totp" | "sms" | "webauthn" | "backup")[];
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
    "auth.passkey.options": {
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
                        /**
                         * Challenge
                         * @example Z0Jx3gTzJm5eYw1nP8tQb7cVfK2sLdRhA9uXoMiEyWk
                         */
                        challengeId: string;
                        options: {
                            challenge: string;
                        } & {
                            [key: string]: unknown;
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
    "auth.passkeys.list": {
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
                            label: string;
                            /** @description Kept in the cloud of its maker, so that it outlives the device */
                            backedUp: boolean;
                            transports: string[];
                            /** Format: date-time */
                            createdAt: string;
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
    "auth.passkeys.create": {
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
                    /** Passkey */
                    response: {
                        id: string;
                        rawId: string;
                        /** @constant */
                        type: "public-key";
                        /** @default {} */
                        clientExtensionResults?: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        response: {
                            clientDataJSON: string;
                            attestationObject: string;
                            /** @default [] */
                            transports?: string[];
                        };
                    };
                    /**
                     * Name
                     * @example Phone
                     * @example YubiKey
                     */
                    label: string;
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
                        label: string;
                        /** @description Kept in the cloud of its maker, so that it outlives the device */
                        backedUp: boolean;
                        transports: string[];
                        /** Format: date-time */
                        createdAt: string;
                        lastUsedAt: string | null;
                        /** @description Null when you have some already */
                        backupCodes: string[] | null;
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
    "auth.passkeys.options": {
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
        requestBody?: {
            content: {
                "application/json": {
                    /** Password */
                    password?: string;
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
                        challenge: string;
                    } & {
                        [key: string]: unknown;
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
    "auth.passkeys.delete": {
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
    "auth.passkeys.update": {
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
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Name
                     * @example Phone
                     * @example YubiKey
                     */
                    label: string;
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
                        label: string;
                        /** @description Kept in the cloud of its maker, so that it outlives the device */
                        backedUp: boolean;
                        transports: string[];
                        /** Format: date-time */
                        createdAt: string;
                        lastUsedAt: string | null;
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
    "auth.phone.verify": {
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
                     * Phone
                     * @description With its country, as in +49 30 901820
                     * @example +4930901820
                     */
                    phone: string;
                    /**
                     * Code
                     * @description Six digits
                     * @example 123456
                     */
                    code?: string;
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
                        /** @enum {string} */
                        status: "sent" | "verified";
                        resendAfterSeconds?: number;
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
    "auth.providers": {
        parameters: {
            query?: {
                email?: string;
                /** @description Slug or host name of the organisation whose sign-in page it is */
                tenant?: string;
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
                        providers: {
                            id: string;
                            /** @enum {string} */
                            kind: "google" | "github" | "microsoft" | "apple" | "peeringdb" | "oidc";
                            name: string;
                            /** @description Where the browser goes to begin */
                            startUrl: string;
                        }[];
                        password: boolean;
                        passkeys: boolean;
                        /** @description Of the organisation that owns the domain; enforced: no other way leads in */
                        sso: {
                            provider: string;
                            name: string;
                            startUrl: string;
                            enforced: boolean;
                        } | null;
                        /** @enum {string} */
                        signup: "open" | "invite_only" | "closed";
                        /**
                         * @description files: this installation has no mail server; its mails are files on the server, in the folder mail of its data
                         * @enum {string}
                         */
                        mail: "smtp" | "files";
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
    "auth.refresh": {
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
        requestBody?: {
            content: {
                "application/json": {
                    /** Refresh token */
                    refreshToken?: string;
                    /**
                     * The identity provider’s tokens too
                     * @description Refused with `refresh-unavailable` when there is nothing to renew
                     * @default false
                     */
                    provider?: boolean;
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
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer" | "pair";
                        /**
                         * Format: date-time
                         * @description When the session ends if it is not used again
                         */
                        expiresAt: string;
                        accessToken?: string;
                        refreshToken?: string;
                        /** @description Seconds that the access token lives */
                        expiresIn?: number;
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
    "auth.resetPassword": {
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
                     * Token
                     * @description From the link in the mail
                     */
                    token: string;
                    /**
                     * Password
                     * @description At least twelve characters; a few unrelated words make a good one
                     */
                    password: string;
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
                        /** @constant */
                        status: "reset";
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
    "auth.session": {
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
                        /** Format: uuid */
                        id: string;
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
                        } | null;
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        }[];
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer" | "pair";
                        /** @description 2: by two factors, or by a passkey that verified its user */
                        level: 1 | 2;
                        /** @description How it was proven (RFC 8176) */
                        methods: string[];
                        /** Format: date-time */
                        signedInAt: string;
                        /** Format: date-time */
                        provenAt: string;
                        /** @description What a step-up accepts now */
                        factors: string[];
                        /** Format: date-time */
                        expiresAt: string;
                        /**
                         * Format: date-time
                         * @description When it ends in any case
                         */
                        endsAt: string;
                        limitedTo: "enrolment" | null;
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
    "auth.sessions.list": {
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
                            kind: "cookie" | "bearer" | "pair";
                            tenantId: string | null;
                            /** @enum {string} */
                            device: "desktop" | "phone" | "tablet" | "program" | "unknown";
                            os: string | null;
                            browser: string | null;
                            /** @description The last part is hidden */
                            ip: string | null;
                            place: string | null;
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
    "auth.sessions.revokeOthers": {
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
                        ended: number;
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
    "auth.sessions.revoke": {
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
    "auth.signup": {
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
                     * E-mail
                     * @example ada@example.com
                     */
                    email: string;
                    /**
                     * Password
                     * @description At least twelve characters; a few unrelated words make a good one
                     */
                    password: string;
                    /**
                     * Name
                     * @example Ada Lovelace
                     */
                    name: string;
                    /**
                     * Language
                     * @example en
                     * @example de
                     */
                    locale?: string;
                    /**
                     * Invitation
                     * @description From the link in the mail
                     */
                    invitationToken?: string;
                    /**
                     * Organisation
                     * @description Founded with you as its owner once your address is verified
                     */
                    tenantName?: string;
                };
            };
        };
        responses: {
            /** @description Accepted; what comes of it comes by mail */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "check_email";
                    } | {
                        /** @constant */
                        status: "verified";
                        email: string;
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
    "auth.stepUp": {
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
                    /** @enum {string} */
                    factor: "password" | "totp" | "sms" | "webauthn" | "backup";
                    /** Code */
                    code?: string;
                    /** Password */
                    password?: string;
                    /** Passkey */
                    response?: {
                        id: string;
                        rawId: string;
                        /** @constant */
                        type: "public-key";
                        /** @default {} */
                        clientExtensionResults?: {
                            [key: string]: components["schemas"]["Value"];
                        };
                        response: {
                            clientDataJSON: string;
                            authenticatorData: string;
                            signature: string;
                            userHandle?: string;
                        };
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
                        /** @constant */
                        status: "signed-in";
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                        };
                        /** @description Null when there is none, or several and none was asked for */
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        } | null;
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        }[];
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer" | "pair";
                        /**
                         * Format: date-time
                         * @description When the session ends if it is not used again
                         */
                        expiresAt: string;
                        token?: string;
                        /** @description For so long a browser keeps the cookie when it is closed; when it is left out, not at all */
                        keptSeconds?: number;
                        accessToken?: string;
                        refreshToken?: string;
                        /** @description Seconds that the access token lives */
                        expiresIn?: number;
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
    "auth.stepUpOptions": {
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
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Factor
                     * @default webauthn
                     * @enum {string}
                     */
                    factor?: "webauthn" | "sms";
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
                        options?: {
                            challenge: string;
                        } & {
                            [key: string]: unknown;
                        };
                        /** @description Most of it hidden */
                        phone?: string;
                        resendAfterSeconds?: number;
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
                        /** @constant */
                        status: "signed-in";
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                        };
                        /** @description Null when there is none, or several and none was asked for */
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        } | null;
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        }[];
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer" | "pair";
                        /**
                         * Format: date-time
                         * @description When the session ends if it is not used again
                         */
                        expiresAt: string;
                        token?: string;
                        /** @description For so long a browser keeps the cookie when it is closed; when it is left out, not at all */
                        keptSeconds?: number;
                        accessToken?: string;
                        refreshToken?: string;
                        /** @description Seconds that the access token lives */
                        expiresIn?: number;
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
    "auth.token": {
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
                    username: string;
                    /** Password */
                    password: string;
                    /**
                     * Tenant
                     * @description Slug; when left out, the only one there is
                     */
                    tenant?: string;
                    /** @constant */
                    grant_type?: "password";
                    /** @description Ignored: what a person may do is decided by their roles */
                    scope?: string;
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
                        access_token: string;
                        /** @constant */
                        token_type: "Bearer";
                        /** @description Seconds */
                        expires_in: number;
                        refresh_token: string;
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
    "auth.undoEmailChange": {
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
                     * Token
                     * @description From the link in the mail
                     */
                    token: string;
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
                        /** @constant */
                        status: "restored";
                        email: string;
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
    "auth.unlock": {
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
                     * Token
                     * @description From the link in the mail
                     */
                    token: string;
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
                        /** @constant */
                        status: "unlocked";
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
    "auth.verifyEmail": {
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
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Token
                     * @description From the link in the mail
                     */
                    token?: string;
                    /**
                     * E-mail
                     * @example ada@example.com
                     */
                    email?: string;
                    /**
                     * Code
                     * @description Six digits, from the same mail
                     */
                    code?: string;
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
                        /** @constant */
                        status: "verified";
                        email: string;
                    } | {
                        /** @constant */
                        status: "signed-in";
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                        };
                        /** @description Null when there is none, or several and none was asked for */
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        } | null;
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        }[];
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer" | "pair";
                        /**
                         * Format: date-time
                         * @description When the session ends if it is not used again
                         */
                        expiresAt: string;
                        token?: string;
                        /** @description For so long a browser keeps the cookie when it is closed; when it is left out, not at all */
                        keptSeconds?: number;
                        accessToken?: string;
                        refreshToken?: string;
                        /** @description Seconds that the access token lives */
                        expiresIn?: number;
                    } | {
                        /** @constant */
                        status: "mfa-required";
                        /** @constant */
                        mfaRequired: true;
                        challengeId: string;
                        factors: ("totp" | "sms" | "webauthn" | "backup")[];
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
    "auth.resendVerification": {
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
                     * E-mail
                     * @example ada@example.com
                     */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Accepted; what comes of it comes by mail */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "check_email";
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
    "denies.list": {
        parameters: {
            query?: {
                subjectId?: string;
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
                            };
                            patterns: string[];
                            validUntil: string | null;
                            reason: string;
                            deniedBy: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                                email: string;
                            };
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
    "denies.create": {
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
                     * Permissions
                     * @description Patterns such as `servers:delete` or `dns:*`
                     */
                    patterns: string[];
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
                        };
                        patterns: string[];
                        validUntil: string | null;
                        reason: string;
                        deniedBy: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            email: string;
                        };
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
    "denies.revoke": {
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
                                    groups?: string[];
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
                     * @description `{ "all": true }`, or clauses of type, ids, groups, environments and labels; no clause reaches nothing
                     */
                    scope: {
                        /** @constant */
                        all: true;
                    } | {
                        any: {
                            type?: string;
                            ids?: string[];
                            groups?: string[];
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
                                groups?: string[];
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
    "groups.list": {
        parameters: {
            query?: {
                /** @description Part of a name */
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
                            /**
                             * Name
                             * @example Core routers
                             */
                            name: string;
                            /** Description */
                            description: string;
                            ownerId: string | null;
                            /**
                             * Members
                             * @description Resources by type and id
                             */
                            members: {
                                type: string;
                                id: string;
                            }[];
                            /**
                             * Selector
                             * @description Members by their properties; all that are said must fit
                             */
                            selector: {
                                /**
                                 * Type
                                 * @example server
                                 */
                                type?: string;
                                /** Environments */
                                environments?: string[];
                                /** Labels */
                                labels?: {
                                    [key: string]: string;
                                };
                            } | null;
                            /**
                             * Groups within
                             * @description Three levels at most
                             */
                            groups: string[];
                            owner: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            version: number;
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
    "groups.create": {
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
                     * @example Core routers
                     */
                    name: string;
                    /**
                     * Description
                     * @default
                     */
                    description?: string;
                    /**
                     * Answerable
                     * @default null
                     */
                    ownerId?: string | null;
                    /**
                     * Members
                     * @description Resources by type and id
                     * @default []
                     */
                    members?: {
                        type: string;
                        id: string;
                    }[];
                    /**
                     * Selector
                     * @description Members by their properties; all that are said must fit
                     * @default null
                     */
                    selector?: {
                        /**
                         * Type
                         * @example server
                         */
                        type?: string;
                        /** Environments */
                        environments?: string[];
                        /** Labels */
                        labels?: {
                            [key: string]: string;
                        };
                    } | null;
                    /**
                     * Groups within
                     * @description Three levels at most
                     * @default []
                     */
                    groups?: string[];
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
                        /**
                         * Name
                         * @example Core routers
                         */
                        name: string;
                        /** Description */
                        description: string;
                        ownerId: string | null;
                        /**
                         * Members
                         * @description Resources by type and id
                         */
                        members: {
                            type: string;
                            id: string;
                        }[];
                        /**
                         * Selector
                         * @description Members by their properties; all that are said must fit
                         */
                        selector: {
                            /**
                             * Type
                             * @example server
                             */
                            type?: string;
                            /** Environments */
                            environments?: string[];
                            /** Labels */
                            labels?: {
                                [key: string]: string;
                            };
                        } | null;
                        /**
                         * Groups within
                         * @description Three levels at most
                         */
                        groups: string[];
                        owner: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        version: number;
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
    "groups.get": {
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
                        /**
                         * Name
                         * @example Core routers
                         */
                        name: string;
                        /** Description */
                        description: string;
                        ownerId: string | null;
                        /**
                         * Members
                         * @description Resources by type and id
                         */
                        members: {
                            type: string;
                            id: string;
                        }[];
                        /**
                         * Selector
                         * @description Members by their properties; all that are said must fit
                         */
                        selector: {
                            /**
                             * Type
                             * @example server
                             */
                            type?: string;
                            /** Environments */
                            environments?: string[];
                            /** Labels */
                            labels?: {
                                [key: string]: string;
                            };
                        } | null;
                        /**
                         * Groups within
                         * @description Three levels at most
                         */
                        groups: string[];
                        owner: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        version: number;
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Grants whose Scope names it, or a group that holds it */
                        usedBy: number;
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
    "groups.delete": {
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
    "groups.update": {
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
                     * @example Core routers
                     */
                    name?: string;
                    /** Description */
                    description?: string;
                    /** Answerable */
                    ownerId?: string | null;
                    /**
                     * Members
                     * @description Resources by type and id
                     */
                    members?: {
                        type: string;
                        id: string;
                    }[];
                    /**
                     * Selector
                     * @description Members by their properties; all that are said must fit
                     */
                    selector?: {
                        /**
                         * Type
                         * @example server
                         */
                        type?: string;
                        /** Environments */
                        environments?: string[];
                        /** Labels */
                        labels?: {
                            [key: string]: string;
                        };
                    } | null;
                    /**
                     * Groups within
                     * @description Three levels at most
                     */
                    groups?: string[];
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
                        /**
                         * Name
                         * @example Core routers
                         */
                        name: string;
                        /** Description */
                        description: string;
                        ownerId: string | null;
                        /**
                         * Members
                         * @description Resources by type and id
                         */
                        members: {
                            type: string;
                            id: string;
                        }[];
                        /**
                         * Selector
                         * @description Members by their properties; all that are said must fit
                         */
                        selector: {
                            /**
                             * Type
                             * @example server
                             */
                            type?: string;
                            /** Environments */
                            environments?: string[];
                            /** Labels */
                            labels?: {
                                [key: string]: string;
                            };
                        } | null;
                        /**
                         * Groups within
                         * @description Three levels at most
                         */
                        groups: string[];
                        owner: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        version: number;
                        /** Format: date-time */
                        createdAt: string;
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
    "identityProviders.list": {
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
                            preset: string;
                            name: string;
                            issuer: string;
                            clientId: string;
                            hasSecret: boolean;
                            scopes: string;
                            audience: string | null;
                            prompt: string | null;
                            maxAge: number | null;
                            acrValues: string[];
                            groupsClaim: string;
                            roleMapping: {
                                value: string;
                                /** Format: uuid */
                                roleId: string;
                                scope: {
                                    /** @constant */
                                    all: true;
                                } | {
                                    any: {
                                        type?: string;
                                        ids?: string[];
                                        groups?: string[];
                                        environments?: string[];
                                        labels?: {
                                            [key: string]: string;
                                        };
                                    }[];
                                };
                            }[];
                            jitProvisioning: boolean;
                            trustMfa: boolean;
                            trustEmail: boolean;
                            allowedAlgorithms: string[];
                            clockSkewSeconds: number;
                            enabled: boolean;
                            /** @description To register at the provider, letter by letter */
                            redirectUri: string;
                            /** @description Where the provider says that it ended a session */
                            backchannelLogoutUri: string;
                            startUrl: string;
                            version: number;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
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
    "identityProviders.create": {
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
                     * Key
                     * @description Short name within the tenant; it stays
                     * @example corporate
                     */
                    key: string;
                    /**
                     * Kind
                     * @default generic
                     * @enum {string}
                     */
                    preset?: "entra" | "okta" | "auth0" | "keycloak" | "google" | "generic";
                    /**
                     * Name
                     * @description Shown on the sign-in page
                     */
                    name: string;
                    /**
                     * Issuer
                     * @description As the provider writes it in its discovery document, slash at the end included
                     * @example https://<host>/realms/<realm>
                     */
                    issuer: string;
                    /** Client ID */
                    clientId: string;
                    /**
                     * Client secret
                     * @description Left out for public clients
                     * @default null
                     */
                    clientSecret?: string | null;
                    /**
                     * Scopes
                     * @description `openid` is always asked for; `offline_access` gives a refresh token
                     */
                    scopes?: string;
                    /**
                     * Audience
                     * @default null
                     */
                    audience?: string | null;
                    /**
                     * Prompt
                     * @default null
                     */
                    prompt?: ("login" | "consent" | "select_account" | "none") | null;
                    /**
                     * Maximum age
                     * @description Seconds since the last sign-in at the provider, after which it asks again
                     * @default null
                     */
                    maxAge?: number | null;
                    /**
                     * ACR values
                     * @description Asked for; with “trust second factor”, those that count as one
                     * @default []
                     */
                    acrValues?: string[];
                    /**
                     * Groups claim
                     * @description Name of the claim, or a path such as `realm_access.roles`
                     */
                    groupsClaim?: string;
                    /**
                     * Roles by group
                     * @description Applied at each sign-in: what a group no longer gives is taken
                     * @default []
                     */
                    roleMapping?: {
                        /**
                         * Group
                         * @description A value of the groups claim
                         */
                        value: string;
                        /**
                         * Role
                         * Format: uuid
                         */
                        roleId: string;
                        /**
                         * Scope
                         * @default {
                         *       "all": true
                         *     }
                         */
                        scope?: {
                            /** @constant */
                            all: true;
                        } | {
                            any: {
                                type?: string;
                                ids?: string[];
                                groups?: string[];
                                environments?: string[];
                                labels?: {
                                    [key: string]: string;
                                };
                            }[];
                        };
                    }[];
                    /**
                     * Make members
                     * @description Whoever comes with a mapped group becomes a member
                     * @default false
                     */
                    jitProvisioning?: boolean;
                    /**
                     * Trust second factor
                     * @description A second factor given at the provider counts as one given here
                     * @default false
                     */
                    trustMfa?: boolean;
                    /**
                     * Trust addresses
                     * @description Verified addresses count for domains that this tenant has proven to hold
                     * @default false
                     */
                    trustEmail?: boolean;
                    /** Signature algorithms */
                    allowedAlgorithms?: ("RS256" | "PS256" | "ES256" | "EdDSA")[];
                    /**
                     * Clock skew
                     * @description Seconds that clocks may differ
                     * @default 60
                     */
                    clockSkewSeconds?: number;
                    /**
                     * Switched on
                     * @default true
                     */
                    enabled?: boolean;
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
                        key: string;
                        preset: string;
                        name: string;
                        issuer: string;
                        clientId: string;
                        hasSecret: boolean;
                        scopes: string;
                        audience: string | null;
                        prompt: string | null;
                        maxAge: number | null;
                        acrValues: string[];
                        groupsClaim: string;
                        roleMapping: {
                            value: string;
                            /** Format: uuid */
                            roleId: string;
                            scope: {
                                /** @constant */
                                all: true;
                            } | {
                                any: {
                                    type?: string;
                                    ids?: string[];
                                    groups?: string[];
                                    environments?: string[];
                                    labels?: {
                                        [key: string]: string;
                                    };
                                }[];
                            };
                        }[];
                        jitProvisioning: boolean;
                        trustMfa: boolean;
                        trustEmail: boolean;
                        allowedAlgorithms: string[];
                        clockSkewSeconds: number;
                        enabled: boolean;
                        /** @description To register at the provider, letter by letter */
                        redirectUri: string;
                        /** @description Where the provider says that it ended a session */
                        backchannelLogoutUri: string;
                        startUrl: string;
                        version: number;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
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
    "identityProviders.get": {
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
                        preset: string;
                        name: string;
                        issuer: string;
                        clientId: string;
                        hasSecret: boolean;
                        scopes: string;
                        audience: string | null;
                        prompt: string | null;
                        maxAge: number | null;
                        acrValues: string[];
                        groupsClaim: string;
                        roleMapping: {
                            value: string;
                            /** Format: uuid */
                            roleId: string;
                            scope: {
                                /** @constant */
                                all: true;
                            } | {
                                any: {
                                    type?: string;
                                    ids?: string[];
                                    groups?: string[];
                                    environments?: string[];
                                    labels?: {
                                        [key: string]: string;
                                    };
                                }[];
                            };
                        }[];
                        jitProvisioning: boolean;
                        trustMfa: boolean;
                        trustEmail: boolean;
                        allowedAlgorithms: string[];
                        clockSkewSeconds: number;
                        enabled: boolean;
                        /** @description To register at the provider, letter by letter */
                        redirectUri: string;
                        /** @description Where the provider says that it ended a session */
                        backchannelLogoutUri: string;
                        startUrl: string;
                        version: number;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
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
    "identityProviders.delete": {
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
    "identityProviders.update": {
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
                     * @description Shown on the sign-in page
                     */
                    name?: string;
                    /**
                     * Issuer
                     * @description As the provider writes it in its discovery document, slash at the end included
                     * @example https://<host>/realms/<realm>
                     */
                    issuer?: string;
                    /** Client ID */
                    clientId?: string;
                    /**
                     * Client secret
                     * @description Left out for public clients
                     */
                    clientSecret?: string | null;
                    /**
                     * Scopes
                     * @description `openid` is always asked for; `offline_access` gives a refresh token
                     */
                    scopes?: string;
                    /** Audience */
                    audience?: string | null;
                    /** Prompt */
                    prompt?: ("login" | "consent" | "select_account" | "none") | null;
                    /**
                     * Maximum age
                     * @description Seconds since the last sign-in at the provider, after which it asks again
                     */
                    maxAge?: number | null;
                    /**
                     * ACR values
                     * @description Asked for; with “trust second factor”, those that count as one
                     */
                    acrValues?: string[];
                    /**
                     * Groups claim
                     * @description Name of the claim, or a path such as `realm_access.roles`
                     */
                    groupsClaim?: string;
                    /**
                     * Roles by group
                     * @description Applied at each sign-in: what a group no longer gives is taken
                     */
                    roleMapping?: {
                        /**
                         * Group
                         * @description A value of the groups claim
                         */
                        value: string;
                        /**
                         * Role
                         * Format: uuid
                         */
                        roleId: string;
                        /**
                         * Scope
                         * @default {
                         *       "all": true
                         *     }
                         */
                        scope?: {
                            /** @constant */
                            all: true;
                        } | {
                            any: {
                                type?: string;
                                ids?: string[];
                                groups?: string[];
                                environments?: string[];
                                labels?: {
                                    [key: string]: string;
                                };
                            }[];
                        };
                    }[];
                    /**
                     * Make members
                     * @description Whoever comes with a mapped group becomes a member
                     */
                    jitProvisioning?: boolean;
                    /**
                     * Trust second factor
                     * @description A second factor given at the provider counts as one given here
                     */
                    trustMfa?: boolean;
                    /**
                     * Trust addresses
                     * @description Verified addresses count for domains that this tenant has proven to hold
                     */
                    trustEmail?: boolean;
                    /** Signature algorithms */
                    allowedAlgorithms?: ("RS256" | "PS256" | "ES256" | "EdDSA")[];
                    /**
                     * Clock skew
                     * @description Seconds that clocks may differ
                     */
                    clockSkewSeconds?: number;
                    /** Switched on */
                    enabled?: boolean;
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
                        key: string;
                        preset: string;
                        name: string;
                        issuer: string;
                        clientId: string;
                        hasSecret: boolean;
                        scopes: string;
                        audience: string | null;
                        prompt: string | null;
                        maxAge: number | null;
                        acrValues: string[];
                        groupsClaim: string;
                        roleMapping: {
                            value: string;
                            /** Format: uuid */
                            roleId: string;
                            scope: {
                                /** @constant */
                                all: true;
                            } | {
                                any: {
                                    type?: string;
                                    ids?: string[];
                                    groups?: string[];
                                    environments?: string[];
                                    labels?: {
                                        [key: string]: string;
                                    };
                                }[];
                            };
                        }[];
                        jitProvisioning: boolean;
                        trustMfa: boolean;
                        trustEmail: boolean;
                        allowedAlgorithms: string[];
                        clockSkewSeconds: number;
                        enabled: boolean;
                        /** @description To register at the provider, letter by letter */
                        redirectUri: string;
                        /** @description Where the provider says that it ended a session */
                        backchannelLogoutUri: string;
                        startUrl: string;
                        version: number;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
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
    "identityProviders.test": {
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
                        checks: {
                            name: string;
                            ok: boolean;
                            detail: string;
                        }[];
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
    "auth.localLogin": {
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
                    /** Username */
                    username: string;
                    /** Password */
                    password: string;
                    /**
                     * Tenant
                     * @description Slug; when left out, the only one there is
                     */
                    tenant?: string;
                    /**
                     * Token
                     * @description `cookie` for browsers; `bearer` puts the token into the answer; `pair` gives an access and a refresh token
                     * @default cookie
                     * @enum {string}
                     */
                    tokenType?: "cookie" | "bearer" | "pair";
                    /**
                     * Stay signed in
                     * @description A browser keeps the session when it is closed; a pair lives for thirty days instead of one
                     * @default false
                     */
                    rememberMe?: boolean;
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
                        /** @constant */
                        status: "signed-in";
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                        };
                        /** @description Null when there is none, or several and none was asked for */
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        } | null;
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        }[];
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer" | "pair";
                        /**
                         * Format: date-time
                         * @description When the session ends if it is not used again
                         */
                        expiresAt: string;
                        token?: string;
                        /** @description For so long a browser keeps the cookie when it is closed; when it is left out, not at all */
                        keptSeconds?: number;
                        accessToken?: string;
                        refreshToken?: string;
                        /** @description Seconds that the access token lives */
                        expiresIn?: number;
                    } | {
                        /** @constant */
                        status: "mfa-required";
                        /** @constant */
                        mfaRequired: true;
                        challengeId: string;
                        factors: ("totp" | "sms" | "webauthn" | "backup")[];
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
    "auth.peeringdb.callback": {
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
        requestBody?: {
            content: {
                "application/json": {
                    code?: string;
                    state?: string;
                    error?: string;
                    iss?: string;
                    /**
                     * Tenant
                     * @description Slug; when left out, the only one there is
                     */
                    tenant?: string;
                    /**
                     * Token
                     * @description `cookie` for browsers; `bearer` puts the token into the answer; `pair` gives an access and a refresh token
                     * @default cookie
                     * @enum {string}
                     */
                    tokenType?: "cookie" | "bearer" | "pair";
                    /**
                     * Stay signed in
                     * @description A browser keeps the session when it is closed; a pair lives for thirty days instead of one
                     * @default false
                     */
                    rememberMe?: boolean;
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
                        /** @constant */
                        status: "signed-in";
                        user: {
                            /** Format: uuid */
                            id: string;
                            email: string;
                            name: string;
                        };
                        /** @description Null when there is none, or several and none was asked for */
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        } | null;
                        tenants: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                        }[];
                        /** @enum {string} */
                        tokenType: "cookie" | "bearer" | "pair";
                        /**
                         * Format: date-time
                         * @description When the session ends if it is not used again
                         */
                        expiresAt: string;
                        token?: string;
                        /** @description For so long a browser keeps the cookie when it is closed; when it is left out, not at all */
                        keptSeconds?: number;
                        accessToken?: string;
                        refreshToken?: string;
                        /** @description Seconds that the access token lives */
                        expiresIn?: number;
                    } | {
                        /** @constant */
                        status: "mfa-required";
                        /** @constant */
                        mfaRequired: true;
                        challengeId: string;
                        factors: ("totp" | "sms" | "webauthn" | "backup")[];
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
    "auth.peeringdb.start": {
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
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Page to come back to
                     * @description A path of this site; anything else is ignored
                     */
                    returnTo?: string;
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
                        authorizationUrl: string;
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
    "invitations.accept": {
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
                    /** Token */
                    token: string;
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
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
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
    "invitations.verify": {
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
                    /** Token */
                    token: string;
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
                        /** @constant */
                        valid: true;
                        tenant: {
                            name: string;
                            logoUrl: string | null;
                        };
                        roles: string[];
                        emailMasked: string;
                        /** @description Nobody has signed up with the address yet */
                        requiresSignup: boolean;
                        /** Format: date-time */
                        expiresAt: string;
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
    "invitations.revoke": {
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
    "invitations.resend": {
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
                        email: string;
                        roles: {
                            /** Format: uuid */
                            id: string;
                            key: string;
                            name: string;
                        }[];
                        scope: {
                            /** @constant */
                            all: true;
                        } | {
                            any: {
                                type?: string;
                                ids?: string[];
                                groups?: string[];
                                environments?: string[];
                                labels?: {
                                    [key: string]: string;
                                };
                            }[];
                        };
                        /** @enum {string} */
                        state: "pending" | "accepted" | "expired" | "revoked";
                        message: string | null;
                        invitedBy: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        };
                        /** Format: date-time */
                        expiresAt: string;
                        resends: number;
                        /** Format: date-time */
                        createdAt: string;
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
    "invitations.accept.1": {
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
                token: string;
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
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
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
                        } | null;
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
                /** @description The tenant you are in when left out */
                id?: string;
                /** @description Part of a name or an e-mail address */
                search?: string;
                /** @description Key or id of a role that is held now */
                role?: string;
                status?: "active" | "suspended";
                mfa?: boolean;
                neverSignedIn?: boolean;
                sort?: "name" | "-name" | "joinedAt" | "-joinedAt" | "lastLoginAt" | "-lastLoginAt";
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
                            /** @enum {string} */
                            kind: "person" | "service";
                            name: string;
                            email: string;
                            title: string | null;
                            /** @enum {string} */
                            status: "active" | "suspended";
                            roles: {
                                key: string;
                                name: string;
                                /** Format: uuid */
                                grantId: string;
                            }[];
                            /** @description Has a second factor */
                            mfa: boolean;
                            /** Format: date-time */
                            joinedAt: string;
                            lastLoginAt: string | null;
                            avatarUrl: string | null;
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
    "members.get.2": {
        parameters: {
            query?: {
                /** @description The tenant you are in when left out */
                id?: string;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                userId: string;
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
                        /** @enum {string} */
                        kind: "person" | "service";
                        name: string;
                        email: string;
                        title: string | null;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        roles: {
                            key: string;
                            name: string;
                            /** Format: uuid */
                            grantId: string;
                        }[];
                        /** @description Has a second factor */
                        mfa: boolean;
                        /** Format: date-time */
                        joinedAt: string;
                        lastLoginAt: string | null;
                        avatarUrl: string | null;
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
    "permissionBoundary.get": {
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
                        /**
                         * Permissions
                         * @description The most that any role holds; null for no boundary
                         */
                        patterns: string[] | null;
                        version: number;
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
    "permissionBoundary.update": {
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
                    /** Permissions */
                    patterns: string[] | null;
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
                        /**
                         * Permissions
                         * @description The most that any role holds; null for no boundary
                         */
                        patterns: string[] | null;
                        version: number;
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
    "permissions.list": {
        parameters: {
            query?: {
                resource?: string;
                group?: string;
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
                            key: string;
                            title: string;
                            category: string;
                            /**
                             * @description The highest of its operations
                             * @enum {string}
                             */
                            risk: "read" | "write" | "high";
                            /** @description Asks for the name to be typed, and for a fresh proof */
                            critical: boolean;
                            /** @description Seconds within which a session must have been proven */
                            stepUp: number | null;
                            operations: string[];
                            /** @description What the permission was called before */
                            contractKeys: string[];
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
    "domains.allowed": {
        parameters: {
            query: {
                domain: string;
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
                        /** @constant */
                        allowed: true;
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
    "tenants.publicConfig": {
        parameters: {
            query: {
                host: string;
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
                        tenant: {
                            /** Format: uuid */
                            id: string;
                            slug: string;
                            name: string;
                            /** @enum {string} */
                            status: "active" | "trialing" | "past_due" | "read_only" | "suspended" | "deleting" | "deleted";
                        };
                        branding: {
                            logoUrl: string | null;
                            iconUrl: string | null;
                            primaryColor: string | null;
                            textColor: string | null;
                            loginText: string | null;
                            supportLink: string | null;
                        };
                        signIn: {
                            methods: string[];
                            ssoEnforced: boolean;
                        };
                        /** @description The tenant has another name now; go on there */
                        movedTo: string | null;
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
    "tenants.publicPicture": {
        parameters: {
            query?: {
                /** @description Version; only so that browsers may keep the picture */
                v?: string;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                id: string;
                kind: "logo" | "icon";
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
    "roles.list": {
        parameters: {
            query?: {
                /** @description Only these, or only the tenant’s own */
                system?: boolean;
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
                            /** @description People who hold it need a second factor */
                            requiresMfa: boolean;
                            clonedFrom: string | null;
                            /** @description People with a grant in force or to come */
                            members: number;
                            version: number;
                            /** @description All that its patterns hold, within the boundary of the tenant */
                            permissions: string[];
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
    "roles.create": {
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
                     * Key
                     * @description For the API and the command line; stays as it is
                     * @example network_lead
                     */
                    key: string;
                    /** Name */
                    name: string;
                    /**
                     * Description
                     * @default
                     */
                    description?: string;
                    /**
                     * Level
                     * @description 2 has the most power; not below your own best
                     * @default 50
                     */
                    level?: number;
                    /**
                     * Highest risk
                     * @default read
                     * @enum {string}
                     */
                    maxRisk?: "read" | "write" | "high";
                    /**
                     * Permissions
                     * @description Patterns such as `servers:*` or `*:read`
                     */
                    patterns: string[];
                    /**
                     * Demands a second factor
                     * @description Of everybody who holds it, at once
                     * @default false
                     */
                    requiresMfa?: boolean;
                    /**
                     * Made from
                     * Format: uuid
                     * @description The role that this one began as
                     */
                    cloneFrom?: string;
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
                        /** @description People who hold it need a second factor */
                        requiresMfa: boolean;
                        clonedFrom: string | null;
                        /** @description People with a grant in force or to come */
                        members: number;
                        version: number;
                        /** @description All that its patterns hold, within the boundary of the tenant */
                        permissions: string[];
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
    "roles.compare": {
        parameters: {
            query: {
                /** @description Two to ten */
                ids: string[];
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
                        roles: {
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
                            /** @description People who hold it need a second factor */
                            requiresMfa: boolean;
                            clonedFrom: string | null;
                            /** @description People with a grant in force or to come */
                            members: number;
                            version: number;
                            /** @description All that its patterns hold, within the boundary of the tenant */
                            permissions: string[];
                        }[];
                        permissions: {
                            permission: string;
                            /** @description Keys of those that hold it */
                            roles: string[];
                            differs: boolean;
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
    "roles.export": {
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
                    /** Roles */
                    ids: string[];
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
                        document: {
                            /** @constant */
                            format: "switchyard/roles";
                            /** @constant */
                            version: 1;
                            roles: {
                                /**
                                 * Key
                                 * @description For the API and the command line; stays as it is
                                 * @example network_lead
                                 */
                                key: string;
                                /** Name */
                                name: string;
                                /** Description */
                                description: string;
                                /**
                                 * Level
                                 * @description 2 has the most power; not below your own best
                                 */
                                level: number;
                                /**
                                 * Highest risk
                                 * @enum {string}
                                 */
                                maxRisk: "read" | "write" | "high";
                                /**
                                 * Permissions
                                 * @description Patterns such as `servers:*` or `*:read`
                                 */
                                patterns: string[];
                                /**
                                 * Demands a second factor
                                 * @description Of everybody who holds it, at once
                                 */
                                requiresMfa: boolean;
                            }[];
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
    "roles.import": {
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
                     * Document
                     * @description As `roles.export` wrote it
                     */
                    document: {
                        /** @constant */
                        format: "switchyard/roles";
                        /** @constant */
                        version: 1;
                        roles: {
                            /**
                             * Key
                             * @description For the API and the command line; stays as it is
                             * @example network_lead
                             */
                            key: string;
                            /** Name */
                            name: string;
                            /** Description */
                            description: string;
                            /**
                             * Level
                             * @description 2 has the most power; not below your own best
                             */
                            level: number;
                            /**
                             * Highest risk
                             * @enum {string}
                             */
                            maxRisk: "read" | "write" | "high";
                            /**
                             * Permissions
                             * @description Patterns such as `servers:*` or `*:read`
                             */
                            patterns: string[];
                            /**
                             * Demands a second factor
                             * @description Of everybody who holds it, at once
                             */
                            requiresMfa: boolean;
                        }[];
                    };
                    /**
                     * Replace
                     * @description Roles of the tenant’s own with the same key become what the document says
                     * @default false
                     */
                    replace?: boolean;
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
                        roles: {
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
                            /** @description People who hold it need a second factor */
                            requiresMfa: boolean;
                            clonedFrom: string | null;
                            /** @description People with a grant in force or to come */
                            members: number;
                            version: number;
                            /** @description All that its patterns hold, within the boundary of the tenant */
                            permissions: string[];
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
                        /** @description People who hold it need a second factor */
                        requiresMfa: boolean;
                        clonedFrom: string | null;
                        /** @description People with a grant in force or to come */
                        members: number;
                        version: number;
                        /** @description All that its patterns hold, within the boundary of the tenant */
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
    "roles.delete": {
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
    "roles.update": {
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
                    /** Name */
                    name?: string;
                    /** Description */
                    description?: string;
                    /**
                     * Level
                     * @description 2 has the most power; not below your own best
                     */
                    level?: number;
                    /**
                     * Highest risk
                     * @enum {string}
                     */
                    maxRisk?: "read" | "write" | "high";
                    /**
                     * Permissions
                     * @description Patterns such as `servers:*` or `*:read`
                     */
                    patterns?: string[];
                    /**
                     * Demands a second factor
                     * @description Of everybody who holds it, at once
                     */
                    requiresMfa?: boolean;
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
                        /** @description People who hold it need a second factor */
                        requiresMfa: boolean;
                        clonedFrom: string | null;
                        /** @description People with a grant in force or to come */
                        members: number;
                        version: number;
                        /** @description All that its patterns hold, within the boundary of the tenant */
                        permissions: string[];
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
    "roles.duplicate": {
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
                     * Key
                     * @description For the API and the command line; stays as it is
                     * @example network_lead
                     */
                    key: string;
                    /** Name */
                    name?: string;
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
                        /** @description People who hold it need a second factor */
                        requiresMfa: boolean;
                        clonedFrom: string | null;
                        /** @description People with a grant in force or to come */
                        members: number;
                        version: number;
                        /** @description All that its patterns hold, within the boundary of the tenant */
                        permissions: string[];
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
    "roles.permissions.replace": {
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
                     * Permissions
                     * @description Patterns such as `servers:*` or `*:read`
                     */
                    patterns: string[];
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
                        /** @description People who hold it need a second factor */
                        requiresMfa: boolean;
                        clonedFrom: string | null;
                        /** @description People with a grant in force or to come */
                        members: number;
                        version: number;
                        /** @description All that its patterns hold, within the boundary of the tenant */
                        permissions: string[];
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
    "roles.permissions.change": {
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
                     * Add
                     * @default []
                     */
                    add?: string[];
                    /**
                     * Take away
                     * @default []
                     */
                    remove?: string[];
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
                        /** @description People who hold it need a second factor */
                        requiresMfa: boolean;
                        clonedFrom: string | null;
                        /** @description People with a grant in force or to come */
                        members: number;
                        version: number;
                        /** @description All that its patterns hold, within the boundary of the tenant */
                        permissions: string[];
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
    "roles.members.list": {
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
                                    groups?: string[];
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
    "roles.members.replace": {
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
                     * People
                     * @description All who shall hold it; from everybody else it is taken
                     */
                    userIds: string[];
                    /**
                     * Scope
                     * @description `{ "all": true }`, or clauses of type, ids, groups, environments and labels; no clause reaches nothing
                     */
                    scope: {
                        /** @constant */
                        all: true;
                    } | {
                        any: {
                            type?: string;
                            ids?: string[];
                            groups?: string[];
                            environments?: string[];
                            labels?: {
                                [key: string]: string;
                            };
                        }[];
                    };
                    /** Reason */
                    reason: string;
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
                        added: number;
                        removed: number;
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
    "serviceAccounts.list": {
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
                            name: string;
                            description: string;
                            owner: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            /**
                             * @description Suspended also while the person who answers for it is no active member
                             * @enum {string}
                             */
                            status: "active" | "suspended";
                            /** @description Live API keys */
                            keys: number;
                            roles: {
                                key: string;
                                name: string;
                            }[];
                            version: number;
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
    "serviceAccounts.create": {
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
                     * @example CI deployment
                     */
                    name: string;
                    /**
                     * Description
                     * @default
                     */
                    description?: string;
                    /**
                     * Answerable
                     * Format: uuid
                     * @description You, when left out
                     */
                    ownerId?: string;
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
                        name: string;
                        description: string;
                        owner: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        /**
                         * @description Suspended also while the person who answers for it is no active member
                         * @enum {string}
                         */
                        status: "active" | "suspended";
                        /** @description Live API keys */
                        keys: number;
                        roles: {
                            key: string;
                            name: string;
                        }[];
                        version: number;
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
    "serviceAccounts.get": {
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
                        description: string;
                        owner: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        /**
                         * @description Suspended also while the person who answers for it is no active member
                         * @enum {string}
                         */
                        status: "active" | "suspended";
                        /** @description Live API keys */
                        keys: number;
                        roles: {
                            key: string;
                            name: string;
                        }[];
                        version: number;
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
    "serviceAccounts.delete": {
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
    "serviceAccounts.update": {
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
                     * @example CI deployment
                     */
                    name?: string;
                    /** Description */
                    description?: string;
                    /**
                     * Answerable
                     * Format: uuid
                     * @description The person who answers for it
                     */
                    ownerId?: string;
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
                        name: string;
                        description: string;
                        owner: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        } | null;
                        /**
                         * @description Suspended also while the person who answers for it is no active member
                         * @enum {string}
                         */
                        status: "active" | "suspended";
                        /** @description Live API keys */
                        keys: number;
                        roles: {
                            key: string;
                            name: string;
                        }[];
                        version: number;
                        /** Format: date-time */
                        createdAt: string;
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
    "sessions.revoke": {
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
                        ended: string[];
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
                            type: "personal" | "organization" | "exchange-member";
                            /** @enum {string} */
                            status: "active" | "trialing" | "past_due" | "read_only" | "suspended" | "deleting" | "deleted";
                            region: string;
                            plan: string;
                            /** @description What was asked for when the tenant was made, where another plan is in force */
                            chosenPlan: string | null;
                            trialEndsAt: string | null;
                            suspendedReason: string | null;
                            company: {
                                /** Legal name */
                                legalName?: string;
                                /** Registration number */
                                registration?: string;
                                /** VAT number */
                                vat?: string;
                                /** Address */
                                addressLine1?: string;
                                /** Address, second line */
                                addressLine2?: string;
                                /** Postal code */
                                postalCode?: string;
                                /** City */
                                city?: string;
                                /**
                                 * Country
                                 * @example DE
                                 */
                                country?: string;
                                /** Contacts */
                                contacts?: {
                                    /**
                                     * Kind
                                     * @enum {string}
                                     */
                                    type: "billing" | "technical" | "security" | "abuse" | "legal";
                                    /** Name */
                                    name: string;
                                    /**
                                     * E-mail
                                     * Format: email
                                     */
                                    email: string;
                                    /** Phone */
                                    phone?: string;
                                }[];
                            };
                            ownerId: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            version: number;
                            deletion: {
                                /** Format: date-time */
                                requestedAt: string;
                                /** Format: date-time */
                                restorableUntil: string;
                            } | null;
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
    "tenants.create": {
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
                     * @example Acme Networks
                     */
                    name: string;
                    /**
                     * Slug
                     * @description 3 to 50 lower case letters, digits and hyphens; part of the address
                     * @example acme
                     */
                    slug?: string;
                    /**
                     * Kind
                     * @enum {string}
                     */
                    type?: "personal" | "organization" | "exchange-member";
                    /**
                     * Region
                     * @description Where the data is kept; cannot be changed later
                     */
                    region?: string;
                    /**
                     * Plan
                     * @description What you would like to be on; it takes effect when it is paid for
                     * @enum {string}
                     */
                    plan?: "free" | "basic" | "business" | "enterprise";
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
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        type: "personal" | "organization" | "exchange-member";
                        /** @enum {string} */
                        status: "active" | "trialing" | "past_due" | "read_only" | "suspended" | "deleting" | "deleted";
                        region: string;
                        plan: string;
                        /** @description What was asked for when the tenant was made, where another plan is in force */
                        chosenPlan: string | null;
                        trialEndsAt: string | null;
                        suspendedReason: string | null;
                        company: {
                            /** Legal name */
                            legalName?: string;
                            /** Registration number */
                            registration?: string;
                            /** VAT number */
                            vat?: string;
                            /** Address */
                            addressLine1?: string;
                            /** Address, second line */
                            addressLine2?: string;
                            /** Postal code */
                            postalCode?: string;
                            /** City */
                            city?: string;
                            /**
                             * Country
                             * @example DE
                             */
                            country?: string;
                            /** Contacts */
                            contacts?: {
                                /**
                                 * Kind
                                 * @enum {string}
                                 */
                                type: "billing" | "technical" | "security" | "abuse" | "legal";
                                /** Name */
                                name: string;
                                /**
                                 * E-mail
                                 * Format: email
                                 */
                                email: string;
                                /** Phone */
                                phone?: string;
                            }[];
                        };
                        ownerId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        version: number;
                        deletion: {
                            /** Format: date-time */
                            requestedAt: string;
                            /** Format: date-time */
                            restorableUntil: string;
                        } | null;
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
    "tenants.slugAvailable": {
        parameters: {
            query?: {
                slug?: string;
                name?: string;
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
                        slug: string;
                        available: boolean;
                        reason: string | null;
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
                        type: "personal" | "organization" | "exchange-member";
                        /** @enum {string} */
                        status: "active" | "trialing" | "past_due" | "read_only" | "suspended" | "deleting" | "deleted";
                        region: string;
                        plan: string;
                        /** @description What was asked for when the tenant was made, where another plan is in force */
                        chosenPlan: string | null;
                        trialEndsAt: string | null;
                        suspendedReason: string | null;
                        company: {
                            /** Legal name */
                            legalName?: string;
                            /** Registration number */
                            registration?: string;
                            /** VAT number */
                            vat?: string;
                            /** Address */
                            addressLine1?: string;
                            /** Address, second line */
                            addressLine2?: string;
                            /** Postal code */
                            postalCode?: string;
                            /** City */
                            city?: string;
                            /**
                             * Country
                             * @example DE
                             */
                            country?: string;
                            /** Contacts */
                            contacts?: {
                                /**
                                 * Kind
                                 * @enum {string}
                                 */
                                type: "billing" | "technical" | "security" | "abuse" | "legal";
                                /** Name */
                                name: string;
                                /**
                                 * E-mail
                                 * Format: email
                                 */
                                email: string;
                                /** Phone */
                                phone?: string;
                            }[];
                        };
                        ownerId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        version: number;
                        deletion: {
                            /** Format: date-time */
                            requestedAt: string;
                            /** Format: date-time */
                            restorableUntil: string;
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
    "tenants.delete": {
        parameters: {
            query: {
                /** @description Typed, to be sure */
                confirmName: string;
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
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        type: "personal" | "organization" | "exchange-member";
                        /** @enum {string} */
                        status: "active" | "trialing" | "past_due" | "read_only" | "suspended" | "deleting" | "deleted";
                        region: string;
                        plan: string;
                        /** @description What was asked for when the tenant was made, where another plan is in force */
                        chosenPlan: string | null;
                        trialEndsAt: string | null;
                        suspendedReason: string | null;
                        company: {
                            /** Legal name */
                            legalName?: string;
                            /** Registration number */
                            registration?: string;
                            /** VAT number */
                            vat?: string;
                            /** Address */
                            addressLine1?: string;
                            /** Address, second line */
                            addressLine2?: string;
                            /** Postal code */
                            postalCode?: string;
                            /** City */
                            city?: string;
                            /**
                             * Country
                             * @example DE
                             */
                            country?: string;
                            /** Contacts */
                            contacts?: {
                                /**
                                 * Kind
                                 * @enum {string}
                                 */
                                type: "billing" | "technical" | "security" | "abuse" | "legal";
                                /** Name */
                                name: string;
                                /**
                                 * E-mail
                                 * Format: email
                                 */
                                email: string;
                                /** Phone */
                                phone?: string;
                            }[];
                        };
                        ownerId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        version: number;
                        deletion: {
                            /** Format: date-time */
                            requestedAt: string;
                            /** Format: date-time */
                            restorableUntil: string;
                        } | null;
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
    "tenants.update": {
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
                     * @example Acme Networks
                     */
                    name?: string;
                    /**
                     * Slug
                     * @description 3 to 50 lower case letters, digits and hyphens; part of the address
                     * @example acme
                     */
                    slug?: string;
                    /**
                     * Kind
                     * @enum {string}
                     */
                    type?: "personal" | "organization" | "exchange-member";
                    /**
                     * Company
                     * @description Replaces what was there
                     */
                    company?: {
                        /** Legal name */
                        legalName?: string;
                        /** Registration number */
                        registration?: string;
                        /** VAT number */
                        vat?: string;
                        /** Address */
                        addressLine1?: string;
                        /** Address, second line */
                        addressLine2?: string;
                        /** Postal code */
                        postalCode?: string;
                        /** City */
                        city?: string;
                        /**
                         * Country
                         * @example DE
                         */
                        country?: string;
                        /** Contacts */
                        contacts?: {
                            /**
                             * Kind
                             * @enum {string}
                             */
                            type: "billing" | "technical" | "security" | "abuse" | "legal";
                            /** Name */
                            name: string;
                            /**
                             * E-mail
                             * Format: email
                             */
                            email: string;
                            /** Phone */
                            phone?: string;
                        }[];
                    };
                    /**
                     * Version
                     * @description The one you have seen
                     */
                    version?: number;
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
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        type: "personal" | "organization" | "exchange-member";
                        /** @enum {string} */
                        status: "active" | "trialing" | "past_due" | "read_only" | "suspended" | "deleting" | "deleted";
                        region: string;
                        plan: string;
                        /** @description What was asked for when the tenant was made, where another plan is in force */
                        chosenPlan: string | null;
                        trialEndsAt: string | null;
                        suspendedReason: string | null;
                        company: {
                            /** Legal name */
                            legalName?: string;
                            /** Registration number */
                            registration?: string;
                            /** VAT number */
                            vat?: string;
                            /** Address */
                            addressLine1?: string;
                            /** Address, second line */
                            addressLine2?: string;
                            /** Postal code */
                            postalCode?: string;
                            /** City */
                            city?: string;
                            /**
                             * Country
                             * @example DE
                             */
                            country?: string;
                            /** Contacts */
                            contacts?: {
                                /**
                                 * Kind
                                 * @enum {string}
                                 */
                                type: "billing" | "technical" | "security" | "abuse" | "legal";
                                /** Name */
                                name: string;
                                /**
                                 * E-mail
                                 * Format: email
                                 */
                                email: string;
                                /** Phone */
                                phone?: string;
                            }[];
                        };
                        ownerId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        version: number;
                        deletion: {
                            /** Format: date-time */
                            requestedAt: string;
                            /** Format: date-time */
                            restorableUntil: string;
                        } | null;
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
    "tenants.branding.get": {
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
                        logoUrl: string | null;
                        iconUrl: string | null;
                        primaryColor: string | null;
                        /** @description Of text on the colour */
                        textColor: string | null;
                        loginText: string | null;
                        mailSenderName: string | null;
                        supportLink: string | null;
                        version: number;
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
    "tenants.branding.update": {
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
                    primaryColor?: string | null;
                    /** Text on the sign-in page */
                    loginText?: string | null;
                    /** Name that mails come from */
                    mailSenderName?: string | null;
                    /** Link to your support */
                    supportLink?: string | null;
                    /**
                     * Logo
                     * @description PNG, JPEG or WebP in base64; null takes it away
                     */
                    logo?: string | null;
                    /**
                     * Icon
                     * @description PNG, JPEG or WebP in base64; null takes it away
                     */
                    icon?: string | null;
                    /**
                     * Version
                     * @description The one you have seen
                     */
                    version?: number;
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
                        logoUrl: string | null;
                        iconUrl: string | null;
                        primaryColor: string | null;
                        /** @description Of text on the colour */
                        textColor: string | null;
                        loginText: string | null;
                        mailSenderName: string | null;
                        supportLink: string | null;
                        version: number;
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
    "tenants.branding.upload": {
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
                kind: "logo" | "icon";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * File
                     * Format: base64
                     */
                    file: string;
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
                        logoUrl: string | null;
                        iconUrl: string | null;
                        primaryColor: string | null;
                        /** @description Of text on the colour */
                        textColor: string | null;
                        loginText: string | null;
                        mailSenderName: string | null;
                        supportLink: string | null;
                        version: number;
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
    "tenants.domains.list": {
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
                        items: {
                            /** Format: uuid */
                            id: string;
                            domain: string;
                            /**
                             * @description Verified: it is yours. Live: traffic comes here too. Stale: the proof is gone
                             * @enum {string}
                             */
                            state: "pending" | "verified" | "live" | "stale";
                            /** @description What to publish in the zone of the domain */
                            records: {
                                /** @enum {string} */
                                type: "TXT" | "CNAME";
                                name: string;
                                value: string;
                                purpose: string;
                            }[];
                            /** @description What each server said when it was asked last */
                            checks: {
                                server: string;
                                answer: string;
                                ok: boolean;
                            }[];
                            lastCheckedAt: string | null;
                            /** Format: date-time */
                            nextCheckAt: string;
                            verifiedAt: string | null;
                            /** @description When it is removed, unless the proof is seen before */
                            endsAt: string | null;
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
    "tenants.domains.add": {
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
                     * Domain
                     * @example portal.acme.example
                     */
                    domain: string;
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
                        domain: string;
                        /**
                         * @description Verified: it is yours. Live: traffic comes here too. Stale: the proof is gone
                         * @enum {string}
                         */
                        state: "pending" | "verified" | "live" | "stale";
                        /** @description What to publish in the zone of the domain */
                        records: {
                            /** @enum {string} */
                            type: "TXT" | "CNAME";
                            name: string;
                            value: string;
                            purpose: string;
                        }[];
                        /** @description What each server said when it was asked last */
                        checks: {
                            server: string;
                            answer: string;
                            ok: boolean;
                        }[];
                        lastCheckedAt: string | null;
                        /** Format: date-time */
                        nextCheckAt: string;
                        verifiedAt: string | null;
                        /** @description When it is removed, unless the proof is seen before */
                        endsAt: string | null;
                        /** Format: date-time */
                        createdAt: string;
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
    "tenants.domains.remove.1": {
        parameters: {
            query: {
                domainId: string;
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
    "tenants.domains.remove": {
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
                domainId: string;
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
    "tenants.domains.verify": {
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
                domainId: string;
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
                        /**
                         * @description Verified: it is yours. Live: traffic comes here too. Stale: the proof is gone
                         * @enum {string}
                         */
                        state: "pending" | "verified" | "live" | "stale";
                        verified: boolean;
                        /** @description What each server said when it was asked last */
                        checks: {
                            server: string;
                            answer: string;
                            ok: boolean;
                        }[];
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
    "tenants.features.list": {
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
                        plan: string;
                        planName: string;
                        features: {
                            [key: string]: {
                                enabled: boolean;
                                /** @description Null: no limit */
                                limit?: number | null;
                                used?: number;
                                /** @enum {string} */
                                source: "plan" | "override" | "flag";
                                expiresAt: string | null;
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
    "invitations.list": {
        parameters: {
            query?: {
                state?: "pending" | "accepted" | "expired" | "revoked";
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
                            /** Format: uuid */
                            id: string;
                            email: string;
                            roles: {
                                /** Format: uuid */
                                id: string;
                                key: string;
                                name: string;
                            }[];
                            scope: {
                                /** @constant */
                                all: true;
                            } | {
                                any: {
                                    type?: string;
                                    ids?: string[];
                                    groups?: string[];
                                    environments?: string[];
                                    labels?: {
                                        [key: string]: string;
                                    };
                                }[];
                            };
                            /** @enum {string} */
                            state: "pending" | "accepted" | "expired" | "revoked";
                            message: string | null;
                            invitedBy: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            /** Format: date-time */
                            expiresAt: string;
                            resends: number;
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
    "invitations.create": {
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
                     * E-mail
                     * @example ann@acme.example
                     */
                    email?: string;
                    /** Roles */
                    roleIds?: string[];
                    /**
                     * Scope
                     * @description Everything, when left out
                     */
                    scope?: {
                        /** @constant */
                        all: true;
                    } | {
                        any: {
                            type?: string;
                            ids?: string[];
                            groups?: string[];
                            environments?: string[];
                            labels?: {
                                [key: string]: string;
                            };
                        }[];
                    };
                    /** Message */
                    message?: string;
                    /**
                     * Several at once
                     * @description Each is answered by itself
                     */
                    items?: {
                        /**
                         * E-mail
                         * @example ann@acme.example
                         */
                        email: string;
                        /** Roles */
                        roleIds: string[];
                        /**
                         * Scope
                         * @description Everything, when left out
                         */
                        scope?: {
                            /** @constant */
                            all: true;
                        } | {
                            any: {
                                type?: string;
                                ids?: string[];
                                groups?: string[];
                                environments?: string[];
                                labels?: {
                                    [key: string]: string;
                                };
                            }[];
                        };
                        /** Message */
                        message?: string;
                    }[];
                    /**
                     * Days until it expires
                     * @default 7
                     */
                    expiresInDays?: number;
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
                        items: {
                            email: string;
                            /** @description `invited`, `resent`, or the problem that kept it back */
                            status: string;
                            detail?: string;
                            /** Format: uuid */
                            id?: string;
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
    "members.leave": {
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
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Successor
                     * Format: uuid
                     */
                    successorId?: string;
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
    "tenants.restore": {
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
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        type: "personal" | "organization" | "exchange-member";
                        /** @enum {string} */
                        status: "active" | "trialing" | "past_due" | "read_only" | "suspended" | "deleting" | "deleted";
                        region: string;
                        plan: string;
                        /** @description What was asked for when the tenant was made, where another plan is in force */
                        chosenPlan: string | null;
                        trialEndsAt: string | null;
                        suspendedReason: string | null;
                        company: {
                            /** Legal name */
                            legalName?: string;
                            /** Registration number */
                            registration?: string;
                            /** VAT number */
                            vat?: string;
                            /** Address */
                            addressLine1?: string;
                            /** Address, second line */
                            addressLine2?: string;
                            /** Postal code */
                            postalCode?: string;
                            /** City */
                            city?: string;
                            /**
                             * Country
                             * @example DE
                             */
                            country?: string;
                            /** Contacts */
                            contacts?: {
                                /**
                                 * Kind
                                 * @enum {string}
                                 */
                                type: "billing" | "technical" | "security" | "abuse" | "legal";
                                /** Name */
                                name: string;
                                /**
                                 * E-mail
                                 * Format: email
                                 */
                                email: string;
                                /** Phone */
                                phone?: string;
                            }[];
                        };
                        ownerId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        version: number;
                        deletion: {
                            /** Format: date-time */
                            requestedAt: string;
                            /** Format: date-time */
                            restorableUntil: string;
                        } | null;
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
    "tenants.settings.get": {
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
                        security: {
                            /**
                             * Second factor
                             * @description Required: members have seven days to set one up
                             * @default optional
                             * @enum {string}
                             */
                            mfa: "off" | "optional" | "required";
                            /**
                             * Shortest password
                             * @default 12
                             */
                            passwordMinLength: number;
                            /**
                             * Ask for upper and lower case, digits and signs
                             * @default false
                             */
                            passwordClasses: boolean;
                            /**
                             * Sessions end after so many idle minutes
                             * @default 480
                             */
                            sessionIdleMinutes: number;
                            /**
                             * Sessions end after so many hours
                             * @default 720
                             */
                            sessionAbsoluteHours: number;
                            /**
                             * Networks that may call
                             * @description Empty: all
                             * @default []
                             */
                            ipAllowList: string[];
                            /**
                             * Ways to sign in
                             * @default [
                             *       "password",
                             *       "passkey",
                             *       "google",
                             *       "github",
                             *       "microsoft",
                             *       "apple",
                             *       "peeringdb",
                             *       "oidc"
                             *     ]
                             */
                            allowedSignIn: ("password" | "passkey" | "google" | "github" | "microsoft" | "apple" | "peeringdb" | "oidc")[];
                            /**
                             * Sign in by your identity provider only
                             * @default false
                             */
                            ssoEnforced: boolean;
                            /**
                             * Longest life of an API key in days
                             * @default 365
                             */
                            apiKeyMaxDays: number;
                            /**
                             * Access by support
                             * @default ask
                             * @enum {string}
                             */
                            supportAccess: "ask" | "allow" | "never";
                        };
                        notifications: {
                            /**
                             * Security mails to owners
                             * @default true
                             */
                            securityMail: boolean;
                            /**
                             * Mails about approvals
                             * @default true
                             */
                            changesMail: boolean;
                        };
                        defaults: {
                            /**
                             * Language
                             * @default en
                             * @enum {string}
                             */
                            locale: "en" | "de";
                            /**
                             * Time zone
                             * @default UTC
                             * @example Europe/Berlin
                             */
                            zone: string;
                            /**
                             * Currency
                             * @default EUR
                             */
                            currency: string;
                            /**
                             * Environment of new things
                             * @default null
                             */
                            environment: string | null;
                        };
                        data: {
                            /**
                             * Legal framework
                             * @default gdpr
                             * @enum {string}
                             */
                            framework: "gdpr" | "ccpa" | "hipaa" | "soc2" | "custom";
                            /**
                             * Days that audit entries of changes are kept
                             * @default 400
                             */
                            auditRetentionDays: number;
                            /**
                             * Days that audit entries of reads are kept
                             * @default 90
                             */
                            readRetentionDays: number;
                            /**
                             * Region
                             * @default default
                             */
                            region: string;
                        };
                        ai: {
                            /**
                             * Models that may see data
                             * @description Empty: none
                             * @default []
                             */
                            models: string[];
                            /**
                             * Workflows may use models
                             * @default false
                             */
                            workflows: boolean;
                        };
                        version: number;
                        mfaSince: string | null;
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
    "tenants.settings.update": {
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
                     * Security
                     * @description Only what changes; null brings the default back
                     */
                    security?: {
                        [key: string]: components["schemas"]["Value"];
                    };
                    /**
                     * Notifications
                     * @description Only what changes; null brings the default back
                     */
                    notifications?: {
                        [key: string]: components["schemas"]["Value"];
                    };
                    /**
                     * Defaults
                     * @description Only what changes; null brings the default back
                     */
                    defaults?: {
                        [key: string]: components["schemas"]["Value"];
                    };
                    /**
                     * Data
                     * @description Only what changes; null brings the default back
                     */
                    data?: {
                        [key: string]: components["schemas"]["Value"];
                    };
                    /**
                     * AI
                     * @description Only what changes; null brings the default back
                     */
                    ai?: {
                        [key: string]: components["schemas"]["Value"];
                    };
                    /**
                     * Version
                     * @description The one you have seen
                     */
                    version?: number;
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
                        security: {
                            /**
                             * Second factor
                             * @description Required: members have seven days to set one up
                             * @default optional
                             * @enum {string}
                             */
                            mfa: "off" | "optional" | "required";
                            /**
                             * Shortest password
                             * @default 12
                             */
                            passwordMinLength: number;
                            /**
                             * Ask for upper and lower case, digits and signs
                             * @default false
                             */
                            passwordClasses: boolean;
                            /**
                             * Sessions end after so many idle minutes
                             * @default 480
                             */
                            sessionIdleMinutes: number;
                            /**
                             * Sessions end after so many hours
                             * @default 720
                             */
                            sessionAbsoluteHours: number;
                            /**
                             * Networks that may call
                             * @description Empty: all
                             * @default []
                             */
                            ipAllowList: string[];
                            /**
                             * Ways to sign in
                             * @default [
                             *       "password",
                             *       "passkey",
                             *       "google",
                             *       "github",
                             *       "microsoft",
                             *       "apple",
                             *       "peeringdb",
                             *       "oidc"
                             *     ]
                             */
                            allowedSignIn: ("password" | "passkey" | "google" | "github" | "microsoft" | "apple" | "peeringdb" | "oidc")[];
                            /**
                             * Sign in by your identity provider only
                             * @default false
                             */
                            ssoEnforced: boolean;
                            /**
                             * Longest life of an API key in days
                             * @default 365
                             */
                            apiKeyMaxDays: number;
                            /**
                             * Access by support
                             * @default ask
                             * @enum {string}
                             */
                            supportAccess: "ask" | "allow" | "never";
                        };
                        notifications: {
                            /**
                             * Security mails to owners
                             * @default true
                             */
                            securityMail: boolean;
                            /**
                             * Mails about approvals
                             * @default true
                             */
                            changesMail: boolean;
                        };
                        defaults: {
                            /**
                             * Language
                             * @default en
                             * @enum {string}
                             */
                            locale: "en" | "de";
                            /**
                             * Time zone
                             * @default UTC
                             * @example Europe/Berlin
                             */
                            zone: string;
                            /**
                             * Currency
                             * @default EUR
                             */
                            currency: string;
                            /**
                             * Environment of new things
                             * @default null
                             */
                            environment: string | null;
                        };
                        data: {
                            /**
                             * Legal framework
                             * @default gdpr
                             * @enum {string}
                             */
                            framework: "gdpr" | "ccpa" | "hipaa" | "soc2" | "custom";
                            /**
                             * Days that audit entries of changes are kept
                             * @default 400
                             */
                            auditRetentionDays: number;
                            /**
                             * Days that audit entries of reads are kept
                             * @default 90
                             */
                            readRetentionDays: number;
                            /**
                             * Region
                             * @default default
                             */
                            region: string;
                        };
                        ai: {
                            /**
                             * Models that may see data
                             * @description Empty: none
                             * @default []
                             */
                            models: string[];
                            /**
                             * Workflows may use models
                             * @default false
                             */
                            workflows: boolean;
                        };
                        version: number;
                        mfaSince: string | null;
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
    "tenants.transferStatus": {
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
                        pending: {
                            /** Format: uuid */
                            fromId: string;
                            /** Format: uuid */
                            toId: string;
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
    "tenants.transfer": {
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
                     * Person
                     * Format: uuid
                     */
                    userId: string;
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
                        /** Format: uuid */
                        toId: string;
                        /** Format: date-time */
                        expiresAt: string;
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
    "tenants.transferConfirm": {
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
                        slug: string;
                        name: string;
                        /** @enum {string} */
                        type: "personal" | "organization" | "exchange-member";
                        /** @enum {string} */
                        status: "active" | "trialing" | "past_due" | "read_only" | "suspended" | "deleting" | "deleted";
                        region: string;
                        plan: string;
                        /** @description What was asked for when the tenant was made, where another plan is in force */
                        chosenPlan: string | null;
                        trialEndsAt: string | null;
                        suspendedReason: string | null;
                        company: {
                            /** Legal name */
                            legalName?: string;
                            /** Registration number */
                            registration?: string;
                            /** VAT number */
                            vat?: string;
                            /** Address */
                            addressLine1?: string;
                            /** Address, second line */
                            addressLine2?: string;
                            /** Postal code */
                            postalCode?: string;
                            /** City */
                            city?: string;
                            /**
                             * Country
                             * @example DE
                             */
                            country?: string;
                            /** Contacts */
                            contacts?: {
                                /**
                                 * Kind
                                 * @enum {string}
                                 */
                                type: "billing" | "technical" | "security" | "abuse" | "legal";
                                /** Name */
                                name: string;
                                /**
                                 * E-mail
                                 * Format: email
                                 */
                                email: string;
                                /** Phone */
                                phone?: string;
                            }[];
                        };
                        ownerId: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        version: number;
                        deletion: {
                            /** Format: date-time */
                            requestedAt: string;
                            /** Format: date-time */
                            restorableUntil: string;
                        } | null;
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
    "members.list.1": {
        parameters: {
            query?: {
                /** @description Part of a name or an e-mail address */
                search?: string;
                /** @description Key or id of a role that is held now */
                role?: string;
                status?: "active" | "suspended";
                mfa?: boolean;
                neverSignedIn?: boolean;
                sort?: "name" | "-name" | "joinedAt" | "-joinedAt" | "lastLoginAt" | "-lastLoginAt";
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                /** @description The tenant you are in when left out */
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
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "person" | "service";
                            name: string;
                            email: string;
                            title: string | null;
                            /** @enum {string} */
                            status: "active" | "suspended";
                            roles: {
                                key: string;
                                name: string;
                                /** Format: uuid */
                                grantId: string;
                            }[];
                            /** @description Has a second factor */
                            mfa: boolean;
                            /** Format: date-time */
                            joinedAt: string;
                            lastLoginAt: string | null;
                            avatarUrl: string | null;
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
    "members.get.1": {
        parameters: {
            query?: never;
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                /** @description The tenant you are in when left out */
                id: string;
                userId: string;
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
                        /** @enum {string} */
                        kind: "person" | "service";
                        name: string;
                        email: string;
                        title: string | null;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        roles: {
                            key: string;
                            name: string;
                            /** Format: uuid */
                            grantId: string;
                        }[];
                        /** @description Has a second factor */
                        mfa: boolean;
                        /** Format: date-time */
                        joinedAt: string;
                        lastLoginAt: string | null;
                        avatarUrl: string | null;
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
    "members.remove.1": {
        parameters: {
            query?: {
                /** @description Takes over what the member owns */
                successorId?: string;
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
                /** @description The tenant you are in when left out */
                id: string;
                userId: string;
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
    "members.activate.1": {
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
                /** @description The tenant you are in when left out */
                id: string;
                userId: string;
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
                        /** @enum {string} */
                        kind: "person" | "service";
                        name: string;
                        email: string;
                        title: string | null;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        roles: {
                            key: string;
                            name: string;
                            /** Format: uuid */
                            grantId: string;
                        }[];
                        /** @description Has a second factor */
                        mfa: boolean;
                        /** Format: date-time */
                        joinedAt: string;
                        lastLoginAt: string | null;
                        avatarUrl: string | null;
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
    "users.resetMfa": {
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
                userId: string;
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
                        userId: string;
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
    "members.setRole": {
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
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Role
                     * Format: uuid
                     */
                    roleId: string;
                    /**
                     * Scope
                     * @default {
                     *       "all": true
                     *     }
                     */
                    scope?: {
                        /** @constant */
                        all: true;
                    } | {
                        any: {
                            type?: string;
                            ids?: string[];
                            groups?: string[];
                            environments?: string[];
                            labels?: {
                                [key: string]: string;
                            };
                        }[];
                    };
                    /**
                     * Take all other roles
                     * @description Else only the primary role is replaced
                     * @default false
                     */
                    replaceAll?: boolean;
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
                        /** @enum {string} */
                        kind: "person" | "service";
                        name: string;
                        email: string;
                        title: string | null;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        roles: {
                            key: string;
                            name: string;
                            /** Format: uuid */
                            grantId: string;
                        }[];
                        /** @description Has a second factor */
                        mfa: boolean;
                        /** Format: date-time */
                        joinedAt: string;
                        lastLoginAt: string | null;
                        avatarUrl: string | null;
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
    "members.suspend.1": {
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
                /** @description The tenant you are in when left out */
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Reason */
                    reason?: string;
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
                        /** @enum {string} */
                        kind: "person" | "service";
                        name: string;
                        email: string;
                        title: string | null;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        roles: {
                            key: string;
                            name: string;
                            /** Format: uuid */
                            grantId: string;
                        }[];
                        /** @description Has a second factor */
                        mfa: boolean;
                        /** Format: date-time */
                        joinedAt: string;
                        lastLoginAt: string | null;
                        avatarUrl: string | null;
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
    "members.list.2": {
        parameters: {
            query?: {
                /** @description The tenant you are in when left out */
                id?: string;
                /** @description Part of a name or an e-mail address */
                search?: string;
                /** @description Key or id of a role that is held now */
                role?: string;
                status?: "active" | "suspended";
                mfa?: boolean;
                neverSignedIn?: boolean;
                sort?: "name" | "-name" | "joinedAt" | "-joinedAt" | "lastLoginAt" | "-lastLoginAt";
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
                            /** @enum {string} */
                            kind: "person" | "service";
                            name: string;
                            email: string;
                            title: string | null;
                            /** @enum {string} */
                            status: "active" | "suspended";
                            roles: {
                                key: string;
                                name: string;
                                /** Format: uuid */
                                grantId: string;
                            }[];
                            /** @description Has a second factor */
                            mfa: boolean;
                            /** Format: date-time */
                            joinedAt: string;
                            lastLoginAt: string | null;
                            avatarUrl: string | null;
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
    "users.me.get": {
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
                        /** Format: uuid */
                        id: string;
                        email: string;
                        emailVerified: boolean;
                        /** @description Asked for, and not confirmed yet */
                        pendingEmail: string | null;
                        name: string;
                        givenName: string | null;
                        familyName: string | null;
                        locale: string | null;
                        zone: string | null;
                        avatarUrl: string | null;
                        /** @description E.164 */
                        phone: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        lastLoginAt: string | null;
                        version: number;
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
    "users.me.update": {
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
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Name
                     * @example Ada Lovelace
                     */
                    name?: string;
                    /** Given name */
                    givenName?: string | null;
                    /** Family name */
                    familyName?: string | null;
                    locale?: string | null;
                    zone?: string | null;
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
                        email: string;
                        emailVerified: boolean;
                        /** @description Asked for, and not confirmed yet */
                        pendingEmail: string | null;
                        name: string;
                        givenName: string | null;
                        familyName: string | null;
                        locale: string | null;
                        zone: string | null;
                        avatarUrl: string | null;
                        /** @description E.164 */
                        phone: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        lastLoginAt: string | null;
                        version: number;
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
    "users.me.activity": {
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
                            /**
                             * @example auth.login
                             * @example auth.password_changed
                             */
                            kind: string;
                            /** Format: date-time */
                            at: string;
                            /** @description The last part is hidden */
                            ip: string | null;
                            device: string | null;
                            detail: {
                                [key: string]: string | number | boolean | null;
                            };
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
    "users.avatar.put": {
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
                     * Picture
                     * Format: base64
                     * @description The file, in base64
                     */
                    image: string;
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
                        avatarUrl: string;
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
    "users.avatar.delete": {
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
                        removed: boolean;
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
    "users.me.changePassword": {
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
                     * Current password
                     * @description At least twelve characters; a few unrelated words make a good one
                     */
                    currentPassword: string;
                    /**
                     * New password
                     * @description At least twelve characters; a few unrelated words make a good one
                     */
                    newPassword: string;
                    /**
                     * Stay signed in elsewhere
                     * @default false
                     */
                    keepOtherSessions?: boolean;
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
                        /** @constant */
                        status: "changed";
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
    "users.me.changeEmail": {
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
                     * E-mail
                     * @example ada@example.com
                     */
                    email: string;
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
                        /** @constant */
                        status: "check_email";
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
    "users.me.preferences.get": {
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
                        /**
                         * Theme
                         * @enum {string}
                         */
                        theme: "system" | "light" | "dark";
                        locale: string | null;
                        zone: string | null;
                        /**
                         * Dates
                         * @description As the language has it, ISO 8601, or by how long ago
                         * @enum {string}
                         */
                        dateFormat: "locale" | "iso" | "relative";
                        landingPage: string;
                        version: number;
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
    "users.me.preferences.update": {
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
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Theme
                     * @enum {string}
                     */
                    theme?: "system" | "light" | "dark";
                    locale?: string | null;
                    zone?: string | null;
                    /**
                     * Dates
                     * @description As the language has it, ISO 8601, or by how long ago
                     * @enum {string}
                     */
                    dateFormat?: "locale" | "iso" | "relative";
                    /**
                     * First page
                     * @description Where you land after signing in
                     */
                    landingPage?: string;
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
                        /**
                         * Theme
                         * @enum {string}
                         */
                        theme: "system" | "light" | "dark";
                        locale: string | null;
                        zone: string | null;
                        /**
                         * Dates
                         * @description As the language has it, ISO 8601, or by how long ago
                         * @enum {string}
                         */
                        dateFormat: "locale" | "iso" | "relative";
                        landingPage: string;
                        version: number;
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
    "users.avatar.get": {
        parameters: {
            query?: {
                /** @description Makes the address of another picture another one */
                v?: string;
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
    "users.grants.list": {
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
                                    groups?: string[];
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
    "grants.replace": {
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
                     * Grants
                     * @description All of them; what is not among them ends
                     */
                    grants: {
                        /**
                         * Role
                         * Format: uuid
                         */
                        roleId: string;
                        /**
                         * Scope
                         * @description `{ "all": true }`, or clauses of type, ids, groups, environments and labels; no clause reaches nothing
                         */
                        scope: {
                            /** @constant */
                            all: true;
                        } | {
                            any: {
                                type?: string;
                                ids?: string[];
                                groups?: string[];
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
                    }[];
                    /** Reason */
                    reason: string;
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
                                    groups?: string[];
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
                        nextCursor: null;
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
    "users.grants.create": {
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
                     * Role
                     * Format: uuid
                     */
                    roleId: string;
                    /**
                     * Scope
                     * @description `{ "all": true }`, or clauses of type, ids, groups, environments and labels; no clause reaches nothing
                     */
                    scope: {
                        /** @constant */
                        all: true;
                    } | {
                        any: {
                            type?: string;
                            ids?: string[];
                            groups?: string[];
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
                                groups?: string[];
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
    "users.grants.revoke": {
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
                grantId: string;
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
    "members.get": {
        parameters: {
            query?: {
                /** @description The tenant you are in when left out */
                id?: string;
            };
            header?: {
                /** @description Slug of the tenant to work in, when the credential is good for several */
                "X-Switchyard-Tenant"?: components["parameters"]["Tenant"];
            };
            path: {
                userId: string;
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
                        /** @enum {string} */
                        kind: "person" | "service";
                        name: string;
                        email: string;
                        title: string | null;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        roles: {
                            key: string;
                            name: string;
                            /** Format: uuid */
                            grantId: string;
                        }[];
                        /** @description Has a second factor */
                        mfa: boolean;
                        /** Format: date-time */
                        joinedAt: string;
                        lastLoginAt: string | null;
                        avatarUrl: string | null;
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
    "members.remove": {
        parameters: {
            query?: {
                /** @description The tenant you are in when left out */
                id?: string;
                /** @description Takes over what the member owns */
                successorId?: string;
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
                userId: string;
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
    "members.activate": {
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
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Tenant
                     * Format: uuid
                     * @description The tenant you are in when left out
                     */
                    id?: string;
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
                        /** @enum {string} */
                        kind: "person" | "service";
                        name: string;
                        email: string;
                        title: string | null;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        roles: {
                            key: string;
                            name: string;
                            /** Format: uuid */
                            grantId: string;
                        }[];
                        /** @description Has a second factor */
                        mfa: boolean;
                        /** Format: date-time */
                        joinedAt: string;
                        lastLoginAt: string | null;
                        avatarUrl: string | null;
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
    "users.sessions.revoke": {
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
                userId: string;
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
                        ended: string[];
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
    "members.suspend": {
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
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Tenant
                     * Format: uuid
                     * @description The tenant you are in when left out
                     */
                    id?: string;
                    /** Reason */
                    reason?: string;
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
                        /** @enum {string} */
                        kind: "person" | "service";
                        name: string;
                        email: string;
                        title: string | null;
                        /** @enum {string} */
                        status: "active" | "suspended";
                        roles: {
                            key: string;
                            name: string;
                            /** Format: uuid */
                            grantId: string;
                        }[];
                        /** @description Has a second factor */
                        mfa: boolean;
                        /** Format: date-time */
                        joinedAt: string;
                        lastLoginAt: string | null;
                        avatarUrl: string | null;
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
}
