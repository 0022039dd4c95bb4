import type {CheckStatus} from '../../src/core/check.js';
import {safeBytes, safeText} from '../../src/core/safe.js';
import type {Check, CheckResult, HardStatus, Snapshot} from '../../src/core/snapshot.js';
import {aSnapshot, everydaySnapshot} from './scene.js';

const {at: now} = aSnapshot();
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

/** UTF-8 as one character a byte. */
const raw = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

type Parts = Partial<Omit<Check, 'name' | 'type' | 'result'>> & {readonly result?: Partial<CheckResult> | undefined};

/** A check that is well, has been for an hour and is known for a day, but for what is said of it. */
export function aCheck(name: string, type: string, {result, ...parts}: Parts = {}): Check {
	const check = raw(name);
	return {
		check,
		name: safeBytes(check),
		type: safeText(type),
		status: 'ok',
		since: now - hour,
		...('result' in parts || result === undefined ? {} : {result: aResult(result)}),
		dueAt: now + 7000,
		uptime: {percent: 100, ms: day},
		recent: 'o'.repeat(60),
		changes: [],
		...parts,
	};
}

function aResult(parts: Partial<CheckResult>): CheckResult {
	return {
		status: 'ok',
		at: now - 3000,
		text: safeText('200'),
		stages: [],
		conditions: [],
		facts: [],
		...parts,
	};
}

/** Failed with a reason, as the last result and as the hard state. */
function failed(status: Exclude<CheckStatus, 'ok'>, reason: string, text = ''): Pick<Parts, 'status' | 'result'> {
	return {status, result: {status, reason: safeText(reason), text: safeText(text)}};
}

const change = (ago: number, status: HardStatus, reason?: string) => ({
	at: now - ago,
	status,
	...(reason !== undefined && {reason: safeText(reason)}),
});

const facts = (entries: Readonly<Record<string, string>>) =>
	Object.entries(entries).map(([label, value]) => ({label: safeText(label), value: safeText(value)}));

const met = (text: string, status: CheckStatus = 'ok') => ({text: safeText(text), status});

const ordersDb = aCheck('orders-db', 'mysql', {
	...failed('critical', 'refused on 127.0.0.1:3306'),
	since: now - 134_000,
	uptime: {percent: 99.8456, ms: day},
	recent: `${'o'.repeat(30)}ccc`,
	changes: [
		change(134_000, 'critical', 'refused on 127.0.0.1:3306'),
		change(2 * day, 'ok'),
		change(2 * day + 5 * minute, 'critical', 'password not accepted for monitor'),
		change(9 * day, 'ok'),
		change(400 * day, 'unknown', 'no file descriptor left'),
	],
});

const shop = aCheck('shop', 'http', {
	uptime: {percent: 99.98, ms: day},
	since: now - 12 * day,
	recent: `${'o'.repeat(40)}cwuo${'o'.repeat(6)}`,
	changes: [change(12 * day, 'ok'), change(12 * day + 40_000, 'critical', 'no answer in 5 s: connected, then silent')],
	result: {
		ms: 42.3,
		stages: [
			{name: 'name', ms: 0.31},
			{name: 'connect', ms: 0.42},
			{name: 'tls', ms: 11.9},
			{name: 'first byte', ms: 40.2},
			{name: 'whole', ms: 42.3},
		],
		conditions: [met('[STATUS] == 200'), met('[RESPONSE_TIME] < 500'), met('[BODY].status == ok')],
		certificate: {
			subject: safeText('shop.example.com'),
			issuer: safeText("R11, Let's Encrypt"),
			validFrom: now - 49 * day,
			validTo: now + 41 * day + 3 * hour,
		},
		facts: facts({address: '192.0.2.80:443', server: 'nginx', protocol: 'HTTP/1.1', 'body size': '12.4 KiB'}),
	},
});

const nginx = aCheck('nginx', 'process', {
	uptime: {percent: 99.999_99, ms: 6 * hour + 59 * minute},
	result: {
		text: safeText('4 running  0.3%  62 MiB'),
		facts: facts({oldest: 'pid 812, 12d 3h', user: 'www-data'}),
	},
});

const mailCert = aCheck('mail-cert', 'certificate', {
	result: {
		text: safeText('41 days'),
		ms: 23,
		stages: [
			{name: 'connect', ms: 0.4},
			{name: 'tls', ms: 21.4},
		],
	},
});

const backup: Check = (() => {
	const {uptime: _, ...rest} = aCheck('backup', 'command', {status: 'waiting', recent: '', dueAt: now + 45 * minute});
	return rest;
})();

/** As SCREENS shows them: five services of a machine, one of which has failed. */
export const fewChecks: readonly Check[] = [shop, nginx, backup, mailCert, ordersDb];

/** One in every state there is, and names and texts that people have been bitten by. */
export const someChecks: readonly Check[] = [
	...fewChecks,
	aCheck('api', 'http', {
		attempt: {count: 2, of: 3},
		recent: `${'o'.repeat(20)}cc`,
		result: {status: 'critical', reason: safeText('[STATUS] (503) == 200'), text: safeText('503'), ms: 12},
	}),
	aCheck('search', 'http', {
		...failed('warning', '[RESPONSE_TIME] (812) < 500', '200'),
		since: now - 26 * hour,
		changes: [change(26 * hour, 'warning', '[RESPONSE_TIME] (812) < 500')],
	}),
	aCheck('mailer', 'tcp', {...failed('unknown', 'not asked: no file descriptor left'), recent: 'ooouuu'}),
	aCheck('orders-report', 'command', {
		...failed('critical', 'exit 2: cannot connect'),
		blockedBy: safeText('orders-db'),
		since: now - 120_000,
	}),
	aCheck('cache', 'tcp', {
		status: 'critical',
		attempt: {count: 1, of: 2},
		since: now - 3 * minute,
		recent: 'ooocccco',
		changes: [change(3 * minute, 'critical', 'no answer in 5 s')],
		result: {text: safeText('+PONG'), ms: 0.4},
	}),
	aCheck('日本語サービス', 'systemd', {result: {text: safeText('active (running)')}}),
	aCheck('evil \x1b]0;owned\x07 name', 'file', {
		...failed('critical', '\u202egpj.exe is \x1b[2Jtoo long: '.padEnd(300, 'x ')),
		since: now - 99 * day,
	}),
];

/** Series that checks leave behind. */
function seriesOf(checks: readonly Check[]): readonly (readonly [string, number])[] {
	return checks.flatMap(({check, result}) =>
		result && result.status !== 'unknown'
			? [
					[`check.up:${check}`, result.status === 'critical' ? 0 : 1] as const,
					...(result.ms === undefined || result.reason ? [] : [[`check.time:${check}`, result.ms] as const]),
				]
			: [],
	);
}

/** A snapshot with these checks, and their series. */
export function withChecks({series, ...rest}: Snapshot, checks: readonly Check[] = someChecks): Snapshot {
	return {...rest, checks, series: new Map([...series, ...seriesOf(checks)])};
}

/** The everyday machine, with services. */
export function machineWithServices(checks: readonly Check[] = fewChecks): Snapshot {
	return withChecks(everydaySnapshot(), checks);
}

/** So many that are well. */
export function manyChecks(count: number): readonly Check[] {
	return Array.from({length: count}, (_, index) => aCheck(`service-${index + 1}`, 'tcp', {result: {ms: 1 + index}}));
}
