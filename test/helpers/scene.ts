import type {Facts} from '../../src/core/facts.js';
import {pastSnapshot} from '../../src/core/past-snapshot.js';
import {type Safe, safeBytes, safeText} from '../../src/core/safe.js';
import type {Filesystem, Process, Snapshot} from '../../src/core/snapshot.js';
import {bindings} from '../../src/ui/keys-table.js';
import type {PanelName} from '../../src/ui/panel-name.js';
import type {WatchedProcess} from '../../src/ui/process-watch.js';
import type {Scene} from '../../src/ui/scene.js';
import {Styles} from '../../src/ui/screen/styles.js';
import {lookOf, palettes, type Symbols, unicode} from '../../src/ui/theme.js';
import {Timeline} from '../../src/ui/timeline.js';
import {initialView, type ViewState} from '../../src/ui/view-state.js';
import {aHistory} from './scene-history.js';
import {listeners} from './scene-listeners.js';
import {sceneSeries as series} from './scene-series.js';

const [mib, gib] = [2 ** 20, 2 ** 30];

/** The moment of the scene: 2026-11-22 03:14:51 UTC. */
const sceneAt = Date.UTC(2026, 10, 22, 3, 14, 51);

export const allPanels: readonly PanelName[] = ['cpu', 'memory', 'disk', 'network', 'processes'];

function mount(path: string, type: string, totalGib: number, usedPercent: number, isReadOnly = false): Filesystem {
	const used = totalGib * gib * (usedPercent / 100);
	const inodes = {total: 1000, used: 40, free: 960, usedPercent: 4};
	const usage = {
		totalBytes: totalGib * gib,
		usedBytes: used,
		freeBytes: totalGib * gib - used,
		usedPercent,
		...(type !== 'vfat' && {inodes}),
	};
	return {
		mount: path,
		name: safeBytes(path),
		device: safeText(`/dev/${type}`),
		type: safeText(type),
		options: [isReadOnly ? safeText('ro') : safeText('rw'), safeText('relatime')],
		isReadOnly,
		isImage: type === 'squashfs',
		usage,
	};
}

const filesystems: readonly Filesystem[] = [
	mount('/', 'ext4', 49, 93.6),
	mount('/boot', 'vfat', 0.5, 12),
	mount('/data', 'xfs', 887, 31),
	mount('/snap/core20/2318', 'squashfs', 0.06, 100, true),
	{
		mount: '/mnt/backup',
		name: safeText('/mnt/backup'),
		device: safeText('nas:/backup'),
		type: safeText('nfs4'),
		options: [safeText('rw')],
		isReadOnly: false,
		isImage: false,
		stuckSince: sceneAt - 75_000,
		problem: safeText('stuck since 03:13:36'),
	},
];

/** Command lines that people have been bitten by, and some of everyday. */
const commands: readonly (string | undefined)[] = [
	'php-fpm: pool shop',
	'/usr/sbin/mariadbd --basedir=/usr --datadir=/var/lib/mysql --plugin-dir=/usr/lib/mysql/plugin --user=mysql',
	'sshd: deploy [priv]',
	undefined,
	'evil \x1b]0;owned\x07\x1b[2J name',
	'/opt/日本語/サーバー --設定=/etc/日本語.conf --冗長 --ポート=8080 --データ=/var/lib/日本語',
	'gpj\u202eexe',
	'cafe\u0301 🦀🚀 \u200bhidden',
	'tab\there\nnewline',
	'caf\xe9 latin1',
	'',
];

/** Command lines of a machine that nobody plays tricks on. */
const everyday: readonly string[] = [
	'/usr/sbin/mariadbd --basedir=/usr',
	'php-fpm: pool shop',
	'nginx: worker process',
	'node /srv/shop/server.js',
	'/usr/lib/postgresql/17/bin/postgres',
	'sshd: deploy [priv]',
	'/usr/bin/redis-server 127.0.0.1:6379',
	'/usr/sbin/rsyslogd -n -iNONE',
	'/usr/sbin/cron -f -P',
	'/sbin/init',
];

/** The same moment of the same machine, as README shows it. */
export function everydaySnapshot(): Snapshot {
	const users = ['mysql', 'www-data', 'www-data', 'shop', 'postgres', 'root', 'redis', 'root', 'root', 'root'];
	const {processes, filesystems, ...rest} = aSnapshot();
	return {
		...rest,
		problems: [],
		filesystems: filesystems.filter(({usage}) => usage),
		processes: processes.map((process, index) => ({
			...process,
			pid: [987, 1234, 812, 1044, 1101, 2071, 655, 702, 611, 1][index] ?? process.pid,
			user: safeText(users[index] ?? 'root'),
			command: safeText(everyday[index] ?? 'sleep'),
		})),
	};
}

function row(index: number): Process {
	const command = commands[index % commands.length];
	const bytes = command === undefined ? undefined : Buffer.from(command, 'utf8').toString('latin1');
	const cpu = index === 40 ? undefined : Math.max(0, 64 / 2 ** index - 0.05);
	return {
		pid: 100 + index * 97 + (index === 7 ? 4_100_000 : 0),
		startTicks: 1000 + index,
		parent: 1,
		state: ['S', 'R', 'D', 'I', 'Z'][index % 5] ?? 'S',
		name: safeText(command === undefined ? 'kworker/0:1' : `name${index}`),
		command: bytes === undefined || bytes === '' ? undefined : safeBytes(bytes),
		user: [safeText('www-data'), safeText('root'), safeText('a-rather-long-user'), undefined][index % 4] as
			| Safe
			| undefined,
		cpuPercent: cpu,
		cpuSmoothed: cpu ?? 0,
		memoryBytes: (((index + 3) * 7919) % 4096) * mib,
		threads: 1 + ((index * 31) % 130),
		startedAt: sceneAt - index * 5 * 3_600_000,
		disk: ['denied' as const, {read: 0, written: 0}, {read: 1_234_000, written: 88_000}, undefined][index % 4],
		openFiles: index * 3,
	};
}

/** What the screen looks at: the machine web-01, one moment of it. */
export function aSnapshot(changes: Partial<Snapshot> = {}): Snapshot {
	return {
		at: sceneAt,
		sequence: 200,
		host: safeText('web-01'),
		intervalMs: 1000,
		cores: 4,
		series: new Map(Object.entries(series)),
		filesystems,
		checks: [],
		alerts: [],
		notifiers: [],
		devices: [
			{
				device: 'vda',
				name: safeText('vda'),
				isPhysical: true,
				readBytesPerSecond: 2_100_000,
				writtenBytesPerSecond: 9_400_000,
				readsPerSecond: 31,
				writesPerSecond: 1204.5,
				latencyMs: 0.8,
				busyPercent: 37,
			},
			{
				device: 'dm-0',
				name: safeText('dm-0'),
				isPhysical: false,
				readBytesPerSecond: 0,
				writtenBytesPerSecond: 9_400_000,
				busyPercent: 97,
			},
		],
		interfaces: [
			{
				interface: 'eth0',
				name: safeText('eth0'),
				receivedBytes: 1_000_000_000,
				sentBytes: 20_000_000,
				receivedBytesPerSecond: 1_200_000,
				sentBytesPerSecond: 310_000,
				receivedPacketsPerSecond: 1450,
				sentPacketsPerSecond: 612.4,
				errorsPerSecond: 0.2,
				dropsPerSecond: 0,
				addresses: ['192.0.2.17/24', '2001:db8:0:1:5054:ff:fe12:3456/64', 'fe80::5054:ff:fe12:3456/64'].map(safeText),
			},
			{
				interface: 'wlp0s20f3',
				name: safeText('wlp0s20f3'),
				receivedBytes: 1_000_000_000,
				sentBytes: 20_000_000,
				receivedBytesPerSecond: 0,
				sentBytesPerSecond: 0,
				errorsPerSecond: 0,
				addresses: [],
			},
			{
				interface: 'lo',
				name: safeText('lo'),
				receivedBytes: 1_000_000_000,
				sentBytes: 20_000_000,
				receivedBytesPerSecond: 4200,
				sentBytesPerSecond: 4200,
				errorsPerSecond: 0,
				addresses: ['127.0.0.1/8', '::1/128'].map(safeText),
			},
		],
		processes: Array.from({length: 42}, (_, index) => row(index)),
		listeners,
		problems: [{area: 'filesystem', source: safeText('/mnt/backup'), reason: safeText('stuck since 03:13:36')}],
		...changes,
	};
}

/** What there is right after the start: one reading, so that nothing has a rate or a share yet. */
export function firstSnapshot(): Snapshot {
	const known = Object.entries(series).filter(
		([name]) => !/^(?:cpu|core|self\.cpu|temperature|swap\.(?:in|out)|tcp\.(?:re|listen_))/.test(name),
	);
	const {listeners: _, ...rest} = aSnapshot();
	return {
		...rest,
		sequence: 1,
		intervalMs: 0,
		series: new Map(known),
		filesystems: [],
		problems: [],
		devices: [{device: 'vda', name: safeText('vda'), isPhysical: true}],
		interfaces: [{interface: 'eth0', name: safeText('eth0'), receivedBytes: 0, sentBytes: 0}],
		processes: Array.from({length: 42}, (_, index) => ({
			...row(index),
			cpuPercent: undefined,
			cpuSmoothed: 0,
			disk: undefined,
		})),
	};
}

export type SceneChanges = {
	readonly snapshot?: Snapshot;
	readonly view?: Partial<ViewState>;
	readonly symbols?: Symbols;
	readonly styles?: Styles;
	readonly facts?: Facts;
	readonly watched?: WatchedProcess;
	readonly forbidden?: Safe;
};

/** The whole scene as painters get it. */
export function aScene({
	snapshot = aSnapshot(),
	view = {},
	symbols = unicode,
	styles = new Styles('true'),
	facts,
	watched,
	forbidden,
}: SceneChanges = {}): Scene {
	const all = {...initialView(allPanels), ...view};
	const history = aHistory(snapshot);
	return {
		snapshot: all.time.past ? pastSnapshot(snapshot, history, all.time.past.at) : snapshot,
		newest: snapshot.at,
		alerts: snapshot.alerts,
		standing: {role: 'own', others: 0},
		timeline: new Timeline(history, all.time, snapshot.at),
		view: all,
		look: lookOf(palettes.dark, styles),
		symbols,
		bindings,
		facts,
		watched,
		forbidden,
		filter: {text: '', before: undefined, query: undefined, problem: undefined},
	};
}
