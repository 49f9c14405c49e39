// Writes the dashboards: `node ops/observe/dashboards.mjs [folder]`. What is shown is said here once; the JSON beside it is made of it, and a test says when it is not.
// Every metric stands before braces, so that the test can look for it and its labels in what the processes really tell.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rate = (metric, labels = '') => `rate(${metric}{${labels}}[$__rate_interval])`;
const by = (label, inner) => `sum by (${label}) (${inner})`;
const quantile = (q, metric, label) => `histogram_quantile(${q}, sum by (${label ? `le, ${label}` : 'le'}) (${rate(`${metric}_bucket`)}))`;
const quantiles = (metric) => [[quantile(0.5, metric), 'half'], [quantile(0.99, metric), '99 %']];

// The objectives, as shares of what was bad in a window.
const late = (window) => `1 - sum(rate(chatgenius_delivery_duration_seconds_bucket{le=~"1|1.0"}[${window}])) / sum(rate(chatgenius_delivery_duration_seconds_count{}[${window}]))`;
const failed = (window) =>
  `(sum(rate(http_server_request_duration_seconds_count{job="chatgenius-gateway",http_response_status_code=~"5.."}[${window}])) or vector(0)) / sum(rate(http_server_request_duration_seconds_count{job="chatgenius-gateway"}[${window}]))`;
const unsynced = (window) => `(sum(rate(chatgenius_sync_feeds_total{outcome="failed"}[${window}])) or vector(0)) / sum(rate(chatgenius_sync_feeds_total{}[${window}]))`;

const good = { mode: 'absolute', steps: [{ color: 'green', value: null }] };
const limits = (...steps) => ({ mode: 'absolute', steps: steps.map(([color, value]) => ({ color, value })) });
const stat = (title, expr, unit, description, thresholds = good) => ({ kind: 'stat', title, queries: [[expr, '']], unit, description, thresholds, width: 4, height: 4 });
const graph = (title, queries, unit, description) => ({ kind: 'timeseries', title, queries, unit, description, thresholds: good, width: 8, height: 8 });

const dashboards = {
  healthy: ['Is chat healthy?', [
    stat('Delivered within 1 s', `1 - (${late('1h')})`, 'percentunit', 'Objective: 99 % of deliveries reach a connection within a second of the commit. Over the last hour.', limits(['red', null], ['orange', 0.98], ['green', 0.99])),
    stat('Requests answered', `1 - (${failed('1h')})`, 'percentunit', 'Objective: 99.9 % of requests are not answered with 5xx. Over the last hour.', limits(['red', null], ['orange', 0.998], ['green', 0.999])),
    stat('Feeds synced', `1 - (${unsynced('1h')})`, 'percentunit', 'Objective: 99.9 % of the feeds that clients sync are answered. Over the last hour.', limits(['red', null], ['orange', 0.998], ['green', 0.999])),
    stat('Parts ready', 'min(chatgenius_part_ready{})', 'none', '1 when the bus, the cache, the databases and all followers of every process are ready.', limits(['red', null], ['green', 1])),
    stat('People connected', 'sum(chatgenius_connections{state!="closed"})', 'none', 'Connections of the hub.'),
    stat('Behind', 'max(chatgenius_feed_lag{})', 'none', 'Revisions by which the worst follower was behind its owner at its last tick.', limits(['green', null], ['orange', 1000], ['red', 10000])),
    graph('How fast the error budgets burn (1 = just used up)', [[`(${late('5m')}) / 0.01`, 'delivery, 5 min'], [`(${late('1h')}) / 0.01`, 'delivery, 1 h'], [`(${failed('5m')}) / 0.001`, 'requests, 5 min'], [`(${failed('1h')}) / 0.001`, 'requests, 1 h'], [`(${unsynced('1h')}) / 0.001`, 'syncs, 1 h']], 'none', 'Above 14 for an hour, a month of budget is gone in two days.'),
    graph('From commit to socket', quantiles('chatgenius_delivery_duration_seconds'), 's', 'As the instances measure it.'),
    graph('Requests', [[by('http_response_status_code', rate('http_server_request_duration_seconds_count', 'job="chatgenius-gateway"')), '{{http_response_status_code}}']], 'reqps', 'At the gateway, by status.'),
    graph('Connections', [[by('state', 'chatgenius_connections{}'), '{{state}}']], 'none', 'By state.'),
    graph('Closed connections', [[by('code', rate('chatgenius_connections_closed_total')), '{{code}}']], 'cps', 'By close code; none: lost.'),
    graph('Found by a tick', [[by('service', rate('chatgenius_feed_tails_repaired_total')), '{{service}}']], 'cps', 'Feeds that bus or backplane did not tell of. Above zero for long: they lose much, and delivery is late.'),
  ]],
  delivery: ['Delivery', [
    graph('From commit to socket', [[quantile(0.99, 'chatgenius_delivery_duration_seconds', 'transport'), '99 %, {{transport}}'], [quantile(0.5, 'chatgenius_delivery_duration_seconds', 'transport'), 'half, {{transport}}']], 's', 'By transport. What a tick repaired is not in it.'),
    graph('From sending to seeing, as clients report', quantiles('chatgenius_client_post_duration_seconds'), 's', 'The author sees the message in its channel.'),
    graph('Commits', [[quantile(0.99, 'chatgenius_messages_commit_duration_seconds'), '99 % of durations']], 's', 'Transactions of the messages service.'),
    graph('Commands in a commit', [[quantile(0.5, 'chatgenius_messages_commit_size'), 'half'], [quantile(0.99, 'chatgenius_messages_commit_size'), '99 %']], 'none', 'Grows with the load; at 128 it is full.'),
    graph('Waiting', [['sum(chatgenius_messages_commit_queue{})', 'commands for a commit'], ['sum(chatgenius_feed_deltas_unsent{})', 'deltas for the bus'], ['sum(chatgenius_connection_queue_total{})', 'deltas for connections'], ['max(chatgenius_connection_queue_longest{})', 'of them, for one connection']], 'none', 'Where it piles up, it is slow.'),
    graph('Waiting for connections', [['sum(chatgenius_connection_queue_size_bytes{})', 'bytes']], 'bytes', 'Bounded by connections times ChatGenius__Realtime__QueueBytes.'),
    graph('Overflows', [[by('transport', rate('chatgenius_connection_overflows_total')), '{{transport}}']], 'cps', 'Connections that were told to sync since too much waited for them.'),
    graph('Behind the owner', [['max by (service, owner) (chatgenius_feed_lag{})', '{{service}} behind {{owner}}']], 'none', 'Revisions, at the last tick.'),
    graph('Gaps', [[by('service', rate('chatgenius_feed_gaps_total')), 'at {{service}}'], [`sum(${rate('chatgenius_client_gaps_total')})`, 'at clients']], 'cps', 'A delta came before the one that it follows.'),
    graph('Lost and found', [[by('service', rate('chatgenius_feed_deltas_lost_total')), 'not published by {{service}}'], [by('service', rate('chatgenius_feed_tails_repaired_total')), 'found by {{service}}'], [by('service', rate('chatgenius_feed_compare_failures_total')), 'not compared by {{service}}']], 'cps', 'What was not told is found at the next tick.'),
    graph('Waits for memberships', [[quantile(0.99, 'chatgenius_fence_wait_duration_seconds', 'service'), '99 %, {{service}}']], 's', 'Content and commands that waited for newer memberships.'),
    graph('What syncs were told', [[by('outcome', rate('chatgenius_sync_feeds_total')), '{{outcome}}']], 'cps', 'Feeds, by outcome: first, continued, reset, head, denied, failed.'),
    graph('Size of resumes', [[quantile(0.5, 'chatgenius_sync_items', 'outcome'), 'half, {{outcome}}'], [quantile(0.99, 'chatgenius_sync_items', 'outcome'), '99 %, {{outcome}}']], 'none', 'Entities for each feed.'),
    graph('Who answers syncs', [[`sum(${rate('chatgenius_realtime_feed_served_total')})`, 'the instance itself'], [`sum(${rate('chatgenius_realtime_feed_reads_total')})`, 'read from owners'], [`sum(${rate('chatgenius_feed_pulls_total')})`, 'pulled, all followers']], 'cps', 'A storm of resumes is answered by the instances.'),
  ]],
  connections: ['Connections and networks', [
    graph('Connections', [[by('transport, state', 'chatgenius_connections{}'), '{{transport}}, {{state}}']], 'none', 'By transport and state.'),
    graph('Opened', [[by('transport', rate('chatgenius_connections_opened_total')), '{{transport}}']], 'cps', 'What is not webSockets fell back.'),
    graph('Closed', [[by('code', rate('chatgenius_connections_closed_total')), '{{code}}']], 'cps', '4001 expired, 4002 session ended, 4003 stalled, 4004 draining, 4005 too many, 4006 protocol error, none: lost.'),
    graph('How long they last', [[quantile(0.5, 'chatgenius_connection_duration_seconds', 'code'), 'half, {{code}}']], 's', 'Lost after the same time again and again: something in between cuts them.'),
    graph('Steps', [[by('from, to', rate('chatgenius_connection_moves_total')), '{{from}} to {{to}}']], 'cps', 'From state to state.'),
    graph('Reconnects, as clients report', [[by('cause', rate('chatgenius_client_reconnects_total')), '{{cause}}']], 'cps', 'By what ended the connection before.'),
    graph('Away, as clients report', quantiles('chatgenius_client_away_duration_seconds'), 's', 'At a reconnect.'),
    graph('Fall-backs, as clients report', [[by('client, reason', rate('chatgenius_client_fallbacks_total')), '{{client}}: {{reason}}']], 'cps', 'noUpgrade: a proxy does not let WebSockets through.'),
    graph('Round trip, as clients report', [[quantile(0.5, 'chatgenius_client_round_trip_duration_seconds', 'transport'), 'half, {{transport}}'], [quantile(0.99, 'chatgenius_client_round_trip_duration_seconds', 'transport'), '99 %, {{transport}}']], 's', 'Of calls of the hub.'),
    graph('Reports', [[by('client, transport', rate('chatgenius_client_reports_total')), '{{client}}, {{transport}}']], 'cps', 'Who reports at all.'),
    graph('Tokens', [[by('event', rate('chatgenius_token_events_total')), '{{event}}']], 'cps', 'Issued, renewed, swapped, tickets, sessions that ended.'),
    graph('Refused tokens', [[by('event, code', rate('chatgenius_token_events_total', 'event=~"refused|not_issued"')), '{{event}}: {{code}}']], 'cps', 'token_expired that stays high: clients do not renew.'),
  ]],
  services: ['Services', [
    graph('Requests', [[by('job', rate('http_server_request_duration_seconds_count')), '{{job}}']], 'reqps', 'By process.'),
    graph('Failed requests', [[by('job', rate('http_server_request_duration_seconds_count', 'http_response_status_code=~"5.."')), '{{job}}']], 'reqps', '5xx.'),
    graph('Duration, 99 %', [[quantile(0.99, 'http_server_request_duration_seconds', 'job'), '{{job}}']], 's', 'Of requests; connections of the hub last as long as they last.'),
    graph('Slowest routes, 99 %', [[`topk(10, ${quantile(0.99, 'http_server_request_duration_seconds', 'job, http_route')})`, '{{job}} {{http_route}}']], 's', 'The ten slowest.'),
    graph('Calls between services, 99 %', [[quantile(0.99, 'http_client_request_duration_seconds', 'job'), '{{job}}']], 's', 'Pulls, heads, keys, tickets.'),
    graph('Processor', [[by('job', rate('dotnet_process_cpu_time_seconds_total')), '{{job}}']], 'none', 'Cores in use.'),
    graph('Memory', [[by('job', 'dotnet_process_memory_working_set_bytes{}'), '{{job}}']], 'bytes', 'Working set.'),
    graph('Managed heap', [[by('job', 'dotnet_gc_last_collection_heap_size_bytes{}'), '{{job}}']], 'bytes', 'After the last collection.'),
    graph('Pauses', [[by('job', rate('dotnet_gc_pause_time_seconds_total')), '{{job}}']], 's', 'Seconds of each second that the collector stopped everything.'),
    graph('Exceptions', [[by('job', rate('dotnet_exceptions_total')), '{{job}}']], 'cps', 'Thrown, handled or not.'),
    graph('Parts', [['min by (job, part) (chatgenius_part_ready{})', '{{job}}: {{part}}']], 'none', '0: waited for.'),
  ]],
  parts: ['Broker, cache, database', [
    graph('Bus', [['min by (job) (chatgenius_part_ready{part="bus"})', '{{job}}']], 'none', '1: connected to RabbitMQ.'),
    graph('Backplane', [['min by (instance) (chatgenius_part_ready{part="backplane"})', '{{instance}}']], 'none', '1: connected to Redis.'),
    graph('Databases', [['min by (job) (chatgenius_part_ready{part="database"})', '{{job}}']], 'none', '1: opened, migrated.'),
    graph('Not told', [[by('service', rate('chatgenius_feed_deltas_lost_total')), 'not published by {{service}}'], [by('service', rate('chatgenius_feed_tails_repaired_total')), 'found by {{service}}']], 'cps', 'What the bus or the backplane lost.'),
    graph('On the bus, 99 %', [['histogram_quantile(0.99, sum by (le, job) (rate(messaging_masstransit_delivery_duration_milliseconds_bucket{}[$__rate_interval])))', 'delivered to {{job}}'], ['histogram_quantile(0.99, sum by (le, job) (rate(messaging_masstransit_consume_duration_milliseconds_bucket{}[$__rate_interval])))', 'consumed by {{job}}']], 'ms', 'From publishing to consuming, and consuming.'),
    graph('Statements, 99 %', [[quantile(0.99, 'db_client_operation_duration_seconds', 'job'), '{{job}}']], 's', 'PostgreSQL.'),
    graph('Statements', [[by('job', rate('db_client_operation_duration_seconds_count')), '{{job}}']], 'ops', 'PostgreSQL.'),
    graph('Database connections', [[by('job, db_client_connection_state', 'db_client_connection_count{}'), '{{job}}, {{db_client_connection_state}}'], ['max by (job) (db_client_connection_max{})', '{{job}}, at most']], 'none', 'Of each process.'),
    graph('Database traffic', [[by('job', rate('db_client_operation_npgsql_bytes_written_bytes_total')), 'written by {{job}}'], [by('job', rate('db_client_operation_npgsql_bytes_read_bytes_total')), 'read by {{job}}']], 'Bps', 'PostgreSQL.'),
    graph('Statements that failed', [[by('job', rate('db_client_operation_failed_total')), '{{job}}']], 'cps', 'PostgreSQL.'),
    graph('Waits for memberships', [[quantile(0.99, 'chatgenius_fence_wait_duration_seconds', 'service'), '99 %, {{service}}']], 's', 'Long: the channels service or the bus is slow.'),
  ]],
};

const datasource = { type: 'prometheus', uid: 'prometheus' };

function placed(panels) {
  let [x, y, row] = [0, 0, 0];
  return panels.map((panel, i) => {
    if (x + panel.width > 24) [x, y, row] = [0, y + row, 0];
    const at = { x, y, w: panel.width, h: panel.height };
    [x, row] = [x + panel.width, Math.max(row, panel.height)];
    return {
      id: i + 1, type: panel.kind, title: panel.title, description: panel.description, gridPos: at, datasource,
      fieldConfig: { defaults: { unit: panel.unit, thresholds: panel.thresholds, ...(panel.kind === 'timeseries' ? { min: 0, custom: { fillOpacity: 8, showPoints: 'never' } } : {}) }, overrides: [] },
      options: panel.kind === 'stat' ? { colorMode: 'background', reduceOptions: { calcs: ['lastNotNull'] } } : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
      targets: panel.queries.map(([expr, legendFormat], n) => ({ refId: String.fromCharCode(65 + n), datasource, expr, legendFormat })),
    };
  });
}

const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), 'dashboards');
mkdirSync(folder, { recursive: true });
for (const [name, [title, panels]] of Object.entries(dashboards)) {
  const links = [{ type: 'dashboards', tags: ['chatgenius'], title: 'ChatGenius', asDropdown: true }];
  const dashboard = { uid: `chatgenius-${name}`, title, tags: ['chatgenius'], schemaVersion: 39, timezone: 'browser', refresh: '10s', time: { from: 'now-1h', to: 'now' }, links, panels: placed(panels) };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(dashboard, null, 1)}\n`);
}
