import * as z from 'zod';
import {severities} from '../core/alerts/severity.js';
import type {NotifierType} from '../core/notifier.js';
import type {NotifierConfig} from './config.js';
import {namedTwice, tellAll} from './found-problem.js';
import {nameOption} from './name-option.js';

/** More ways than anybody is told in. */
const mostNotifiers = 100;

const usualMinimum = 'warning';

/** Keys that every notifier has. */
const common = {
	name: nameOption.meta({
		description: 'Its name, another one for each notifier: what `notify` of checks and rules knows it by.',
	}),
	minimum: z
		.enum(severities)
		.prefault(usualMinimum)
		.meta({description: `The least that it tells: "info", "warning" or "critical". Default: "${usualMinimum}".`}),
};

/** The list of notifiers, each of one of these types. */
export function notifySchema(types: readonly NotifierType[]) {
	const [first, ...others] = types.map(type =>
		type.options.extend({type: z.literal(type.type).meta({description: type.tells}), ...common}).strict(),
	);
	const one = first ? z.discriminatedUnion('type', [first, ...others]) : z.never();
	return z
		.array(one)
		.max(mostNotifiers)
		.superRefine((all, context) => {
			// Options are not known here, names are.
			tellAll(namedTwice(all as unknown as readonly Parsed[], 'notifiers'), context);
		})
		.prefault([])
		.transform(all => all.map(notifier => notifierConfig(notifier as unknown as Parsed, types)))
		.meta({description: 'Ways to tell people. Default: none.'});
}

/** What a notifier's schema let through. */
type Parsed = Omit<NotifierConfig, 'type' | 'options'> & {readonly type: string; readonly [option: string]: unknown};

function notifierConfig(
	{name, type: own, minimum, ...written}: Parsed,
	types: readonly NotifierType[],
): NotifierConfig {
	const type = types.find(one => one.type === own);

	if (!type) {
		throw new Error(`no type ${own}`);
	}

	return {name, type, options: written, minimum};
}
