import {measureAttach} from './engine/attach.mjs';
import {measureCrowd} from './engine/crowd.mjs';
import {optionsFrom, usage} from './engine/options.mjs';
import {engineReport, goalsOf} from './engine/report.mjs';
import {programAt} from './engine/resident.mjs';
import {measureWatched} from './engine/watched.mjs';
import {headerOf} from './header.mjs';
import {publish, runBench, workplace} from './running.mjs';
import {isInstalled, versionOf} from './tools.mjs';
import {worldOf} from './world.mjs';

/**
 * What an engine without a screen costs, what each screen adds that looks at it, and how soon such a screen is there.
 *
 * @import {Options} from './engine/options.mjs'
 * @import {Figures, Watched} from './engine/report.mjs'
 * @import {Setting} from './engine/resident.mjs'
 */

/** @param {readonly string[]} args */
async function main(args) {
	const options = optionsFrom(args);

	if (options.help) {
		console.log(usage);
		return;
	}

	const {home, env} = workplace();
	const {program, version} = programAt(options.program);
	const [present, missing] = [true, false].map(wanted =>
		['htop', 'strace'].filter(name => isInstalled(name) === wanted),
	);
	const versions = [version, ...(present ?? []).map(name => versionOf(name, env))];
	const header = headerOf(['node bench/engine.mjs', ...args].join(' '), versions, missing ?? []);
	const figures = await measureAll(options, {program, home, env});
	const report = `${header}\n\n${engineReport(figures)}`;
	const isKept = goalsOf(figures).every(({value, most}) => value <= most);
	publish('engine', options, {report, figures: {header, ...figures}, isKept});
}

/**
 * @param {Options} options
 * @param {Setting} setting
 * @returns {Promise<Figures>}
 */
async function measureAll(options, setting) {
	const has = (/** @type {string} */ part) => options.parts.includes(part);
	/** @type {Watched[]} */
	const watched = [];
	const [attach, crowd] = [
		/** @type {import('./engine/attach.mjs').AttachRow[]} */ ([]),
		/** @type {import('./engine/crowd.mjs').CrowdRow[]} */ ([]),
	];

	for (const target of options.worlds.toSorted((a, b) => a - b)) {
		const world = await worldOf(target);

		if (has('watched')) {
			watched.push({world: target, ...(await measureWatched(target, setting, options))});
		}

		if (has('attach')) {
			attach.push(...(await measureAttach(target, setting, options)));
		}

		if (has('crowd')) {
			crowd.push(...(await measureCrowd(target, setting, options)));
		}

		await world.close();
	}

	return {watched, attach, crowd};
}

await runBench(main);
