import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {killAtRandom} from './crash/killing.mjs';
import {atEnd} from './ending.mjs';
import {headerOf} from './header.mjs';
import {writeReport} from './markdown.mjs';
import {positive} from './options.mjs';

/** Kill -9 at random moments of a program that appends to a journal and compacts it: what was accepted must be there. */

const usage = `node bench/crash.mjs [options]

  --kills N      how many (1000)
  --seed N       of the random moments (1)
  --out FILE     also put the report between its marks in this Markdown file`;

const {values} = parseArgs({
	options: {
		kills: {type: 'string', default: '1000'},
		seed: {type: 'string', default: '1'},
		out: {type: 'string'},
		help: {type: 'boolean', default: false},
	},
});

if (values.help) {
	console.log(usage);
} else {
	const directory = mkdtempSync(join(os.tmpdir(), 'healthtop-crash-'));
	atEnd(() => rmSync(directory, {recursive: true, force: true}));
	const begin = performance.now();
	const fileSystem = execFileSync('df', ['--output=fstype', directory], {encoding: 'utf8'}).split('\n')[1];
	const command = ['node bench/crash.mjs', ...process.argv.slice(2)].join(' ');
	const header = headerOf(command, [`${os.tmpdir()} is ${fileSystem}`], []);
	const [kills, seed] = [positive('--kills', values.kills), positive('--seed', values.seed)];
	const {problems, ...counts} = await killAtRandom({directory, kills, seed});
	const seconds = ((performance.now() - begin) / 1000).toFixed(0);
	const report = [
		header,
		'',
		'| kills | while starting | while opening or compacting | while appending | torn ends | records accepted | problems | seconds |',
		'|---|---|---|---|---|---|---|---|',
		`| ${counts.kills} | ${counts.beforeOpen} | ${counts.beforeCompacted} | ${counts.whileAppending} | ${counts.torn} | ${counts.accepted} | ${problems.length} | ${seconds} |`,
		...(problems.length > 0 ? ['', ...problems] : []),
	].join('\n');
	console.log(report);

	if (values.out !== undefined) {
		writeReport(values.out, 'crash', report);
	}

	process.exitCode = problems.length > 0 || counts.ended === undefined ? 1 : 0;
}
