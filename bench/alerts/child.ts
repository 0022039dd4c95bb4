import {setTimeout as sleep} from 'node:timers/promises';
import {type AlertBook, emptyAlertBook, withEntry} from '../../src/core/alerts/alert-book.js';
import {alertDefaults} from '../../src/core/alerts/alert-settings.js';
import {safe} from '../../src/core/safe.js';
import {Alerts} from '../../src/engine/alerts.js';
import type {PlannedNotifier} from '../../src/engine/planned-notifier.js';
import {Scheduler} from '../../src/engine/scheduler.js';
import {LiveStore} from '../../src/engine/store.js';
import {handClock} from '../../test/helpers/hand-clock.js';
import {firing, pending, rules, seriesAt} from './load.js';

/**
 * A loop that makes new values of every series, a tick after another, and looks at them or not; prints the CPU time of each tick, ms.
 *
 *   child.mjs TICKS GAP_MS alerts|nothing
 */
const [ticks = '600', gap = '0', what = 'alerts'] = process.argv.slice(2);

/** Code is compiled meanwhile, and what fires has fired. */
const warmUp = 100;

const clock = handClock();
const scheduler = new Scheduler(clock);
const notifier: PlannedNotifier = {
	id: 'ops',
	name: safe`ops`,
	recipients: ['ops@example.com'],
	timeout: 60_000,
	minimum: 'warning',
	hide: text => text,
	key: 'ops',
	notify: async () => ({kind: 'accepted', response: safe`250 ok`}),
};
const alerts = new Alerts(
	{rules, checks: [], notifiers: [notifier], alerts: alertDefaults, every: 1000},
	{clock, scheduler, store: new LiveStore(), host: safe`web-01`, isRemote: () => false},
);
let book: AlertBook = emptyAlertBook;
alerts.begin({
	book,
	async keep(entry) {
		book = withEntry(book, entry);
	},
	onChange: () => {},
	onDelivery: () => {},
	onUnkept: () => {},
});

const tables = {filesystems: [], devices: [], interfaces: [], checks: [], processes: []};
const times: number[] = [];
let rows: readonly {readonly phase: string}[] = [];
let names = 0;

for (let tick = 0; tick < warmUp + Number(ticks); tick++) {
	clock.pass(1000);
	await sleep(Number(gap));
	const before = process.cpuUsage();
	const series = seriesAt(tick);
	names = series.size;

	if (what === 'alerts') {
		rows = alerts.look({...tables, series}).alerts;
		// What comes of it is part of it: the book, and who is told.
		await Promise.resolve();
	}

	const {user, system} = process.cpuUsage(before);

	if (tick >= warmUp) {
		times.push((user + system) / 1000);
	}
}

const counted = (phase: string) => rows.filter(row => row.phase === phase).length;
const loads = {series: names, rules: rules.length, pending: counted('pending'), firing: counted('firing')};

if (what === 'alerts' && (loads.firing !== firing || loads.pending !== pending)) {
	throw new Error(`another load than was meant: ${JSON.stringify(loads)}`);
}

console.log(JSON.stringify({times, ...loads}));
