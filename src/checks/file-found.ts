import type {CheckFact, Finding} from '../core/check.js';
import {bytesShort, nearTime, span} from '../core/format.js';
import type {FileStat} from '../core/host.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import type {Found} from './attempt.js';
import type {FileOptions} from './file-options.js';
import {ownerFindings, ownersOf, type Tables} from './file-owner.js';

/** What was seen of a file that is there. */
export type SeenFile = {
	readonly stat: FileStat;
	/** What was found at its end; undefined where nothing was to be read. */
	readonly content: readonly Finding[] | undefined;
	/** Bytes a second since the last look. */
	readonly growth: number | undefined;
	readonly tables: Tables;
	/** Wall clock, ms since 1970. */
	readonly at: number;
};

/** What there is to say of a file that is there. BODY is JSON of its size, age, kind, mode, owner and group. */
export function fileFound(seen: SeenFile, options: FileOptions): Found {
	const {stat, growth, tables, at} = seen;
	const {type, sizeBytes, modifiedAt} = stat;
	// What was written on another machine may be of the future by its clock.
	const age = Math.max(0, at - modifiedAt) / 1000;
	const {owner, group} = ownersOf(stat, tables);
	const mode = modeText(stat.mode);
	const text = safe`${type === 'file' ? bytesShort(sizeBytes) : safeText(type)}, ${span(age)} old`;
	const facts: [label: Safe, value: Safe][] = [
		[safe`changed`, nearTime(modifiedAt, at)],
		[safe`owner`, safe`${owner}:${group}`],
		[safe`mode`, mode],
	];
	return {
		text,
		values: {BODY: JSON.stringify({size: sizeBytes, age: Math.floor(age), kind: type, mode, owner, group})},
		findings: options.exists
			? findingsOf(seen, options)
			: [{status: 'critical', reason: safe`is there, and must not be: ${text}`}],
		measures: {
			age,
			...(type === 'file' && {size: sizeBytes}),
			...(type === 'file' && growth !== undefined && {growth}),
		},
		facts: facts.map(([label, value]): CheckFact => ({label, value})),
	};
}

function findingsOf({stat, content, tables}: SeenFile, options: FileOptions): readonly Finding[] {
	const findings: Finding[] = [];
	const type = safeText(stat.type);
	const mode = modeText(stat.mode);
	const wantedMode = options.mode === undefined ? mode : modeText(Number.parseInt(options.mode, 8));

	if (options.kind !== undefined && options.kind !== stat.type) {
		findings.push({status: 'critical', reason: safe`is a ${type}, wanted a ${safeText(options.kind)}`});
	} else if (content && stat.type !== 'file') {
		findings.push({status: 'critical', reason: safe`is a ${type}: nothing can be read in it`});
	}

	if (mode !== wantedMode) {
		findings.push({status: 'critical', reason: safe`mode ${mode}, wanted ${wantedMode}`});
	}

	return [...findings, ...ownerFindings(stat, options, tables), ...(content ?? [])];
}

/** `0640` */
function modeText(mode: number): Safe {
	return safeText(mode.toString(8).padStart(4, '0'));
}
