import * as z from 'zod';
import {type Answer, type Ask, type CheckUse, defineCheck} from '../../src/core/check.js';
import {parseCondition} from '../../src/core/condition.js';
import {safe, safeText} from '../../src/core/safe.js';
import type {PlannedCheck} from '../../src/engine/planned-check.js';

/** A check that answers what it is told to. */
export function planned(name: string, ask: Ask, more: Partial<PlannedCheck> & {uses?: CheckUse} = {}): PlannedCheck {
	const {uses = 'socket', ...rest} = more;
	const type = defineCheck({
		type: 'fake',
		asks: 'nothing',
		uses,
		options: z.object({}),
		placeholders: ['STATUS', 'RESPONSE_TIME'],
		measures: {size: {unit: 'bytes', series: 'file.size', meaning: 'size'}},
		load: async () => () => ask,
	});
	return {
		check: name,
		name: safeText(name),
		type,
		options: {},
		every: 30_000,
		timeout: 5000,
		failAfter: 3,
		recoverAfter: 2,
		retryEvery: 10_000,
		criteria: {
			conditions: [parseCondition('[STATUS] == 200', ['STATUS'])],
			levels: new Map(),
			measures: {},
			severity: 'critical',
			hide: text => text,
		},
		dependsOn: [],
		notify: [],
		hide: text => text,
		key: name,
		...rest,
	};
}

export const well: Answer = {values: {STATUS: 200}, text: safe`200`, ms: 42, measures: {size: 7}};

export const bad: Answer = {values: {STATUS: 500}, text: safe`500`, ms: 42};

export const refused: Answer = {
	values: {},
	text: safe``,
	failure: {status: 'critical', reason: safe`refused`},
};

/** Hangs until its time is up, as something that is silent does. */
export const hanging: Ask = ({signal, timeout}) =>
	new Promise(resolve => {
		signal.addEventListener('abort', () =>
			resolve({
				values: {},
				text: safe``,
				failure: {status: 'critical', reason: safe`no answer in ${timeout} ms`, isTimeout: true},
			}),
		);
	});
