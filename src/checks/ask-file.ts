import {bytesOf} from '../core/bytes-of.js';
import type {Ask, Finding} from '../core/check.js';
import type {FileStat} from '../core/host.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import {type Attempt, asking, type Found} from './attempt.js';
import {type Judge, loadJudge} from './file-content.js';
import {fileFound} from './file-found.js';
import type {FileOptions} from './file-options.js';
import {readTables} from './file-owner.js';
import {ofFile} from './of-file.js';

/** How much of the end of a file is looked at, bytes. */
const most = 64 << 10;

/** Looks at the file. */
export function askFile(options: FileOptions): Ask {
	let before: Sized | undefined;
	return context =>
		asking(context, async attempt => {
			const judge = await loadJudge(options, context.hide);
			attempt.begin();
			const stat = await lookedAt(attempt, options.path);
			const [last, at] = [before, context.now()];
			const now = stat && {stat, at};
			before = now;

			if (!now) {
				return notFound(options);
			}

			const content = judge && (await contentOf(attempt, options.path, now.stat, judge));
			const tables = await readTables(attempt);
			const seen = {stat: now.stat, content, tables, growth: last && growthOf(last, now), at: context.wall()};
			return {...fileFound(seen, options), ...(!last && {isFirst: true})};
		});
}

/** What a file was at a moment (monotonic, ms). */
type Sized = {readonly stat: FileStat; readonly at: number};

function lookedAt(attempt: Attempt, path: string): Promise<FileStat | undefined> {
	const {host, signal} = attempt.context;
	return ofFile(attempt, safeText(path), () => host.stat(bytesOf(path), signal));
}

function notFound({path, exists}: FileOptions): Found {
	const reason: Safe = safe`no file ${safeText(path)}`;
	return {text: safe`not there`, findings: exists ? [{status: 'critical', reason}] : []};
}

/** Nothing else than a regular file has an end. */
async function contentOf(attempt: Attempt, path: string, {type}: FileStat, judge: Judge): Promise<readonly Finding[]> {
	if (type !== 'file') {
		return [];
	}

	const {host, signal} = attempt.context;
	const end = await ofFile(attempt, safeText(path), () => host.readEnd(bytesOf(path), most, signal));
	const bytes = Buffer.from(end ?? '', 'latin1');
	return judge(bytes.toString(), bytes.length >= most);
}

function growthOf(last: Sized, now: Sized): number | undefined {
	const [bytes, seconds] = [now.stat.sizeBytes - last.stat.sizeBytes, (now.at - last.at) / 1000];
	return last.stat.identity === now.stat.identity && bytes >= 0 && seconds > 0 ? bytes / seconds : undefined;
}
