import type {Finding} from '../core/check.js';
import {type Safe, safe, safeBytes} from '../core/safe.js';

/** Properties of a unit as `systemctl show` prints them (org.freedesktop.systemd1(5)), one character a byte. What it has not is ''. */
export type UnitProperties = Readonly<Record<(typeof unitProperties)[number], string>>;

/** What is asked of a unit. */
export const unitProperties = [
	'Id',
	'Description',
	'LoadState',
	'ActiveState',
	'SubState',
	'Result',
	'Type',
	'RemainAfterExit',
	'NRestarts',
	'MemoryCurrent',
	'MainPID',
	'ExecMainStatus',
	'ActiveEnterTimestamp',
	'InactiveEnterTimestamp',
	'TriggeredBy',
] as const;

/** Rows `Name=value`. */
export function parseUnit(text: string): UnitProperties {
	const rows = new Map(
		text.split('\n').map(line => {
			const equals = line.indexOf('=');
			return [line.slice(0, equals), line.slice(equals + 1)];
		}),
	);
	return Object.fromEntries(unitProperties.map(name => [name, rows.get(name) ?? ''])) as UnitProperties;
}

export type UnitState = {readonly text: Safe; readonly finding?: Finding};

/** What the state of a unit means. `name` is what it was asked for by. */
export function unitState(unit: UnitProperties, name: Safe): UnitState {
	const state = safe`${safeBytes(unit.ActiveState)} (${safeBytes(unit.SubState)})`;
	const load = safeBytes(unit.LoadState);
	const because = unit.Result === '' || unit.Result === 'success' ? safe`` : safe`: ${resultText(unit)}`;

	switch (unit.ActiveState) {
		case 'active':
		case 'reloading':
		case 'refreshing':
			return load === 'loaded' ? {text: state} : warning(state, safe`${state}, but its file is ${load}`);
	}

	if (load !== 'loaded') {
		return critical(load, loadProblem(load, name));
	}

	switch (unit.ActiveState) {
		case 'failed':
			return critical(safe`failed`, safe`failed${because}`);
		case 'activating':
			// What does its work and ends is at work.
			return unit.Type === 'oneshot' && unit.SubState.startsWith('start')
				? {text: state}
				: warning(state, safe`${state}${because}`);
		case 'inactive':
			return inactive(unit, state);
		default:
			return warning(state, state);
	}
}

/**
 * What runs now and then is inactive most of the time: a oneshot that does not stay (RemainAfterExit), and what a timer or a path starts.
 * What a socket starts is not: its service has either been stopped or never been used, and nothing tells which. systemd forgets when a unit ran as
 * soon as nobody refers to it.
 */
function inactive(unit: UnitProperties, state: Safe): UnitState {
	const isNowAndThen =
		(unit.Type === 'oneshot' && unit.RemainAfterExit !== 'yes') || /\.(?:timer|path)(?: |$)/.test(unit.TriggeredBy);
	const since = safeBytes(unit.InactiveEnterTimestamp);

	if (isNowAndThen && unit.Result === 'success') {
		return {text: since ? safe`ran, success` : state};
	}

	return critical(state, since ? safe`${state} since ${since}` : state);
}

function loadProblem(load: Safe, name: Safe): Safe {
	switch (load) {
		case 'not-found':
			return safe`no unit ${name}`;
		case 'masked':
			return safe`${name} is masked`;
		default:
			return safe`${name} cannot be loaded: ${load}`;
	}
}

/** `exit-code 3`, `signal 11`, `timeout`. */
function resultText({Result, ExecMainStatus}: UnitProperties): Safe {
	const hasStatus = ['exit-code', 'signal', 'core-dump'].includes(Result) && /^[1-9]\d*$/.test(ExecMainStatus);
	return hasStatus ? safe`${safeBytes(Result)} ${safeBytes(ExecMainStatus)}` : safeBytes(Result);
}

function warning(text: Safe, reason: Safe): UnitState {
	return {text, finding: {status: 'warning', reason}};
}

function critical(text: Safe, reason: Safe): UnitState {
	return {text, finding: {status: 'critical', reason}};
}
