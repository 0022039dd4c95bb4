import type {Ask, CheckContext, CheckFact, Finding} from '../core/check.js';
import {codeOf, messageOf} from '../core/errors.js';
import {bytesShort} from '../core/format.js';
import {type Safe, safe, safeBytes, safeText} from '../core/safe.js';
import {asking} from './attempt.js';
import {Failed} from './failed.js';
import type {SystemdOptions} from './systemd.js';
import {parseUnit, type UnitProperties, unitProperties, unitState} from './systemd-state.js';
import {timeoutText} from './timeout-text.js';

/** Present where systemd is what started the machine (sd_booted(3)). */
const booted = '/run/systemd/system';

const hasSuffix = /\.(?:service|socket|target|device|mount|automount|swap|timer|path|slice|scope)$/;

/** Asks systemctl how the unit is. */
export function askSystemd({unit, user}: SystemdOptions): Ask {
	const name = hasSuffix.test(unit) ? unit : `${unit}.service`;
	let restartsBefore: number | undefined;
	return context =>
		asking(context, async attempt => {
			attempt.begin();
			const properties = parseUnit(await shown(name, user, context));

			if (properties.ActiveState === '') {
				throw unknown(safe`systemctl says nothing of ${safeText(name)}`);
			}

			const [restarts, memory] = [countOf(properties.NRestarts), countOf(properties.MemoryCurrent)];
			const {text, finding} = unitState(properties, safeText(name));
			const findings = [finding ?? [], restarted(restarts, restartsBefore)].flat();
			restartsBefore = restarts;
			return {
				text,
				findings,
				values: {BODY: JSON.stringify(decoded(properties))},
				measures: {...(restarts !== undefined && {restarts}), ...(memory !== undefined && {memory})},
				facts: factsOf(properties, restarts, memory),
			};
		});
}

/** What systemctl prints of a unit. @throws {Failed} */
async function shown(name: string, isUsers: boolean, {host, signal, timeout}: CheckContext): Promise<string> {
	const command = [
		'systemctl',
		...(isUsers ? ['--user'] : []),
		'show',
		'--property',
		unitProperties.join(','),
		'--',
		name,
	];

	try {
		if (!isUsers) {
			host.list(booted);
		}

		// The only thing by which the user's manager is found.
		return await host.run(command, signal, isUsers ? {XDG_RUNTIME_DIR: `/run/user/${process.getuid?.()}`} : {});
	} catch (error) {
		if (signal.aborted) {
			const reason = timeoutText(safe`systemd does not answer`, timeout);
			throw new Failed({status: 'unknown', reason, isTimeout: true});
		}

		if (codeOf(error) === 'ENOENT') {
			throw unknown(safe`no systemd on this machine`);
		}

		if (codeOf(error) !== undefined) {
			throw error;
		}

		throw unknown(safe`systemctl could not ask: ${safeBytes(messageOf(error))}`);
	}
}

function unknown(reason: Safe): Failed {
	return new Failed({status: 'unknown', reason});
}

/** What is not known is `[not set]`, or all bits of 64. */
function countOf(text: string): number | undefined {
	return /^\d{1,18}$/.test(text) ? Number(text) : undefined;
}

function restarted(now: number | undefined, before: number | undefined): readonly Finding[] {
	const times = (now ?? 0) - (before ?? now ?? 0);

	if (times <= 0) {
		return [];
	}

	const often = times === 1 ? safe`once` : safe`${times} times`;
	return [{status: 'warning', reason: safe`restarted ${often} since the last look`}];
}

function decoded(properties: UnitProperties): Record<string, string> {
	return Object.fromEntries(
		Object.entries(properties).map(([name, value]) => [name, Buffer.from(value, 'latin1').toString()]),
	);
}

function factsOf(unit: UnitProperties, restarts: number | undefined, memory: number | undefined): readonly CheckFact[] {
	const since = unit.ActiveState === 'active' ? unit.ActiveEnterTimestamp : unit.InactiveEnterTimestamp;
	const rows: [label: Safe, value: Safe][] = [
		[safe`description`, safeBytes(unit.Description)],
		[safe`since`, safeBytes(since)],
		[safe`main PID`, unit.MainPID === '0' ? safe`` : safeBytes(unit.MainPID)],
		[safe`restarts`, restarts === undefined ? safe`` : safe`${restarts}`],
		[safe`memory`, memory === undefined ? safe`` : bytesShort(memory)],
	];
	return rows.filter(([, value]) => value !== '').map(([label, value]) => ({label, value}));
}
