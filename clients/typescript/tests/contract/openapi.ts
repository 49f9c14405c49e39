// Made of the published contract by npm run contract.
export interface paths {
    "/.well-known/jwks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys that access tokens are signed with. */
        get: operations["GetSigningKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/openid-configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where everything about sign-in is (OpenID Connect). */
        get: operations["GetDiscovery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public channels and the caller's own, oldest first. */
        get: operations["ListChannels"];
        put?: never;
        /** Create a channel, or open the direct channel of some people. */
        post: operations["CreateChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{channelId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of history in seq order: the newest, or one before, after or around a seq, or a thread's. */
        get: operations["ListMessages"];
        put?: never;
        /** Posts a message; a replay of its clientId answers the same message with 200. */
        post: operations["PostMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{channelId}/messages/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message. */
        get: operations["GetMessage"];
        put?: never;
        post?: never;
        /** Leaves a tombstone in a message's place. */
        delete: operations["DeleteMessage"];
        options?: never;
        head?: never;
        /** Changes the text of one's own message. */
        patch: operations["EditMessage"];
        trace?: never;
    };
    "/api/v1/channels/{channelId}/messages/{messageId}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Pins a message. */
        put: operations["PinMessage"];
        post?: never;
        /** Takes the pin off a message. */
        delete: operations["UnpinMessage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{channelId}/messages/{messageId}/reactions/{emoji}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Adds the caller's reaction. */
        put: operations["AddReaction"];
        post?: never;
        /** Takes the caller's reaction back. */
        delete: operations["RemoveReaction"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{channelId}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Moves the caller's read position. */
        put: operations["MoveReadPosition"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{channel}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One channel. */
        get: operations["GetChannel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename a channel, change its topic, archive it or bring it back. */
        patch: operations["ChangeChannel"];
        trace?: never;
    };
    "/api/v1/channels/{channel}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is in a channel. */
        get: operations["ListMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{channel}/members/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Join, invite, or change a role. */
        put: operations["PutMember"];
        post?: never;
        /** Leave, or remove someone. */
        delete: operations["RemoveMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The limits, rates and address of this deployment */
        get: operations["GetConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The catalogue of error codes, with what to do about each */
        get: operations["ListErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/realtime/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A ticket that opens one connection of the hub within 30 seconds. */
        post: operations["MakeTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Everything since the caller's positions in up to 500 feeds. */
        post: operations["SyncFeeds"];
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
        /** Users by ids, or by a part of their names, or all. */
        get: operations["ListUsers"];
        put?: never;
        /** Register. The first user is the deployment's administrator. */
        post: operations["RegisterUser"];
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
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the caller's display name or status. */
        patch: operations["ChangeProfile"];
        trace?: never;
    };
    "/api/v1/users/me/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a client needs to draw its side bar. */
        get: operations["ListMyChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user; me is the caller. */
        get: operations["GetUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/active": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Deactivate an account and end its sessions, or bring it back; for administrators. */
        put: operations["SetUserActive"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user}/channels/{channel}": {
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
        /** The caller's own settings for a channel. */
        patch: operations["ChangeMyChannel"];
        trace?: never;
    };
    "/connect/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session of a token (OAuth 2). */
        post: operations["RevokeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connect/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a password, or renew with a refresh token (OAuth 2). */
        post: operations["GetToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connect/userinfo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the access token speaks for (OpenID Connect). */
        get: operations["GetUserInfo"];
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
        /** @description The body of `PATCH /api/v1/channels/{id}`; what is absent stays. */
        ChangeChannel: {
            name?: null | string;
            topic?: null | string;
            archived?: null | boolean;
        };
        /** @description The body of `PATCH /api/v1/users/me/channels/{id}`; what is absent stays. */
        ChangeMyChannel: {
            starred?: null | boolean;
            muted?: null | boolean;
            hidden?: null | boolean;
            /** @description One of NotifyWhen. */
            notify?: null | string;
        };
        /** @description The body of `PATCH /api/v1/users/me`; what is absent stays. */
        ChangeProfile: {
            displayName?: null | string;
            statusText?: null | string;
        };
        /** @description The answer to a changed channel. */
        ChangedChannel: {
            channel: components["schemas"]["Channel"];
            /** @description The members position at which the channel stands. */
            members: components["schemas"]["Fence"];
        };
        /** @description The answer to a change of a membership. */
        ChangedMembership: {
            membership: components["schemas"]["Membership"];
            members: components["schemas"]["Fence"];
        };
        /** @description A channel; an entity of its members feed (there with `type: "channel"`). */
        Channel: {
            /** Format: uuid */
            id: string;
            /** @description One of ChannelKind. */
            kind: string;
            /** @description Empty for a direct channel. */
            name: string;
            topic: string;
            archived: boolean;
            /** Format: uuid */
            createdBy: string;
            /** Format: date-time */
            createdAt: unknown;
            /** Format: int32 */
            memberCount: number;
            /** Format: int64 */
            revision: number;
            feed?: null | components["schemas"]["Position"];
        };
        /** @description The body of `POST /api/v1/channels`. */
        CreateChannel: {
            /** @description Needed for public and private channels; ignored for direct ones. */
            name?: null | string;
            /** @description One of ChannelKind. */
            kind: string;
            topic?: null | string;
            memberIds?: null | string[];
            /**
             * Format: uuid
             * @description Makes the call idempotent for its author.
             */
            clientId?: null | string;
        };
        /** @description The answer to a created channel. */
        CreatedChannel: {
            channel: components["schemas"]["Channel"];
            /** @description The members position at which the channel stands. */
            members: components["schemas"]["Fence"];
        };
        /**
         * @description The one thing that is ever said about a feed: these are all the entities whose last change lies in (From, To];
         *     a reader that stood at From stands at To after applying it. Immutable; at most 256 KB as JSON.
         */
        Delta: {
            /** @description The feed's name. */
            feed: string;
            /**
             * Format: int64
             * @description The epoch in which `from` and `to` count.
             */
            epoch?: number;
            /**
             * Format: int64
             * @description The revision (exclusive) from which the delta speaks; 0 in a reset.
             */
            from?: number;
            /**
             * Format: int64
             * @description The revision (inclusive) to which the delta speaks.
             */
            to?: number;
            /** @description True when the reader drops what it holds and starts from `items`. */
            reset?: boolean;
            /**
             * Format: int64
             * @description Only in a reset of a messages feed: the seq from which the reader holds everything; 1 means the whole channel.
             */
            floor?: null | number;
            /** @description True when more lies beyond `to`: ask again from there. */
            more?: boolean;
            fence?: null | components["schemas"]["Fence"];
            /** @description Full entities in revision order. Each is a JSON object with a `revision`. */
            items: unknown[];
        };
        /** @description OpenID Connect discovery; what else is in it is as that specification says. */
        Discovery: {
            /** @description `ChatGenius__PublicUrl`. */
            issuer: string;
            /** @description Where tokens are got. */
            token_endpoint: string;
            /** @description Where sessions are ended. */
            revocation_endpoint: string;
            /** @description Who a token speaks for. */
            userinfo_endpoint: string;
            /** @description Where the signing keys are. */
            jwks_uri: string;
        };
        /** @description The body of `PATCH …/messages/{id}`. */
        EditMessage: {
            text: string;
            members?: null | components["schemas"]["Fence"];
        };
        /** @description An error that a client may meet, with what to do about it. */
        ErrorCode: {
            /** @description Stable; what a program compares. */
            code: string;
            /**
             * Format: int32
             * @description The HTTP status it comes with.
             */
            status: number;
            /** @description One sentence for people. */
            title: string;
            /** @description What the caller can do. */
            remedy: string;
        };
        /** @description A feed that could not be synced. */
        FailedFeed: {
            feed: string;
            /** @description `unknown_feed`, `malformed`, `position_ahead` or `unavailable`. */
            code: string;
            /**
             * Format: int64
             * @description Milliseconds after which asking again makes sense; null when it never does.
             */
            retryAfterMs?: null | number;
        };
        /** @description A place in a channel's members feed, without its name: what fences content. */
        Fence: {
            /** Format: int64 */
            epoch?: number;
            /** Format: int64 */
            revision?: number;
        };
        /** @description The head of a feed as its owner sees it. */
        Head: {
            feed: string;
            /** Format: int64 */
            epoch?: number;
            /**
             * Format: int64
             * @description The revision of the last change; 0 for a feed in which nothing happened yet.
             */
            revision?: number;
            /**
             * Format: int64
             * @description Only on messages feeds: the seq of the last message, 0 when there is none.
             */
            lastSeq?: null | number;
        };
        /** @description A page of `GET …/members`. */
        MembersPage: {
            /** @description Present members, in the order of their user ids. */
            items: components["schemas"]["Membership"][];
            /** @description The cursor of the next page; null at the end. */
            next?: null | string;
            /** @description The position in the members feed at which the page was read. */
            feed: components["schemas"]["Position"];
        };
        /** @description A user's membership of a channel; an entity of the members feed (there with `type: "member"`). */
        Membership: {
            /** Format: uuid */
            channelId: string;
            /** Format: uuid */
            userId: string;
            /** @description One of MemberRole. */
            role: string;
            /** Format: date-time */
            joinedAt: unknown;
            /** @description True for the tombstone of a membership. */
            left: boolean;
            /** Format: int64 */
            revision: number;
        };
        /** @description A message; an entity of its channel's messages feed. A tombstone keeps its numbers and loses its content. */
        Message: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            channelId: string;
            /**
             * Format: int64
             * @description Its immutable place in the channel: 1, 2, 3 …
             */
            seq: number;
            /**
             * Format: int64
             * @description The feed revision of its last change.
             */
            revision: number;
            /** Format: uuid */
            authorId: string;
            /** Format: uuid */
            clientId: string;
            /** @description Null in a tombstone. */
            text?: null | string;
            /**
             * Format: uuid
             * @description The message whose thread this one answers in; null outside threads.
             */
            threadId?: null | string;
            /** Format: int32 */
            replyCount?: number;
            /** Format: date-time */
            lastReplyAt?: unknown;
            mentions?: string[];
            attachments?: unknown[];
            reactions?: components["schemas"]["Reaction"][];
            pinned?: boolean;
            /** Format: date-time */
            createdAt: unknown;
            /** Format: date-time */
            editedAt?: unknown;
            deleted?: boolean;
        };
        /** @description One message with the position at which it was read. */
        MessageItem: {
            item: components["schemas"]["Message"];
            /** @description The caller's own reactions. */
            mine: string[];
            feed: components["schemas"]["Position"];
            fence: components["schemas"]["Fence"];
        };
        /** @description A page of history in seq order, read in one snapshot. */
        MessagePage: {
            items: components["schemas"]["Message"][];
            /** @description The caller's own reactions, by message id. */
            mine: {
                [key: string]: string[];
            };
            feed: components["schemas"]["Position"];
            fence: components["schemas"]["Fence"];
        };
        /** @description A user's own view of a membership; an entity of `users/{id}/channels`. */
        MyChannel: {
            /** Format: uuid */
            channelId: string;
            /** @description One of MemberRole. */
            role: string;
            starred: boolean;
            muted: boolean;
            hidden: boolean;
            /** @description One of NotifyWhen. */
            notify: string;
            left: boolean;
            /** Format: int64 */
            revision: number;
        };
        /** @description A refusal as RFC 6749 says it. */
        OAuthError: {
            /** @description What programs compare, e.g. `invalid_grant`. */
            error: string;
            /** @description What is wrong, for people. */
            error_description?: string;
        };
        /** @description A page of a list. */
        PageOfChannel: {
            items: components["schemas"]["Channel"][];
            /** @description The cursor of the next page; null at the end. */
            next?: null | string;
        };
        /** @description A page of a list. */
        PageOfErrorCode: {
            items: components["schemas"]["ErrorCode"][];
            /** @description The cursor of the next page; null at the end. */
            next?: null | string;
        };
        /** @description Where a reader stands in a feed: it holds every entity last changed at or below `revision`. */
        Position: {
            /** @description The feed's name, as built by FeedName. */
            feed: string;
            /**
             * Format: int64
             * @description The owner database's epoch; 0 means that the reader holds nothing yet.
             */
            epoch?: number;
            /**
             * Format: int64
             * @description The feed revision; 0 within an epoch is the position in an empty feed.
             */
            revision?: number;
        };
        /** @description The body of `POST …/messages`. */
        PostMessage: {
            /**
             * Format: uuid
             * @description Made by the client; makes the call idempotent for its author, for ever.
             */
            clientId: string;
            /** @description 1 to 16,000 code points. */
            text: string;
            /** Format: uuid */
            threadId?: null | string;
            /** @description At most 50 user ids. */
            mentions?: null | string[];
            members?: null | components["schemas"]["Fence"];
        };
        /** @description Problem details (RFC 9457). */
        Problem: {
            /** @description Where the code is explained. */
            type: string;
            /** @description What the code means, for people. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What is wrong here and what to do, for people. */
            detail?: string;
            /** @description The path that was called. */
            instance?: string;
            /** @description What programs compare; one of GET /api/v1/errors. */
            code: string;
            /** @description What the operator finds this call by. */
            traceId: string;
            /** @description For code `invalid`: what is wrong with each field. */
            errors?: {
                [key: string]: string[];
            };
        };
        /** @description The answer of `GET /api/v1/config`. */
        PublicConfig: {
            version: string;
            /** @description The issuer of tokens and the public address. */
            publicUrl: string;
            /** @description `open` or `closed`; the first user of an empty deployment can always register. */
            registration: string;
            clientId: string;
            limits: components["schemas"]["PublicLimits"];
            rates: components["schemas"]["PublicRates"];
        };
        /** @description Sizes; see Limits. */
        PublicLimits: {
            /** Format: int32 */
            text?: number;
            /** Format: int32 */
            channelName?: number;
            /** Format: int32 */
            topic?: number;
            /** Format: int32 */
            username?: number;
            /** Format: int32 */
            displayName?: number;
            /** Format: int32 */
            statusText?: number;
            /** Format: int32 */
            passwordMin?: number;
            /** Format: int32 */
            passwordMax?: number;
            /** Format: int32 */
            emojiBytes?: number;
            /** Format: int32 */
            reactionsPerMessage?: number;
            /** Format: int32 */
            mentions?: number;
            /** Format: int32 */
            membersPerCall?: number;
            /** Format: int32 */
            pageDefault?: number;
            /** Format: int32 */
            pageMax?: number;
            /** Format: int32 */
            syncPositions?: number;
            /** Format: int32 */
            deltaBytes?: number;
            /** Format: int32 */
            bodyBytes?: number;
        };
        /** @description Rates, as set for this deployment. */
        PublicRates: {
            /**
             * Format: int32
             * @description Commands a second and user.
             */
            commandsPerSecond: number;
            /**
             * Format: int32
             * @description Commands that may come at once.
             */
            commandBurst: number;
            /** Format: int32 */
            signInsPerMinuteAndAccount: number;
            /** Format: int32 */
            signInsPerMinuteAndAddress: number;
            /** Format: int32 */
            registrationsPerMinuteAndAddress: number;
        };
        /** @description The body of `PUT …/members/{userId}`. */
        PutMember: {
            /** @description Null keeps the present role, or makes a new member a `member`. */
            role?: null | string;
        };
        /** @description All reactions to a message with one emoji. */
        Reaction: {
            emoji: string;
            /** Format: int32 */
            count: number;
            /** @description The first 20 who reacted. */
            userIds: string[];
        };
        /** @description A user's read position in a channel; an entity of `users/{id}/reads`. */
        ReadPosition: {
            /** Format: uuid */
            channelId: string;
            /** Format: int64 */
            seq: number;
            /**
             * Format: int32
             * @description How many messages beyond `seq` mention the user.
             */
            mentions: number;
            /** Format: int64 */
            revision: number;
        };
        /** @description The body of `PUT …/channels/{id}/read`. */
        ReadUpTo: {
            /** Format: int64 */
            seq: number;
            /** @description True lets the position move back. */
            force?: boolean;
        };
        /** @description The answer of `POST /api/v1/realtime/ticket`. */
        RealtimeTicket: {
            ticket: string;
            /**
             * Format: int32
             * @description Seconds.
             */
            expiresIn: number;
        };
        /** @description The body of `POST /api/v1/users`. */
        RegisterUser: {
            /** @description 1 to 64 ASCII letters, digits and `. _ - @ +`; unique without regard to case. */
            username: string;
            /** @description 8 to 128 characters of any kind. */
            password: string;
            /** @description 1 to 100 characters; the user name when absent. */
            displayName?: null | string;
            /** @description For the operator's use only; never public. */
            email?: null | string;
        };
        /** @description The form of `POST /connect/revoke` (RFC 7009). */
        RevocationForm: {
            /** @description An access or refresh token; its whole session ends. */
            token: string;
            /** @description `chatgenius`. */
            client_id: string;
            /** @description `access_token` or `refresh_token`. */
            token_type_hint?: string;
        };
        /** @description The body of `PUT /api/v1/users/{id}/active`, for administrators. */
        SetActive: {
            /** @description False deactivates the account and ends its sessions; true lets it sign in again. */
            active: boolean;
        };
        /** @description The answer of `GET /api/v1/users/me/channels`. */
        SideBar: {
            items: components["schemas"]["SideBarChannel"][];
            next?: null | string;
            /** @description The position in `users/{id}/channels` at which the list was read. */
            feed: components["schemas"]["Position"];
        };
        /** @description A line of a client's side bar. */
        SideBarChannel: {
            channel: components["schemas"]["Channel"];
            membership: components["schemas"]["MyChannel"];
            /** @description The head of the channel's messages feed. */
            head: components["schemas"]["Head"];
            /** Format: int64 */
            lastSeq: number;
            /** Format: int64 */
            unread: number;
            /** Format: int32 */
            mentions: number;
            /** Format: int64 */
            readSeq: number;
        };
        /** @description A public key (RFC 7517). */
        SigningKey: {
            /** @description Which tokens name. */
            kid: string;
            /** @description `RSA`. */
            kty: string;
            /** @description `RS256`. */
            alg: string;
            /** @description `sig`. */
            use: string;
            /** @description The modulus. */
            n: string;
            /** @description The exponent. */
            e: string;
        };
        /** @description The keys that access tokens are signed with: the present ones, the next, and those whose tokens may still be valid. */
        SigningKeys: {
            keys: components["schemas"]["SigningKey"][];
        };
        /** @description What a sync answers. */
        SyncAnswer: {
            /** @description At most one for each feed that moved since the reader's position. */
            deltas: components["schemas"]["Delta"][];
            /** @description Every feed that was neither denied nor failed. */
            heads: components["schemas"]["Head"][];
            /** @description Feeds that the caller may not read. */
            denied: string[];
            /** @description Feeds that could not be read now, or never can. */
            failed: components["schemas"]["FailedFeed"][];
        };
        /** @description Where a client stands in a feed, and how it wants to take what follows. */
        SyncPosition: {
            feed: string;
            /**
             * Format: int64
             * @description Null or 0 asks for a first snapshot.
             */
            epoch?: null | number;
            /**
             * Format: int64
             * @description Null counts as 0.
             */
            revision?: null | number;
            /** @description `live` (default) or `heads`. */
            mode?: null | string;
            /** @description True for a reader that fetches entities itself: the answer is the head alone, then deltas follow. */
            partial?: boolean;
        };
        /** @description The body of `POST /api/v1/sync`. */
        SyncRequest: {
            /** @description At most 500 feeds. */
            positions: components["schemas"]["SyncPosition"][];
        };
        TokenAnswer: {
            access_token: string;
            token_type: string;
            /** Format: int32 */
            expires_in: number;
            refresh_token?: null | string;
            id_token?: null | string;
        };
        TokenForm: {
            grant_type: string;
            client_id: string;
            username?: null | string;
            password?: null | string;
            refresh_token?: null | string;
            scope?: null | string;
        };
        /** @description A public profile; an entity of the `users` feed. */
        User: {
            /** Format: uuid */
            id: string;
            username: string;
            displayName: string;
            /** @description What the user says about being here; empty when nothing was said. */
            statusText: string;
            /** Format: uuid */
            avatarFileId?: null | string;
            /** @description False when the account was deactivated. */
            active: boolean;
            /** Format: int64 */
            revision: number;
            feed?: null | components["schemas"]["Position"];
        };
        UserInfo: {
            /** Format: uuid */
            sub: string;
            preferred_username: string;
            name: string;
        };
        /** @description A page of profiles. */
        UserPage: {
            items: components["schemas"]["User"][];
            /** @description The cursor of the next page; null at the end. */
            next?: null | string;
            /** @description Where the `users` feed stood when the page was read. */
            feed: components["schemas"]["Position"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    GetSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key set. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "kid": "WFMA0HlFilKaXnzEhQ2Z",
                     *           "use": "sig",
                     *           "kty": "RSA",
                     *           "alg": "RS256",
                     *           "n": "nvsuD4UfyhJgYVL9S13SUr0",
                     *           "e": "AQAB"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SigningKeys"];
                };
            };
            /** @description Refused; `error` says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "invalid_grant",
                     *       "error_description": "The user name or the password is wrong."
                     *     }
                     */
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetDiscovery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The discovery document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "issuer": "https://chat.example.org",
                     *       "token_endpoint": "https://chat.example.org/connect/token",
                     *       "revocation_endpoint": "https://chat.example.org/connect/revoke",
                     *       "userinfo_endpoint": "https://chat.example.org/connect/userinfo",
                     *       "jwks_uri": "https://chat.example.org/.well-known/jwks"
                     *     }
                     */
                    "application/json": components["schemas"]["Discovery"];
                };
            };
            /** @description Refused; `error` says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "invalid_grant",
                     *       "error_description": "The user name or the password is wrong."
                     *     }
                     */
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListChannels: {
        parameters: {
            query?: {
                /** @description A part of a name. */
                query?: string;
                /** @description How many items at most: 1 to 200, 50 when absent. */
                limit?: string;
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0199a5a0-7c1e-7000-8000-000000000010",
                     *           "kind": "public",
                     *           "name": "general",
                     *           "topic": "Whatever comes up",
                     *           "archived": false,
                     *           "createdBy": "0199a5a0-7c1e-7000-8000-000000000001",
                     *           "createdAt": "2026-05-04T09:00:00.000Z",
                     *           "memberCount": 2,
                     *           "revision": 4
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfChannel"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    CreateChannel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "general",
                 *       "kind": "public",
                 *       "topic": "Whatever comes up",
                 *       "memberIds": [
                 *         "0199a5a0-7c1e-7000-8000-000000000002"
                 *       ],
                 *       "clientId": "0199a5a0-7c1e-7000-8000-000000000011"
                 *     }
                 */
                "application/json": components["schemas"]["CreateChannel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "channel": {
                     *         "id": "0199a5a0-7c1e-7000-8000-000000000010",
                     *         "kind": "public",
                     *         "name": "general",
                     *         "topic": "Whatever comes up",
                     *         "archived": false,
                     *         "createdBy": "0199a5a0-7c1e-7000-8000-000000000001",
                     *         "createdAt": "2026-05-04T09:00:00.000Z",
                     *         "memberCount": 2,
                     *         "revision": 4
                     *       },
                     *       "members": {
                     *         "epoch": 1,
                     *         "revision": 4
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedChannel"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "channel": {
                     *         "id": "0199a5a0-7c1e-7000-8000-000000000010",
                     *         "kind": "public",
                     *         "name": "general",
                     *         "topic": "Whatever comes up",
                     *         "archived": false,
                     *         "createdBy": "0199a5a0-7c1e-7000-8000-000000000001",
                     *         "createdAt": "2026-05-04T09:00:00.000Z",
                     *         "memberCount": 2,
                     *         "revision": 4
                     *       },
                     *       "members": {
                     *         "epoch": 1,
                     *         "revision": 4
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedChannel"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListMessages: {
        parameters: {
            query?: {
                /** @description Messages before this seq (exclusive). */
                before?: string;
                /** @description Messages after this seq (exclusive). */
                after?: string;
                /** @description Messages around this seq (inclusive). */
                around?: string;
                /** @description The id of a message: its thread. */
                thread?: string;
                /** @description How many items at most: 1 to 200, 50 when absent. */
                limit?: string;
            };
            header?: never;
            path: {
                /** @description A channel's id. */
                channelId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0199a5a0-7c1e-7000-8000-000000000020",
                     *           "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *           "seq": 17,
                     *           "revision": 21,
                     *           "authorId": "0199a5a0-7c1e-7000-8000-000000000001",
                     *           "clientId": "0199a5a0-7c1e-7000-8000-000000000021",
                     *           "text": "Hello, world",
                     *           "threadId": null,
                     *           "replyCount": 0,
                     *           "lastReplyAt": null,
                     *           "mentions": [
                     *             "0199a5a0-7c1e-7000-8000-000000000002"
                     *           ],
                     *           "attachments": [],
                     *           "reactions": [
                     *             {
                     *               "emoji": "👍",
                     *               "count": 1,
                     *               "userIds": [
                     *                 "0199a5a0-7c1e-7000-8000-000000000002"
                     *               ]
                     *             }
                     *           ],
                     *           "pinned": false,
                     *           "createdAt": "2026-05-04T09:30:00.000Z",
                     *           "editedAt": null,
                     *           "deleted": false
                     *         }
                     *       ],
                     *       "mine": {
                     *         "0199a5a0-7c1e-7000-8000-000000000020": [
                     *           "🎉"
                     *         ]
                     *       },
                     *       "feed": {
                     *         "feed": "channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *         "epoch": 1,
                     *         "revision": 21
                     *       },
                     *       "fence": {
                     *         "epoch": 1,
                     *         "revision": 4
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PostMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "clientId": "0199a5a0-7c1e-7000-8000-000000000021",
                 *       "text": "Hello, world",
                 *       "mentions": [
                 *         "0199a5a0-7c1e-7000-8000-000000000002"
                 *       ],
                 *       "members": {
                 *         "epoch": 1,
                 *         "revision": 4
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PostMessage"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000020",
                     *       "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *       "seq": 17,
                     *       "revision": 21,
                     *       "authorId": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "clientId": "0199a5a0-7c1e-7000-8000-000000000021",
                     *       "text": "Hello, world",
                     *       "threadId": null,
                     *       "replyCount": 0,
                     *       "lastReplyAt": null,
                     *       "mentions": [
                     *         "0199a5a0-7c1e-7000-8000-000000000002"
                     *       ],
                     *       "attachments": [],
                     *       "reactions": [
                     *         {
                     *           "emoji": "👍",
                     *           "count": 1,
                     *           "userIds": [
                     *             "0199a5a0-7c1e-7000-8000-000000000002"
                     *           ]
                     *         }
                     *       ],
                     *       "pinned": false,
                     *       "createdAt": "2026-05-04T09:30:00.000Z",
                     *       "editedAt": null,
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000020",
                     *       "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *       "seq": 17,
                     *       "revision": 21,
                     *       "authorId": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "clientId": "0199a5a0-7c1e-7000-8000-000000000021",
                     *       "text": "Hello, world",
                     *       "threadId": null,
                     *       "replyCount": 0,
                     *       "lastReplyAt": null,
                     *       "mentions": [
                     *         "0199a5a0-7c1e-7000-8000-000000000002"
                     *       ],
                     *       "attachments": [],
                     *       "reactions": [
                     *         {
                     *           "emoji": "👍",
                     *           "count": 1,
                     *           "userIds": [
                     *             "0199a5a0-7c1e-7000-8000-000000000002"
                     *           ]
                     *         }
                     *       ],
                     *       "pinned": false,
                     *       "createdAt": "2026-05-04T09:30:00.000Z",
                     *       "editedAt": null,
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channelId: string;
                /** @description A message's id. */
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "item": {
                     *         "id": "0199a5a0-7c1e-7000-8000-000000000020",
                     *         "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *         "seq": 17,
                     *         "revision": 21,
                     *         "authorId": "0199a5a0-7c1e-7000-8000-000000000001",
                     *         "clientId": "0199a5a0-7c1e-7000-8000-000000000021",
                     *         "text": "Hello, world",
                     *         "threadId": null,
                     *         "replyCount": 0,
                     *         "lastReplyAt": null,
                     *         "mentions": [
                     *           "0199a5a0-7c1e-7000-8000-000000000002"
                     *         ],
                     *         "attachments": [],
                     *         "reactions": [
                     *           {
                     *             "emoji": "👍",
                     *             "count": 1,
                     *             "userIds": [
                     *               "0199a5a0-7c1e-7000-8000-000000000002"
                     *             ]
                     *           }
                     *         ],
                     *         "pinned": false,
                     *         "createdAt": "2026-05-04T09:30:00.000Z",
                     *         "editedAt": null,
                     *         "deleted": false
                     *       },
                     *       "mine": [
                     *         "🎉"
                     *       ],
                     *       "feed": {
                     *         "feed": "channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *         "epoch": 1,
                     *         "revision": 21
                     *       },
                     *       "fence": {
                     *         "epoch": 1,
                     *         "revision": 4
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["MessageItem"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeleteMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channelId: string;
                /** @description A message's id. */
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000020",
                     *       "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *       "seq": 17,
                     *       "revision": 21,
                     *       "authorId": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "clientId": "0199a5a0-7c1e-7000-8000-000000000021",
                     *       "text": "Hello, world",
                     *       "threadId": null,
                     *       "replyCount": 0,
                     *       "lastReplyAt": null,
                     *       "mentions": [
                     *         "0199a5a0-7c1e-7000-8000-000000000002"
                     *       ],
                     *       "attachments": [],
                     *       "reactions": [
                     *         {
                     *           "emoji": "👍",
                     *           "count": 1,
                     *           "userIds": [
                     *             "0199a5a0-7c1e-7000-8000-000000000002"
                     *           ]
                     *         }
                     *       ],
                     *       "pinned": false,
                     *       "createdAt": "2026-05-04T09:30:00.000Z",
                     *       "editedAt": null,
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EditMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channelId: string;
                /** @description A message's id. */
                messageId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "Hello, everyone"
                 *     }
                 */
                "application/json": components["schemas"]["EditMessage"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000020",
                     *       "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *       "seq": 17,
                     *       "revision": 21,
                     *       "authorId": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "clientId": "0199a5a0-7c1e-7000-8000-000000000021",
                     *       "text": "Hello, world",
                     *       "threadId": null,
                     *       "replyCount": 0,
                     *       "lastReplyAt": null,
                     *       "mentions": [
                     *         "0199a5a0-7c1e-7000-8000-000000000002"
                     *       ],
                     *       "attachments": [],
                     *       "reactions": [
                     *         {
                     *           "emoji": "👍",
                     *           "count": 1,
                     *           "userIds": [
                     *             "0199a5a0-7c1e-7000-8000-000000000002"
                     *           ]
                     *         }
                     *       ],
                     *       "pinned": false,
                     *       "createdAt": "2026-05-04T09:30:00.000Z",
                     *       "editedAt": null,
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PinMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channelId: string;
                /** @description A message's id. */
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000020",
                     *       "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *       "seq": 17,
                     *       "revision": 21,
                     *       "authorId": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "clientId": "0199a5a0-7c1e-7000-8000-000000000021",
                     *       "text": "Hello, world",
                     *       "threadId": null,
                     *       "replyCount": 0,
                     *       "lastReplyAt": null,
                     *       "mentions": [
                     *         "0199a5a0-7c1e-7000-8000-000000000002"
                     *       ],
                     *       "attachments": [],
                     *       "reactions": [
                     *         {
                     *           "emoji": "👍",
                     *           "count": 1,
                     *           "userIds": [
                     *             "0199a5a0-7c1e-7000-8000-000000000002"
                     *           ]
                     *         }
                     *       ],
                     *       "pinned": false,
                     *       "createdAt": "2026-05-04T09:30:00.000Z",
                     *       "editedAt": null,
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    UnpinMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channelId: string;
                /** @description A message's id. */
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000020",
                     *       "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *       "seq": 17,
                     *       "revision": 21,
                     *       "authorId": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "clientId": "0199a5a0-7c1e-7000-8000-000000000021",
                     *       "text": "Hello, world",
                     *       "threadId": null,
                     *       "replyCount": 0,
                     *       "lastReplyAt": null,
                     *       "mentions": [
                     *         "0199a5a0-7c1e-7000-8000-000000000002"
                     *       ],
                     *       "attachments": [],
                     *       "reactions": [
                     *         {
                     *           "emoji": "👍",
                     *           "count": 1,
                     *           "userIds": [
                     *             "0199a5a0-7c1e-7000-8000-000000000002"
                     *           ]
                     *         }
                     *       ],
                     *       "pinned": false,
                     *       "createdAt": "2026-05-04T09:30:00.000Z",
                     *       "editedAt": null,
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    AddReaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channelId: string;
                /** @description A message's id. */
                messageId: string;
                /** @description The emoji itself, percent-encoded; at most 64 bytes of UTF-8. */
                emoji: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000020",
                     *       "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *       "seq": 17,
                     *       "revision": 21,
                     *       "authorId": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "clientId": "0199a5a0-7c1e-7000-8000-000000000021",
                     *       "text": "Hello, world",
                     *       "threadId": null,
                     *       "replyCount": 0,
                     *       "lastReplyAt": null,
                     *       "mentions": [
                     *         "0199a5a0-7c1e-7000-8000-000000000002"
                     *       ],
                     *       "attachments": [],
                     *       "reactions": [
                     *         {
                     *           "emoji": "👍",
                     *           "count": 1,
                     *           "userIds": [
                     *             "0199a5a0-7c1e-7000-8000-000000000002"
                     *           ]
                     *         }
                     *       ],
                     *       "pinned": false,
                     *       "createdAt": "2026-05-04T09:30:00.000Z",
                     *       "editedAt": null,
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RemoveReaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channelId: string;
                /** @description A message's id. */
                messageId: string;
                /** @description The emoji itself, percent-encoded; at most 64 bytes of UTF-8. */
                emoji: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000020",
                     *       "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *       "seq": 17,
                     *       "revision": 21,
                     *       "authorId": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "clientId": "0199a5a0-7c1e-7000-8000-000000000021",
                     *       "text": "Hello, world",
                     *       "threadId": null,
                     *       "replyCount": 0,
                     *       "lastReplyAt": null,
                     *       "mentions": [
                     *         "0199a5a0-7c1e-7000-8000-000000000002"
                     *       ],
                     *       "attachments": [],
                     *       "reactions": [
                     *         {
                     *           "emoji": "👍",
                     *           "count": 1,
                     *           "userIds": [
                     *             "0199a5a0-7c1e-7000-8000-000000000002"
                     *           ]
                     *         }
                     *       ],
                     *       "pinned": false,
                     *       "createdAt": "2026-05-04T09:30:00.000Z",
                     *       "editedAt": null,
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MoveReadPosition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "seq": 17
                 *     }
                 */
                "application/json": components["schemas"]["ReadUpTo"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *       "seq": 17,
                     *       "mentions": 0,
                     *       "revision": 9
                     *     }
                     */
                    "application/json": components["schemas"]["ReadPosition"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channel: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000010",
                     *       "kind": "public",
                     *       "name": "general",
                     *       "topic": "Whatever comes up",
                     *       "archived": false,
                     *       "createdBy": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "createdAt": "2026-05-04T09:00:00.000Z",
                     *       "memberCount": 2,
                     *       "revision": 4,
                     *       "feed": {
                     *         "feed": "channels/0199a5a0-7c1e-7000-8000-000000000010/members",
                     *         "epoch": 1,
                     *         "revision": 4
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Channel"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ChangeChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channel: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "topic": "Whatever comes up, and lunch"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeChannel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "channel": {
                     *         "id": "0199a5a0-7c1e-7000-8000-000000000010",
                     *         "kind": "public",
                     *         "name": "general",
                     *         "topic": "Whatever comes up",
                     *         "archived": false,
                     *         "createdBy": "0199a5a0-7c1e-7000-8000-000000000001",
                     *         "createdAt": "2026-05-04T09:00:00.000Z",
                     *         "memberCount": 2,
                     *         "revision": 4
                     *       },
                     *       "members": {
                     *         "epoch": 1,
                     *         "revision": 4
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedChannel"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListMembers: {
        parameters: {
            query?: {
                /** @description How many items at most: 1 to 200, 50 when absent. */
                limit?: string;
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description A channel's id. */
                channel: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *           "userId": "0199a5a0-7c1e-7000-8000-000000000002",
                     *           "role": "member",
                     *           "joinedAt": "2026-05-04T09:10:00.000Z",
                     *           "left": false,
                     *           "revision": 4
                     *         }
                     *       ],
                     *       "next": null,
                     *       "feed": {
                     *         "feed": "channels/0199a5a0-7c1e-7000-8000-000000000010/members",
                     *         "epoch": 1,
                     *         "revision": 4
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["MembersPage"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    PutMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channel: string;
                /** @description A user's id, or `me`. */
                user: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "role": "moderator"
                 *     }
                 */
                "application/json": components["schemas"]["PutMember"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "membership": {
                     *         "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *         "userId": "0199a5a0-7c1e-7000-8000-000000000002",
                     *         "role": "member",
                     *         "joinedAt": "2026-05-04T09:10:00.000Z",
                     *         "left": false,
                     *         "revision": 4
                     *       },
                     *       "members": {
                     *         "epoch": 1,
                     *         "revision": 4
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedMembership"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RemoveMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A channel's id. */
                channel: string;
                /** @description A user's id, or `me`. */
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "membership": {
                     *         "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *         "userId": "0199a5a0-7c1e-7000-8000-000000000002",
                     *         "role": "member",
                     *         "joinedAt": "2026-05-04T09:10:00.000Z",
                     *         "left": false,
                     *         "revision": 4
                     *       },
                     *       "members": {
                     *         "epoch": 1,
                     *         "revision": 4
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedMembership"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicConfig"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListErrors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfErrorCode"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MakeTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ticket": "q0Wm2Xb7c3d1yqGmWcVvTq1rQmV2sJ8u4ZcX5oZbN1E",
                     *       "expiresIn": 30
                     *     }
                     */
                    "application/json": components["schemas"]["RealtimeTicket"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SyncFeeds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "positions": [
                 *         {
                 *           "feed": "channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                 *           "epoch": 1,
                 *           "revision": 20,
                 *           "mode": "live"
                 *         },
                 *         {
                 *           "feed": "users/0199a5a0-7c1e-7000-8000-000000000001/reads",
                 *           "epoch": 0,
                 *           "revision": 0
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SyncRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deltas": [
                     *         {
                     *           "feed": "channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *           "epoch": 1,
                     *           "from": 20,
                     *           "to": 21,
                     *           "reset": false,
                     *           "floor": null,
                     *           "more": false,
                     *           "fence": {
                     *             "epoch": 1,
                     *             "revision": 4
                     *           },
                     *           "items": [
                     *             {
                     *               "id": "0199a5a0-7c1e-7000-8000-000000000020",
                     *               "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *               "seq": 17,
                     *               "revision": 21,
                     *               "authorId": "0199a5a0-7c1e-7000-8000-000000000001",
                     *               "clientId": "0199a5a0-7c1e-7000-8000-000000000021",
                     *               "text": "Hello, world",
                     *               "threadId": null,
                     *               "replyCount": 0,
                     *               "lastReplyAt": null,
                     *               "mentions": [
                     *                 "0199a5a0-7c1e-7000-8000-000000000002"
                     *               ],
                     *               "attachments": [],
                     *               "reactions": [
                     *                 {
                     *                   "emoji": "👍",
                     *                   "count": 1,
                     *                   "userIds": [
                     *                     "0199a5a0-7c1e-7000-8000-000000000002"
                     *                   ]
                     *                 }
                     *               ],
                     *               "pinned": false,
                     *               "createdAt": "2026-05-04T09:30:00.000Z",
                     *               "editedAt": null,
                     *               "deleted": false
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "heads": [
                     *         {
                     *           "feed": "channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *           "epoch": 1,
                     *           "revision": 21,
                     *           "lastSeq": 17
                     *         },
                     *         {
                     *           "feed": "users/0199a5a0-7c1e-7000-8000-000000000001/reads",
                     *           "epoch": 1,
                     *           "revision": 0
                     *         }
                     *       ],
                     *       "denied": [],
                     *       "failed": []
                     *     }
                     */
                    "application/json": components["schemas"]["SyncAnswer"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListUsers: {
        parameters: {
            query?: {
                /** @description User ids, repeated or separated by commas, at most 200. */
                ids?: string[];
                /** @description A part of a name. */
                query?: string;
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string;
                /** @description How many items at most: 1 to 200, 50 when absent. */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0199a5a0-7c1e-7000-8000-000000000001",
                     *           "username": "ada",
                     *           "displayName": "Ada Lovelace",
                     *           "statusText": "",
                     *           "avatarFileId": null,
                     *           "active": true,
                     *           "revision": 1
                     *         }
                     *       ],
                     *       "next": null,
                     *       "feed": {
                     *         "feed": "users",
                     *         "epoch": 1,
                     *         "revision": 2
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RegisterUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "ada",
                 *       "password": "correct horse battery",
                 *       "displayName": "Ada Lovelace"
                 *     }
                 */
                "application/json": components["schemas"]["RegisterUser"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "username": "ada",
                     *       "displayName": "Ada Lovelace",
                     *       "statusText": "",
                     *       "avatarFileId": null,
                     *       "active": true,
                     *       "revision": 1
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ChangeProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "displayName": "Ada L.",
                 *       "statusText": "On a train"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeProfile"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "username": "ada",
                     *       "displayName": "Ada Lovelace",
                     *       "statusText": "",
                     *       "avatarFileId": null,
                     *       "active": true,
                     *       "revision": 1
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ListMyChannels: {
        parameters: {
            query?: {
                /** @description How many items at most: 1 to 200, 50 when absent. */
                limit?: string;
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "channel": {
                     *             "id": "0199a5a0-7c1e-7000-8000-000000000010",
                     *             "kind": "public",
                     *             "name": "general",
                     *             "topic": "Whatever comes up",
                     *             "archived": false,
                     *             "createdBy": "0199a5a0-7c1e-7000-8000-000000000001",
                     *             "createdAt": "2026-05-04T09:00:00.000Z",
                     *             "memberCount": 2,
                     *             "revision": 4
                     *           },
                     *           "membership": {
                     *             "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *             "role": "owner",
                     *             "starred": false,
                     *             "muted": false,
                     *             "hidden": false,
                     *             "notify": "all",
                     *             "left": false,
                     *             "revision": 3
                     *           },
                     *           "head": {
                     *             "feed": "channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *             "epoch": 1,
                     *             "revision": 21,
                     *             "lastSeq": 17
                     *           },
                     *           "lastSeq": 17,
                     *           "unread": 2,
                     *           "mentions": 1,
                     *           "readSeq": 15
                     *         }
                     *       ],
                     *       "next": null,
                     *       "feed": {
                     *         "feed": "users/0199a5a0-7c1e-7000-8000-000000000001/channels",
                     *         "epoch": 1,
                     *         "revision": 3
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SideBar"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A user's id, or `me`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "username": "ada",
                     *       "displayName": "Ada Lovelace",
                     *       "statusText": "",
                     *       "avatarFileId": null,
                     *       "active": true,
                     *       "revision": 1
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SetUserActive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A user's id, or `me`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "active": false
                 *     }
                 */
                "application/json": components["schemas"]["SetActive"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "username": "ada",
                     *       "displayName": "Ada Lovelace",
                     *       "statusText": "",
                     *       "avatarFileId": null,
                     *       "active": true,
                     *       "revision": 1
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ChangeMyChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A user's id, or `me`. */
                user: string;
                /** @description A channel's id. */
                channel: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "starred": true,
                 *       "notify": "mentions"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeMyChannel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "channelId": "0199a5a0-7c1e-7000-8000-000000000010",
                     *       "role": "owner",
                     *       "starred": false,
                     *       "muted": false,
                     *       "hidden": false,
                     *       "notify": "all",
                     *       "left": false,
                     *       "revision": 3
                     *     }
                     */
                    "application/json": components["schemas"]["MyChannel"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    RevokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "eyJhbGciOiJSU0EtT0FFUCJ9.cmVmcmVzaA",
                 *       "client_id": "chatgenius",
                 *       "token_type_hint": "refresh_token"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["RevocationForm"];
            };
        };
        responses: {
            /** @description The session has ended, or the token was of none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; `error` says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "invalid_grant",
                     *       "error_description": "The user name or the password is wrong."
                     *     }
                     */
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "grant_type": "password",
                 *       "client_id": "chatgenius",
                 *       "username": "ada",
                 *       "password": "correct horse battery",
                 *       "scope": "openid offline_access"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["TokenForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIifQ.c2ln",
                     *       "token_type": "Bearer",
                     *       "expires_in": 900,
                     *       "refresh_token": "eyJhbGciOiJSU0EtT0FFUCJ9.cmVmcmVzaA"
                     *     }
                     */
                    "application/json": components["schemas"]["TokenAnswer"];
                };
            };
            /** @description Refused; `error` says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "invalid_grant",
                     *       "error_description": "The user name or the password is wrong."
                     *     }
                     */
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    GetUserInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sub": "0199a5a0-7c1e-7000-8000-000000000001",
                     *       "preferred_username": "ada",
                     *       "name": "Ada Lovelace"
                     *     }
                     */
                    "application/json": components["schemas"]["UserInfo"];
                };
            };
            /** @description Refused; the code says why. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Failed or away; `Retry-After` says when to come back. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/api/v1/errors#not_a_member",
                     *       "title": "You are not a member of this channel.",
                     *       "status": 403,
                     *       "detail": "Join it, or ask to be invited.",
                     *       "instance": "/api/v1/channels/0199a5a0-7c1e-7000-8000-000000000010/messages",
                     *       "code": "not_a_member",
                     *       "traceId": "622c8f2b94a11eab9583588e8cae073e"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
