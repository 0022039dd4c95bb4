import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {atEnd} from './ending.mjs';
import {cellsOf} from './picture/cells.mjs';
import {Machine} from './picture/machine.mjs';
import {svgOf} from './picture/svg.mjs';
import {Terminal} from './terminal.mjs';
import {environmentIn, toolOf} from './tools.mjs';

/**
 * README's pictures: the built program beside a machine that is made up (a recorded one whose counters go on), as it is drawn
 * in a terminal, written as SVG. Of the machine this runs on only the time of day and what healthtop itself costs are in them.
 * `node bench/picture.mjs [SECONDS]`: how long it watches first, for graphs of that length.
 *
 * @import {Size} from './terminal.mjs'
 */

/** @type {Size} */
const size = {columns: 120, rows: 36};

/** How often the counters go on, ms: often, so that every tick sees about a second's worth. */
const stepMs = 25;

/** A key, and then a tick or two, have been painted after so long, ms. */
const settleMs = 2500;

/** What is typed before each picture. */
const pictures = [
	{
		file: 'screen.svg',
		keys: '',
		title: 'healthtop: CPU, memory, disks, network and processes of a server, with a disk that is nearly full',
	},
	{file: 'screen-cpu.svg', keys: '1e', title: 'healthtop: the zoomed view of the CPU, with all cores and what they do'},
];

const folder = fileURLToPath(new URL('../docs/', import.meta.url));
const watchMs = Number(process.argv[2] ?? 210) * 1000;

if (!(watchMs >= 0)) {
	throw new Error(`'${process.argv[2]}' is not a number of seconds`);
}

const home = mkdtempSync(join(os.tmpdir(), 'healthtop-picture-'));
atEnd(() => rmSync(home, {recursive: true, force: true}));
const env = {...environmentIn(home), TZ: 'UTC', HEALTHTOP_STATE_DIR: join(home, 'state')};
const tree = join(home, 'machine');
const machine = new Machine(tree);
const start = performance.now();
const timer = setInterval(() => machine.advance((performance.now() - start) / 1000), stepMs);
const tool = toolOf('healthtop', env);

if (!tool) {
	throw new Error('there is no healthtop');
}

const {file, args} = tool.command;
const terminal = new Terminal({file, args: [...args, '--theme', 'dark', '--root', tree]}, size, env);
await terminal.until(watchMs);

for (const {file, keys, title} of pictures) {
	terminal.type(keys);
	await terminal.until(terminal.now + settleMs);

	if (terminal.exit) {
		throw new Error(`healthtop ended by itself with exit code ${terminal.exit.exitCode}`);
	}

	writeFileSync(join(folder, file), svgOf(await cellsOf(terminal.chunks, size), title));
	console.log(`docs/${file}`);
}

clearInterval(timer);
await terminal.end();
