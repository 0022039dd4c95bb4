import {execFileSync} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import {basename, dirname, join, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {killWhileAlerting} from './crash/alert-kills.mjs';
import {killEngines} from './crash/engine-kills.mjs';
import {killAtRandom} from './crash/killing.mjs';
import {atEnd} from './ending.mjs';
import {headerOf} from './header.mjs';
import {markdownTable, writeReport} from './markdown.mjs';
import {positive} from './options.mjs';

/** Kill -9 at random moments, of engines or of a small program that appends to a journal: what was accepted must be there. */

const usage = `node bench/crash.mjs [options]

  --kills N        how many (1000)
  --seed N         of the random moments (1)
  --lanes N        so many engines at a time, each with a directory of its own (2)
  --program FILE   the healthtop that is killed (dist/main.js)
  --alerts         while things fail and recover, and a Postfix takes the mails: counts them (only root can start one)
  --journal        not an engine, but a program that only appends to a journal and compacts it
  --out FILE       also put the report between its marks in this Markdown file`;

const {values} = parseArgs({
	options: {
		kills: {type: 'string', default: '1000'},
		seed: {type: 'string', default: '1'},
		lanes: {type: 'string', default: '2'},
		program: {type: 'string', default: 'dist/main.js'},
		alerts: {type: 'boolean', default: false},
		journal: {type: 'boolean', default: false},
		out: {type: 'string'},
		help: {type: 'boolean', default: false},
	},
});

/** By the marks of their reports. */
const kinds = {crash: engineKills, 'crash-alerts': alertKills, 'crash-journal': journalKills};
const kind = values.alerts ? 'crash-alerts' : values.journal ? 'crash-journal' : 'crash';

if (values.help) {
	console.log(usage);
} else {
	const directory = mkdtempSync(join(os.tmpdir(), 'healthtop-crash-'));
	atEnd(() => rmSync(directory, {recursive: true, force: true}));
	const begin = performance.now();
	const fileSystem = execFileSync('df', ['--output=fstype', directory], {encoding: 'utf8'}).split('\n')[1];
	const command = ['node bench/crash.mjs', ...process.argv.slice(2)].join(' ');
	const header = headerOf(command, [`${os.tmpdir()} is ${fileSystem}`], []);
	const {problems, counts} = await kinds[kind](directory);
	const seconds = ((performance.now() - begin) / 1000).toFixed(0);
	const row = {...counts, problems: problems.length, seconds};
	const table = markdownTable([Object.keys(row), Object.values(row).map(String)]);
	const report = [header, '', table, ...(problems.length > 0 ? ['', ...problems] : [])].join('\n');
	console.log(report);

	if (values.out !== undefined) {
		writeReport(values.out, kind, report);
	}

	process.exitCode = problems.length > 0 ? 1 : 0;
}

/**
 * The program that is killed. Somebody may build while this runs.
 *
 * @param {string} directory
 */
function copiedProgram(directory) {
	const program = resolve(values.program);
	cpSync(dirname(program), join(directory, 'program'), {recursive: true});
	return [process.execPath, join(directory, 'program', basename(program))];
}

/** @param {string} directory */
async function engineKills(directory) {
	const lanes = positive('--lanes', values.lanes);
	const kills = Math.ceil(positive('--kills', values.kills) / lanes);
	const command = copiedProgram(directory);
	const all = await Promise.all(
		Array.from({length: lanes}, (_, lane) =>
			killEngines({
				command,
				directory: join(directory, `state-${lane}`),
				kills,
				seed: positive('--seed', values.seed) * 1000 + lane,
			}),
		),
	);
	/** @param {'kills' | 'starts' | 'whileStarting' | 'whileAsked' | 'whileEnding' | 'torn' | 'accepted'} name */
	const sum = name => all.reduce((total, lane) => total + lane[name], 0);
	const counts = {
		kills: sum('kills'),
		'while starting': sum('whileStarting'),
		'while asked': sum('whileAsked'),
		'while ending': sum('whileEnding'),
		starts: sum('starts'),
		'torn ends': sum('torn'),
		'acts accepted': sum('accepted'),
	};
	return {problems: all.flatMap(lane => lane.problems), counts};
}

/** @param {string} directory */
async function alertKills(directory) {
	const {problems, ...counted} = await killWhileAlerting({
		command: copiedProgram(directory),
		directory,
		kills: positive('--kills', values.kills),
		seed: positive('--seed', values.seed),
		lanes: positive('--lanes', values.lanes),
	});
	const counts = {
		kills: counted.kills,
		'while starting': counted.starting,
		'while pending': counted.pending,
		'while trying': counted.trying,
		other: counted.other,
		faults: counted.faults,
		incidents: counted.incidents,
		messages: counted.messages,
		mails: counted.mails,
		lost: counted.lost,
		'doubled beyond the promise': counted.doubled,
		'repeated copies': counted.copies,
		'most of one message': counted.most,
	};
	return {problems, counts};
}

/** @param {string} directory */
async function journalKills(directory) {
	const [kills, seed] = [positive('--kills', values.kills), positive('--seed', values.seed)];
	const {problems, ended, ...counted} = await killAtRandom({directory, kills, seed});
	const counts = {
		kills: counted.kills,
		'while starting': counted.beforeOpen,
		'while opening or compacting': counted.beforeCompacted,
		'while appending': counted.whileAppending,
		'torn ends': counted.torn,
		'records accepted': counted.accepted,
	};
	return {problems: ended === undefined ? [...problems, 'the last one did not end by itself'] : problems, counts};
}
