import type {Alert, NotifierState} from '../../src/core/alerts/alert.js';
import type {Evidence, EvidenceProcess, TimelineEntry, TimelineKind} from '../../src/core/alerts/incident.js';
import type {Severity} from '../../src/core/alerts/severity.js';
import {safe, safeBytes, safeText} from '../../src/core/safe.js';
import type {Snapshot} from '../../src/core/snapshot.js';
import {aSnapshot} from './scene.js';
import {fewChecks, machineWithServices, withChecks} from './scene-checks.js';

const {at: now} = aSnapshot();
const [mib, gib] = [2 ** 20, 2 ** 30];
const [minute, hour] = [60_000, 3_600_000];

/** UTF-8 as one character a byte. */
const raw = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

type Parts = Partial<Omit<Alert, 'title' | 'text' | 'of'>> & {readonly text?: string; readonly of?: string};

/** A critical alert that has been firing for two minutes and that nobody was told of, but for what is said of it. */
export function anAlert(incident: string, title: string, {text = '96.2%, above 95%', of, ...parts}: Parts = {}): Alert {
	const since = parts.since ?? now - 134_000;
	return {
		incident,
		title: safeBytes(raw(title)),
		of: safeText(of ?? parts.series ?? 'check'),
		phase: 'firing',
		severity: 'critical',
		isStale: false,
		isFlapping: false,
		since,
		...(parts.phase !== 'pending' && {firedAt: since + 1000}),
		text: safeText(text),
		told: {sent: 0, waiting: 0, refused: 0},
		timeline: [],
		...parts,
	};
}

const entry = (ago: number, kind: TimelineKind, text: string, severity?: Severity): TimelineEntry => ({
	at: now - ago,
	kind,
	text: safeText(text),
	...(severity && {severity}),
});

const process = (
	pid: number,
	name: string,
	user: string,
	cpuPercent: number,
	memoryBytes: number,
): EvidenceProcess => ({
	pid,
	name: safeBytes(raw(name)),
	user: safeText(user),
	cpuPercent,
	memoryBytes,
});

const busy = [
	process(987, 'mariadbd', 'mysql', 64, 3.2 * gib),
	process(1234, 'php-fpm', 'www-data', 31.9, 210 * mib),
	process(812, 'nginx', 'www-data', 15.9, 62 * mib),
	process(4_104_221, 'evil \x1b]0;owned\x07', 'root', 1.2, 12 * mib),
	process(77, '日本語サーバー', 'shop', 0.4, 1.1 * gib),
];

/** A value that rises through both levels, with a stretch in the middle of which nothing is known. */
const rising = Array.from({length: 60}, (_, index) =>
	index >= 20 && index < 24 ? null : Math.min(97, 62 + index * 0.6 + (index % 7)),
);

function anEvidence(at: number, parts: Partial<Evidence> = {}): Evidence {
	return {at, byCpu: busy, byMemory: busy.toSorted((a, b) => b.memoryBytes - a.memoryBytes), ...parts};
}

const conditions = [
	{text: safeText('[CONNECTED] (false) == true'), status: 'critical' as const},
	{text: safeText('[RESPONSE_TIME] < 500'), status: 'ok' as const},
];

const refused = 'refused on 127.0.0.1:3306';

/** A check that has failed, and of which everything is known. */
const ordersDb = anAlert('k3f9', 'orders-db', {
	check: 'orders-db',
	text: refused,
	told: {sent: 2, waiting: 0, refused: 0},
	runbook: safeText('https://wiki.example.com/runbooks/orders-db#refused'),
	timeline: [
		entry(134_000, 'began', refused, 'critical'),
		entry(133_000, 'fired', refused, 'critical'),
		entry(132_000, 'queued', 'ops: ops@example.com'),
		entry(131_000, 'sent', 'ops: ops@example.com'),
		entry(130_000, 'sent', 'pager: +49 170 0000000'),
	],
	evidence: anEvidence(now - 133_000, {
		check: {
			type: safe`mysql`,
			text: safe``,
			reason: safeText(refused),
			ms: 0.4,
			stages: [
				{name: 'name', ms: 0.1},
				{name: 'connect', ms: 0.3},
			],
			conditions,
		},
	}),
});

/** A rule on a series, with the hour before. */
const disk = anAlert('p0d2', 'Disk nearly full /', {
	series: 'disk.used:/',
	of: 'disk.used:/',
	severity: 'warning',
	text: '94.1%, above 85%',
	since: now - 26 * hour,
	told: {sent: 1, waiting: 1, refused: 0},
	mute: 'acknowledged',
	timeline: [
		entry(26 * hour, 'began', '85.2%, above 85%'),
		entry(26 * hour - 5 * minute, 'fired', '85.4%, above 85%', 'warning'),
		entry(26 * hour - 6 * minute, 'sent', 'ops: ops@example.com'),
		entry(minute, 'queued', 'ops: ops@example.com'),
	],
	evidence: anEvidence(now - 26 * hour + 5 * minute, {
		hour: {
			from: now - 27 * hour,
			to: now - 26 * hour,
			unit: 'percent',
			values: rising,
			warning: 85,
			critical: 95,
		},
	}),
});

const memory = anAlert('m7xq', 'Memory nearly used up', {
	series: 'memory.used',
	text: '96.3%, above 95%',
	since: now - 5 * minute,
	told: {sent: 0, waiting: 3, refused: 0},
	timeline: [
		entry(5 * minute, 'began', '91.0%, above 90%', 'warning'),
		entry(4 * minute, 'fired', '91.4%, above 90%', 'warning'),
		entry(2 * minute, 'raised', '96.3%, above 95%', 'critical'),
		entry(2 * minute, 'queued', 'ops: ops@example.com'),
	],
	evidence: anEvidence(now - 4 * minute, {
		hour: {from: now - 64 * minute, to: now - 4 * minute, unit: 'percent', values: rising, warning: 90, critical: 95},
	}),
});

/** As SCREENS has them: what fires, and what was over. */
export const fewAlerts: readonly Alert[] = [
	ordersDb,
	disk,
	anAlert('c1aa', 'CPU busy for long', {
		series: 'cpu.used',
		severity: 'warning',
		text: '97.0%, above 90%',
		since: now - 3 * hour,
		phase: 'resolved',
		endedAt: now - 2 * hour,
		told: {sent: 2, waiting: 0, refused: 0},
	}),
];

/** One in every state there is, and names and texts that people have been bitten by. */
export const someAlerts: readonly Alert[] = [
	ordersDb,
	memory,
	anAlert('h0st', 'evil \x1b]0;owned\x07 \u202egpj.exe', {
		check: 'evil',
		text: `\x1b[2Jtoo long: ${'word '.repeat(60)}`,
		since: now - 99 * 24 * hour,
		told: {sent: 0, waiting: 0, refused: 2},
		timeline: [entry(99 * 24 * hour, 'refused', 'ops: 550 5.1.1 \x1b[31mno such user')],
	}),
	anAlert('fl4p', 'shop', {
		check: 'shop',
		text: '[STATUS] (503) == 200',
		isFlapping: true,
		mute: 'flapping',
		told: {sent: 3, waiting: 0, refused: 0},
	}),
	disk,
	anAlert('st1e', 'Temperature high coretemp/Package id 0', {
		series: 'temperature:coretemp/Package id 0',
		severity: 'warning',
		text: '91 °C, above 90 °C',
		isStale: true,
		since: now - 40 * minute,
		mute: 'maintenance',
	}),
	anAlert('h3ld', 'orders-report', {check: 'orders-report', text: 'exit 2: cannot connect', mute: 'held'}),
	anAlert('s1ln', '日本語サービス', {
		check: '日本語サービス',
		text: '応答なし: 5 秒以内に応答がありませんでした',
		severity: 'warning',
		mute: 'silenced',
	}),
	anAlert('inf0', 'Unit failed', {series: 'unit.failed', severity: 'info', text: '1, above 0', since: now - 7 * hour}),
	anAlert('rec0', 'Swap nearly used up', {
		series: 'swap.used',
		severity: 'warning',
		phase: 'recovering',
		text: '41.0%, below 60%',
	}),
	anAlert('pe4d', 'CPU busy for long', {
		series: 'cpu.used',
		severity: 'warning',
		phase: 'pending',
		text: '97.0%, above 90%',
		since: now - 42_000,
	}),
	anAlert('0ver', 'Inodes nearly used up /srv', {
		series: 'disk.inodes_used:/srv',
		phase: 'resolved',
		text: '12%',
		since: now - 3 * hour,
		endedAt: now - 2 * hour,
		told: {sent: 2, waiting: 0, refused: 0},
		timeline: [
			entry(3 * hour, 'began', '95%, above 95%'),
			entry(3 * hour - 1000, 'fired', '95%, above 95%', 'critical'),
			entry(2 * hour, 'resolved', '12%'),
		],
	}),
	anAlert('0ld1', 'backup', {
		check: 'backup',
		phase: 'resolved',
		text: 'exit 0',
		since: now - 23 * hour,
		endedAt: now - 22 * hour - 59 * minute,
	}),
];

/** Every state that a way to tell people can be in. */
export const someNotifiers: readonly NotifierState[] = [
	{name: safe`hook`, state: 'well', waiting: 0},
	{
		name: safe`ops`,
		state: 'waiting',
		waiting: 3,
		reason: safeText('refused on mail.example.com:587'),
		retryAt: now + 40_000,
	},
	{name: safe`pager`, state: 'broken', waiting: 12, reason: safeText('password not accepted for bot')},
];

export const oneNotifier: readonly NotifierState[] = [{name: safe`ops`, state: 'well', waiting: 0}];

/** A machine with services of which one has failed, and with alerts. */
export function machineWithAlerts(
	alerts: readonly Alert[] = fewAlerts,
	notifiers: readonly NotifierState[] = oneNotifier,
): Snapshot {
	return {...machineWithServices(fewChecks), alerts, notifiers};
}

/** The machine of hostile names, with all kinds of alerts. */
export function withAlerts(
	snapshot: Snapshot = withChecks(aSnapshot()),
	alerts: readonly Alert[] = someAlerts,
	notifiers: readonly NotifierState[] = someNotifiers,
): Snapshot {
	return {...snapshot, alerts, notifiers};
}

/** So many that fire. */
export function manyAlerts(count: number): readonly Alert[] {
	return Array.from({length: count}, (_, index) => anAlert(`i${index}`, `alert-${index + 1}`));
}
