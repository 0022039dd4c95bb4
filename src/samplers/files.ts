import {ParseError} from '../core/errors.js';
import {defineSampler} from '../core/sampler.js';

const source = '/proc/sys/fs/file-nr';

/** Open files of the whole machine, in percent of what the kernel allows. */
export const files = defineSampler<number>({
	name: 'files',
	read: host => parseFileNr(host.readText(source)),
	sample: ({raw}) => ({series: [['files.open', raw]]}),
});

/**
 * `1952	0	9223372036854775807`: allocated, of those unused (0 since Linux 2.6), and at most (Documentation/admin-guide/sysctl/fs.rst).
 * @throws ParseError when it is not three numbers.
 */
export function parseFileNr(text: string): number {
	const [allocated = Number.NaN, unused = Number.NaN, most = Number.NaN] = text.trim().split(/\s+/).map(Number);
	const percent = ((allocated - unused) * 100) / most;

	if (!(percent >= 0 && Number.isFinite(percent))) {
		throw new ParseError(source, 'is not three numbers');
	}

	return percent;
}
