import {spawnSync} from 'node:child_process';
import {goalsOf, healthtop, isKept, monit} from './checks/goals.mjs';
import {startHealthtop} from './checks/healthtop.mjs';
import {MariaDb} from './checks/mariadb.mjs';
import {startMonit} from './checks/monit.mjs';
import {Nginx} from './checks/nginx.mjs';
import {optionsFrom, usage} from './checks/options.mjs';
import {hasPlugins, plugin, startPlugins} from './checks/plugins.mjs';
import {checksReport} from './checks/report.mjs';
import {countsOf, targetsOf} from './checks/targets.mjs';
import {TcpPorts} from './checks/tcp-ports.mjs';
import {watch} from './checks/watch.mjs';
import {programAt} from './engine/resident.mjs';
import {headerOf} from './header.mjs';
import {publish, runBench, workplace} from './running.mjs';
import {isInstalled} from './tools.mjs';
import {UserError} from './user-error.mjs';

/**
 * What 500 checks every 10 s cost an engine without a screen and how late they are, beside Monit and Debian's monitoring-plugins.
 *
 * @import {Options} from './checks/options.mjs'
 * @import {Figures} from './checks/report.mjs'
 * @import {Target} from './checks/targets.mjs'
 * @import {Checker, Watched} from './checks/watch.mjs'
 * @import {Setting} from './engine/resident.mjs'
 * @typedef {(targets: readonly Target[], setting: Setting) => Promise<Checker>} Start
 * @typedef {ReturnType<typeof partsOf>[number]} Part
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
	const parts = partsOf(version).filter(({part}) => options.parts.includes(part));
	const [present, missing] = [true, false].map(wanted => parts.filter(({isThere}) => isThere === wanted));
	const versions = [...(present ?? []).map(part => part.version()), ...serversFor(options)];
	const command = ['node bench/checks.mjs', ...args].join(' ');
	const header = headerOf(
		command,
		versions,
		(missing ?? []).map(({who}) => who),
	);
	const figures = await measureAll(present ?? [], options, {program, home, env});
	const report = `${header}\n\n${checksReport(figures)}`;
	publish('checks', options, {report, figures: {header, figures}, isKept: goalsOf(figures).every(isKept)});
}

/** @param {string} version of healthtop */
function partsOf(version) {
	/** @type {readonly (readonly [part: Options['parts'][number], who: string, isThere: boolean, version: () => string, start: Start])[]} */
	const parts = [
		['healthtop', healthtop, true, () => version, startHealthtop],
		['monit', monit, isInstalled('monit'), () => firstLineOf('monit', '-V'), startMonit],
		['plugins', 'monitoring-plugins', hasPlugins(), () => firstLineOf(plugin, '-V'), startPlugins],
	];
	return parts.map(([part, who, isThere, version, start]) => ({part, who, isThere, version, start}));
}

/**
 * The versions of the servers that these checks need.
 *
 * @param {Options} options
 */
function serversFor({kinds}) {
	const servers = [['nginx', '-v'], ...(kinds.includes('mysql') ? [['mariadbd', '--version']] : [])];
	const lacking = servers.flatMap(([file = '']) => (isInstalled(file) ? [] : [file]));

	if (lacking.length > 0) {
		throw new UserError(`${lacking.join(' and ')} must be installed, and in the PATH`);
	}

	return servers.map(([file = '', option = '']) => firstLineOf(file, option));
}

/**
 * Some say their version on standard error.
 *
 * @param {string} file
 * @param {string} option
 */
function firstLineOf(file, option) {
	const {stdout, stderr} = spawnSync(file, [option], {encoding: 'utf8', timeout: 20_000});
	return `${stdout}${stderr}`.trim().split('\n')[0] ?? file;
}

/**
 * One part after another, with the same servers.
 *
 * @param {readonly Part[]} parts
 * @param {Options} options
 * @param {Setting} setting
 * @returns {Promise<Figures>}
 */
async function measureAll(parts, options, setting) {
	const {home, env} = setting;
	const counts = countsOf(options.checks, options.kinds);
	const http = await Nginx.start(home, env);
	const tcp = await TcpPorts.start(counts.tcp);
	const mysql = counts.mysql > 0 ? await MariaDb.start(home, env) : undefined;
	const targets = targetsOf(counts, {http: http.port, tcp: tcp.ports, mysql: mysql?.port ?? 0});
	/** @type {Watched[]} */
	const figures = [];

	for (const {who, start} of parts) {
		figures.push(await watch(who, targets, {http, tcp, mysql}, await start(targets, setting), options));
	}

	await Promise.all([http.end(), tcp.end(), mysql?.end()]);
	return figures;
}

await runBench(main);
