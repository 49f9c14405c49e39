// Made of the published contract by npm run contract.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Why and how the server closes a connection. */
        ConnectionClosing: {
            /**
             * Format: int32
             * @description One of `CloseCode`.
             */
            code: number;
            reason: string;
            /** @description May the client come back? */
            reconnect: boolean;
            /**
             * Format: int32
             * @description Milliseconds to wait before coming back.
             */
            retryAfterMs: number;
        };
        /** @description What a client saw of its connection since its last report; every field may be absent. */
        ConnectionQuality: {
            /**
             * Format: double
             * @description Milliseconds.
             */
            roundTripMs?: null | number;
            /** Format: int32 */
            reconnects?: null | number;
            /** @description What made the connection drop, by cause. */
            causes?: null | {
                [key: string]: number;
            };
            /** Format: int32 */
            gaps?: null | number;
            /** @description `webSockets`, `serverSentEvents` or `longPolling`. */
            transport?: null | string;
            /** @description Which client this is: `dotnet`, `typescript`, or another's own name. */
            client?: null | string;
            /** @description For each of the reconnects, milliseconds from the loss until the client was back. */
            awayMs?: null | number[];
            /** @description For some of the messages sent, milliseconds from sending until the message came back with its channel. */
            postMs?: null | number[];
            /** @description Connections that were opened by another transport than WebSockets, by reason: `noUpgrade` (it was tried) or `chosen`. */
            fallbacks?: null | {
                [key: string]: number;
            };
        };
        /** @description The one thing that is ever said about a feed: these are all the entities whose last change lies in (From, To]; a reader that stood at From stands at To after applying it. Immutable; at most 256 KB as JSON. */
        Delta: {
            /** @description The feed's name. */
            feed: string;
            /**
             * Format: int64
             * @description The epoch in which `from` and `to` count.
             */
            epoch: number;
            /**
             * Format: int64
             * @description The revision (exclusive) from which the delta speaks; 0 in a reset.
             */
            from: number;
            /**
             * Format: int64
             * @description The revision (inclusive) to which the delta speaks.
             */
            to: number;
            /** @description True when the reader drops what it holds and starts from `items`. */
            reset: boolean;
            /**
             * Format: int64
             * @description Only in a reset of a messages feed: the seq from which the reader holds everything; 1 means the whole channel.
             */
            floor: null | number;
            /** @description True when more lies beyond `to`: ask again from there. */
            more: boolean;
            /** @description Only on messages feeds: the members position under which the content was read or accepted. */
            fence: null | components["schemas"]["Fence"];
            /** @description Full entities in revision order. Each is a JSON object with a `revision`. */
            items: (components["schemas"]["Message"] | components["schemas"]["FeedChannel"] | components["schemas"]["FeedMembership"] | components["schemas"]["MyChannel"] | components["schemas"]["ReadPosition"] | components["schemas"]["User"])[];
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
            retryAfterMs: null | number;
        };
        /** @description A channel; an entity of its members feed (there with `type: "channel"`). */
        FeedChannel: {
            /** @constant */
            type: "channel";
            /** Format: uuid */
            id: string;
            /**
             * @description One of `ChannelKind`.
             * @enum {string}
             */
            kind: "public" | "private" | "direct";
            /** @description Empty for a direct channel. */
            name: string;
            topic: string;
            archived: boolean;
            /** Format: uuid */
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: int32 */
            memberCount: number;
            /** Format: int64 */
            revision: number;
            /** @description Only where one channel is fetched: where its members feed stood then. */
            feed?: components["schemas"]["Position"];
        };
        /** @description A user's membership of a channel; an entity of the members feed (there with `type: "member"`). */
        FeedMembership: {
            /** @constant */
            type: "member";
            /** Format: uuid */
            channelId: string;
            /** Format: uuid */
            userId: string;
            /**
             * @description One of `MemberRole`.
             * @enum {string}
             */
            role: "owner" | "moderator" | "member";
            /** Format: date-time */
            joinedAt: string;
            /** @description True for the tombstone of a membership. */
            left: boolean;
            /** Format: int64 */
            revision: number;
        };
        /** @description A place in a channel's members feed, without its name: what fences content. */
        Fence: {
            /**
             * Format: int64
             * @description The owner database's epoch; 0 means that the reader holds nothing yet.
             */
            epoch: number;
            /**
             * Format: int64
             * @description The feed revision; 0 within an epoch is the position in an empty feed.
             */
            revision: number;
        };
        /** @description The head of a feed as its owner sees it. */
        Head: {
            /** @description The feed's name, as built by `FeedName`. */
            feed: string;
            /**
             * Format: int64
             * @description The owner database's epoch; 0 means that the reader holds nothing yet.
             */
            epoch: number;
            /**
             * Format: int64
             * @description The revision of the last change; 0 for a feed in which nothing happened yet.
             */
            revision: number;
            /**
             * Format: int64
             * @description Only on messages feeds: the seq of the last message, 0 when there is none.
             */
            lastSeq?: number;
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
            text: null | string;
            /**
             * Format: uuid
             * @description The message whose thread this one answers in; null outside threads.
             */
            threadId: null | string;
            /** Format: int32 */
            replyCount: number;
            /** Format: date-time */
            lastReplyAt: null | string;
            mentions: string[];
            attachments: unknown[];
            reactions: components["schemas"]["Reaction"][];
            pinned: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            editedAt: null | string;
            deleted: boolean;
        };
        /** @description A user's own view of a membership; an entity of `users/{id}/channels`. */
        MyChannel: {
            /** Format: uuid */
            channelId: string;
            /**
             * @description One of `MemberRole`.
             * @enum {string}
             */
            role: "owner" | "moderator" | "member";
            starred: boolean;
            muted: boolean;
            hidden: boolean;
            /**
             * @description One of `NotifyWhen`.
             * @enum {string}
             */
            notify: "all" | "mentions" | "none";
            left: boolean;
            /** Format: int64 */
            revision: number;
        };
        /** @description Where a reader stands in a feed: it holds every entity last changed at or below `revision`. */
        Position: {
            /** @description The feed's name, as built by `FeedName`. */
            feed: string;
            /**
             * Format: int64
             * @description The owner database's epoch; 0 means that the reader holds nothing yet.
             */
            epoch: number;
            /**
             * Format: int64
             * @description The feed revision; 0 within an epoch is the position in an empty feed.
             */
            revision: number;
        };
        /** @description A user's presence. */
        PresenceSeen: {
            /** Format: uuid */
            userId: string;
            /**
             * @description One of `PresenceState`.
             * @enum {string}
             */
            state: "active" | "away" | "offline";
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
            /** @description The feed's name, as built by `FeedName`. */
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
        /** @description The connection's token ends soon. */
        TokenExpiring: {
            /** Format: date-time */
            at: string;
        };
        /** @description The answer to a renewed token. */
        TokenRenewed: {
            /** Format: date-time */
            expiresAt: string;
        };
        /** @description Somebody writes in a channel. */
        TypingSeen: {
            /** Format: uuid */
            channelId: string;
            /** Format: uuid */
            userId: string;
            /**
             * Format: date-time
             * @description When to stop showing it, unless it is said again.
             */
            until: string;
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
            avatarFileId: null | string;
            /** @description False when the account was deactivated. */
            active: boolean;
            /** Format: int64 */
            revision: number;
            /** @description Only where one profile is fetched: where the `users` feed stood then. */
            feed?: components["schemas"]["Position"];
        };
        HubEvents: {
            Delta: components["schemas"]["Delta"];
            Heads: components["schemas"]["Head"][];
            Behind: string[];
            Dropped: string[];
            Typing: components["schemas"]["TypingSeen"];
            Presence: components["schemas"]["PresenceSeen"][];
            Expiring: components["schemas"]["TokenExpiring"];
            Closing: components["schemas"]["ConnectionClosing"];
        };
        HubArguments: {
            Sync: components["schemas"]["SyncPosition"][];
            Unwatch: string[];
            /** Format: uuid */
            Typing: string;
            SetPresence: string;
            WatchPresence: string[];
            Renew: string;
            Report: components["schemas"]["ConnectionQuality"];
        };
        HubResults: {
            Sync: components["schemas"]["SyncAnswer"];
            Renew: components["schemas"]["TokenRenewed"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
