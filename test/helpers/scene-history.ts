import type {Snapshot} from '../../src/core/snapshot.js';
import {Past} from '../../src/history/past.js';

/** 400 beats: a slow wave over each series, ten beats in which nothing was seen, and the snapshot as the last one. */
export function aHistory(snapshot: Snapshot): Past {
	const past = new Past();
	const now = new Map(snapshot.series);

	for (const {interface: name, receivedBytesPerSecond, sentBytesPerSecond} of snapshot.interfaces) {
		now.set(`network.received:${name}`, receivedBytesPerSecond ?? Number.NaN);
		now.set(`network.sent:${name}`, sentBytesPerSecond ?? Number.NaN);
	}

	for (const {device, readBytesPerSecond, writtenBytesPerSecond} of snapshot.devices) {
		now.set(`io.read:${device}`, readBytesPerSecond ?? Number.NaN);
		now.set(`io.written:${device}`, writtenBytesPerSecond ?? Number.NaN);
	}

	// The minute that was over a minute ago.
	const minute = {from: snapshot.at - 120_000, to: snapshot.at - 60_000, processes: snapshot.processes.slice(0, 20)};

	for (let beat = snapshot.sequence === 1 ? 0 : 399; beat >= 0; beat--) {
		const isGap = beat >= 20 && beat < 30;
		const wave = beat === 0 ? 1 : 1 + Math.sin(beat / 12);
		const values = [...now].map(([name, value]) => [name, waved(name, value, wave)] as const);
		past.push({
			at: snapshot.at - beat * 1000,
			series: new Map(isGap ? [] : values),
			intervalMs: 1000,
			...(!isGap && {processes: snapshot.processes}),
			...(beat < 60 && {minute}),
		});
	}

	return past;
}

/** A beat a second up to a moment, with these values of one series; NaN where there is none. */
export function historyOf(series: string, values: readonly number[], until: number): Past {
	const past = new Past();

	for (const [index, value] of values.entries()) {
		past.push({
			at: until - (values.length - 1 - index) * 1000,
			series: new Map(Number.isNaN(value) ? [] : [[series, value]]),
			intervalMs: 1000,
		});
	}

	return past;
}

function waved(name: string, value: number, wave: number): number {
	if (name.startsWith('check.')) {
		// A service is there or not, and takes about as long each time.
		return name.startsWith('check.time') ? value * (0.6 + 0.4 * wave) : value;
	}

	return name.startsWith('core.') || name === 'memory.used' ? Math.min(100, value * wave) : value * wave;
}
