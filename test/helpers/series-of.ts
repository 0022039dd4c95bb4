import type {Host} from '../../src/core/host.js';
import type {SampleContext, Sampler} from '../../src/core/sampler.js';
import {contextAt} from './collect.js';
import {type FakeFiles, fakeHost} from './fake-host.js';

/** The series of one reading of a host of a few files. */
export async function seriesOf(
	sampler: Sampler,
	files: FakeFiles,
	changes: Partial<Host> = {},
	context: Partial<SampleContext> = {},
): Promise<Record<string, number>> {
	return Object.fromEntries((await sampler.start()(fakeHost(files, changes), contextAt(0, context))).series);
}
