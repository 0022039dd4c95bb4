import {setTimeout as sleep} from 'node:timers/promises';
import {pictureOf} from '../screen.mjs';
import {Terminal} from '../terminal.mjs';
import {Resident} from './resident.mjs';

/**
 * How long it takes from the start of `healthtop` to its first picture, with an engine that runs.
 *
 * @import {Options} from './options.mjs'
 * @import {Setting} from './resident.mjs'
 * @typedef {{
 *   readonly world: number,
 *   readonly past: string,
 *   readonly size: string,
 *   readonly attached: readonly number[],
 *   readonly bare: readonly number[],
 * }} AttachRow `attached`: until the first picture of each start, ms; `bare`: until the end of `node -e 0`.
 */

/** The past of a quarter of an hour in three minutes. */
const quick = {every: '200ms'};

/** A screen that has drawn nothing by then never will, ms. */
const paintWithin = 5000;

const lookAfter = 800;

/** A program that starts while its predecessor still goes waits for it. */
const restMs = 300;

/**
 * First engines that have just started, then one with a past. That one keeps its pace: with another it would forget what it has.
 *
 * @param {number} world
 * @param {Setting} setting
 * @param {Options} options
 */
export async function measureAttach(world, setting, options) {
	/** @type {AttachRow[]} */
	const rows = [];

	for (const size of options.sizes) {
		const fresh = new Resident(setting);
		await fresh.ready();
		console.error(`about ${world} processes, ${size.name}: attaching to an engine that has just started`);
		rows.push(await attachTo(fresh, {world, past: 'none', size}, setting, options));
		await fresh.end();
	}

	const old = new Resident({...setting, configuration: quick});
	await old.ready();

	while (Number((await old.ask('status')).readings) < options.beats) {
		await sleep(1000);
	}

	for (const size of options.sizes) {
		console.error(`about ${world} processes, ${size.name}: attaching to an engine with a past`);
		rows.push(await attachTo(old, {world, past: `${options.beats} readings`, size}, setting, options));
	}

	await old.end();
	return rows;
}

/**
 * Beside bare Node, in turn: the machine's speed drifts.
 *
 * @param {Resident} resident
 * @param {{readonly world: number, readonly past: string, readonly size: Options['sizes'][number]}} place
 * @param {Setting} setting
 * @param {Options} options
 * @returns {Promise<AttachRow>}
 */
async function attachTo(resident, {world, past, size}, {env}, {starts}) {
	/** @type {number[]} */
	const bare = [];
	/** @type {number[]} */
	const attached = [];

	for (let start = 0; start < starts; start++) {
		bare.push(await endOf(env));
		await sleep(restMs);
		attached.push(await firstPaintOf(resident, size));
		await sleep(restMs);
	}

	return {world, past, size: size.name, attached, bare};
}

/** @param {Readonly<Record<string, string>>} env */
async function endOf(env) {
	const terminal = new Terminal({file: process.execPath, args: ['-e', '0']}, {columns: 80, rows: 24}, env);
	await terminal.until(paintWithin);
	const ms = terminal.now;
	await terminal.end();
	return ms;
}

/**
 * @param {Resident} resident
 * @param {{readonly columns: number, readonly rows: number}} size
 */
async function firstPaintOf(resident, size) {
	const terminal = resident.screen(size);
	let ms;

	// To look costs time, too: not while it starts, if it is as quick as it should be.
	while (ms === undefined && !terminal.exit && terminal.now < paintWithin) {
		await terminal.until(terminal.now + lookAfter);
		ms = (await pictureOf(terminal.chunks, size, {from: 0, to: terminal.now})).firstPaintMs;
	}

	await terminal.end();
	return ms ?? Number.POSITIVE_INFINITY;
}
