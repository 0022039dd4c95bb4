import * as z from 'zod';
import {instanceProblem, isSeries, seriesNames} from './series-names.js';

/** A series that there is: `area.measure` for all its instances, or `area.measure:instance`. */
export const seriesOption = z
	.string()
	.refine(isSeries, {
		message: 'must be a series such as "disk.used" or "disk.used:/data"',
		params: {choices: seriesNames},
	})
	.superRefine((text, context) => {
		const message = instanceProblem(text);

		if (message !== undefined) {
			context.addIssue({code: 'custom', message, input: text});
		}
	});
