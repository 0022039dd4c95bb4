import {codeOf} from './errors.js';
import type {Host} from './host.js';

/** What the kernel counts processes in. */
export type KernelClock = {
	/** Clock ticks a second (`getconf CLK_TCK`). */
	readonly ticksPerSecond: number;
	readonly pageBytes: number;
	/** When the machine started, wall clock, ms since 1970; NaN when /proc/stat does not say. */
	readonly bootedAt: number;
};

const [pageSizeKey, clockTickKey] = [6n, 17n];

/** From the auxiliary vector (getauxval(3)) and `btime` of /proc/stat. Without a vector 100 ticks and pages of 4 KiB. */
export function clockOf(host: Host): KernelClock {
	const vector = auxiliaryVector(host);
	const booted = /^btime (\d+)/m.exec(textOf(host, '/proc/stat'))?.[1];
	return {
		ticksPerSecond: Number(vector.get(clockTickKey) || 100n),
		pageBytes: Number(vector.get(pageSizeKey) || 4096n),
		bootedAt: Number(booted ?? Number.NaN) * 1000,
	};
}

/** Without the file the processes can be shown all the same; who needs it more will say that it is missing. */
function textOf(host: Host, path: string): string {
	try {
		return host.readText(path);
	} catch {
		return '';
	}
}

/** Pairs of 64-bit words. On a 32-bit kernel they come out as nonsense keys, and the usual values are taken. */
function auxiliaryVector(host: Host): Map<bigint, bigint> {
	const pairs = new Map<bigint, bigint>();

	try {
		const bytes = host.read(`${host.ownProcess}/auxv`);
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

		for (let at = 0; at + 16 <= view.byteLength; at += 16) {
			pairs.set(view.getBigUint64(at, true), view.getBigUint64(at + 8, true));
		}
	} catch (error) {
		const code = codeOf(error);

		if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'EPERM') {
			throw error;
		}
	}

	return pairs;
}
