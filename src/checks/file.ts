import {defineCheck} from '../core/check.js';
import {fileOptions} from './file-options.js';

/** Whether a file is there, and how it is: age, size and growth, what stands at its end, whose it is. */
export const file = defineCheck({
	type: 'file',
	asks: 'is it there, or not; age, size, growth, what is in it, mode, owner',
	uses: 'nothing',
	options: fileOptions,
	placeholders: ['BODY', 'RESPONSE_TIME'],
	measures: {
		age: {unit: 'seconds', series: 'file.age', meaning: 'time since it was last written'},
		size: {unit: 'bytes', series: 'file.size', meaning: 'size; of a regular file only'},
		growth: {
			unit: 'bytes/s',
			series: 'file.growth',
			meaning: 'how fast it grew since the last look; absent where it is smaller now, or another file',
		},
	},
	load: async () => (await import('./ask-file.js')).askFile,
});
