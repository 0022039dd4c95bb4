import * as z from 'zod';
import {defineCheck} from '../core/check.js';
import {processMatch} from './process-match.js';

const countOption = z.int('must be a whole number from 0 on').min(0, 'must be a whole number from 0 on');

const fields = z.object({
	match: processMatch.meta({
		description: 'Which processes: by name, exact, pattern, user, pidFile. All that is given must fit.',
	}),
	atLeast: countOption
		.optional()
		.meta({description: 'How many must run at least. Default: 1, or 0 where "atMost" is 0.'}),
	atMost: countOption.optional().meta({description: 'How many may run at most. Default: any number.'}),
});

const options = fields.refine(
	({atLeast, atMost}) => atLeast === undefined || atMost === undefined || atLeast <= atMost,
	'must have an "atLeast" that is no greater than "atMost"',
);

export type ProcessOptions = z.output<typeof options>;

/** Whether so many processes run as should, and what they take. */
export const process = defineCheck({
	type: 'process',
	asks: 'are at least and at most so many matching processes running; CPU, memory, age of the oldest',
	uses: 'nothing',
	options,
	placeholders: ['BODY'],
	measures: {
		count: {unit: 'count', series: 'process.matched', meaning: 'how many run; zombies do not'},
		cpu: {unit: 'percent', series: 'process.cpu', meaning: 'CPU of all together, of one core'},
		memory: {unit: 'bytes', series: 'process.memory', meaning: 'resident memory of all together'},
		age: {unit: 'seconds', series: 'process.age', meaning: 'since when the oldest one runs'},
	},
	load: async () => (await import('./ask-process.js')).askProcess,
});
