import type {CheckFact, Finding} from '../core/check.js';
import type {Redact} from '../core/redact.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import type {Found} from './attempt.js';
import {Failed} from './failed.js';
import {type PluginOutput, parsePluginOutput} from './plugin-output.js';
import type {Ended} from './run-command.js';

/** Exit codes of plug-ins. */
const statuses = ['ok', 'warning', 'critical', 'unknown'] as const;

/** So much of a line is shown, in UTF-16 units. */
const longestLine = 300;

/** So many lines and numbers are shown of one that is looked at alone. */
const mostFacts = 40;

/**
 * What a plug-in came to. BODY is all that it printed, without white space at its end, decoded as UTF-8. `hide` takes secrets out of what is
 * shown of it.
 * @throws {Failed} where a signal ended it.
 */
export function pluginAnswer({code, signal, output, errors}: Ended, hide: Redact): Found {
	if (code === null) {
		throw new Failed({status: 'unknown', reason: safe`ended by ${safeText(String(signal))}`});
	}

	const parsed = parsePluginOutput(output.toString(), hide);
	const said = lineOf(parsed.text) || lineOf(hide(errors.toString()).trimStart().split('\n')[0] ?? '');
	return {
		values: {STATUS: code, BODY: output.toString().trimEnd()},
		text: said || (code === 0 ? safe`ok` : safe`exit code ${code}`),
		findings: findingsOf(code, said),
		perfdata: parsed.perfdata,
		facts: factsOf(parsed),
	};
}

function findingsOf(code: number, said: Safe): readonly Finding[] {
	const status = statuses[code];

	if (status === undefined) {
		return [{status: 'unknown', reason: safe`exit code ${code} is none of a plug-in${said && safe`: ${said}`}`}];
	}

	return status === 'ok' ? [] : [{status, reason: said || safe`exit code ${code}, without a word`}];
}

function factsOf({more, perfdata}: PluginOutput): readonly CheckFact[] {
	const lines = more.map((line, i) => ({label: i === 0 ? safe`output` : safe``, value: lineOf(line)}));
	const numbers = perfdata.map(({label, value, unit}) => ({
		label,
		value: safe`${value}${unit && safe` ${unit}`}`,
	}));
	return [...lines.slice(0, mostFacts), ...numbers.slice(0, mostFacts)];
}

/** Of a text without secrets. */
function lineOf(text: string): Safe {
	return safeText(text.trim().slice(0, longestLine));
}
