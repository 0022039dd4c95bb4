import type {Ask} from '../core/check.js';
import {asking} from './attempt.js';
import type {ProcessOptions} from './process.js';
import {ProcessCpu} from './process-cpu.js';
import {processFound} from './process-found.js';
import {Search} from './process-search.js';

/** Looks for the processes. */
export function askProcess({match, atLeast, atMost}: ProcessOptions): Ask {
	const search = new Search(match);
	const cpu = new ProcessCpu();
	const limits = {atLeast: atLeast ?? (atMost === 0 ? 0 : 1), atMost};
	return async context => {
		const answer = await asking(context, async attempt => {
			const sight = await search.look(attempt);
			const taken = cpu.percentOf(sight.running, sight.readAt);
			return processFound({...sight, cpu: taken, at: context.wall()}, limits);
		});
		// A process is nothing that would answer, and so it has no time in which it does.
		const {ms, stages, ...found} = answer;
		return found;
	};
}
