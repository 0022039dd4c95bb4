import type {Perfdata} from '../core/check.js';
import type {Redact} from '../core/redact.js';
import {safe, safeText} from '../core/safe.js';

/** What a Nagios plug-in printed, in its parts (https://nagios-plugins.org/doc/guidelines.html). Its texts are from outside. */
export type PluginOutput = {
	/** The first line, without its performance data. */
	readonly text: string;
	/** The lines below it. */
	readonly more: readonly string[];
	readonly perfdata: readonly Perfdata[];
};

/** More of them than any plug-in has that somebody looks at. */
const mostPerfdata = 100;

/** Its texts without secrets. Numbers are read from what was printed, so that a secret of digits takes none of them away. */
export function parsePluginOutput(output: string, hide: Redact): PluginOutput {
	const clean = hide(output);
	const {text, more} = partsOf(clean);
	// What is no word of the clean text is a part of a secret.
	const isWord = (word: string) => clean === output || clean.includes(hide(word));
	return {
		text: text.trim(),
		more: more.split('\n').filter(line => line.trim() !== ''),
		perfdata: parsePerfdata(partsOf(output).perfdata, isWord),
	};
}

/** Performance data stands behind a bar: in the first line, and once more from the first bar of the others on. */
function partsOf(output: string): {readonly text: string; readonly more: string; readonly perfdata: string} {
	const [first = '', ...others] = output.split(/\r?\n/);
	const [text, inFirst] = atBar(first);
	const [more, inOthers] = atBar(others.join('\n'));
	return {text, more, perfdata: `${inFirst} ${inOthers}`};
}

function atBar(text: string): readonly [before: string, after: string] {
	const bar = text.indexOf('|');
	return bar < 0 ? [text, ''] : [text.slice(0, bar), text.slice(bar + 1)];
}

/**
 * `'label'=value[unit];[warn];[crit];[min];[max]`, with white space between them. What is none, or no word, is left out, and the rest counts.
 */
export function parsePerfdata(text: string, isWord: (word: string) => boolean = () => true): readonly Perfdata[] {
	const found: Perfdata[] = [];
	const space = /\s|$/g;

	for (let at = 0; at < text.length && found.length < mostPerfdata; ) {
		const label = labelAt(text, at);
		space.lastIndex = label?.end ?? at;
		const end = space.exec(text)?.index ?? text.length;
		const value = label && measuredOf(text.slice(label.end, end).split(';')[0] ?? '');

		if (label && value && isWord(text.slice(at, end))) {
			found.push({label: safeText(label.label), ...value});
		}

		at = end + 1;
	}

	return found;
}

/** A label, and where its value begins. One with spaces stands in single quotes; two of them in it are one. */
function labelAt(text: string, at: number): {readonly label: string; readonly end: number} | undefined {
	if (text[at] !== "'") {
		const end = text.slice(at, at + longestLabel).search(/[\s=]/);
		return end > 0 && text[at + end] === '=' ? {label: text.slice(at, at + end), end: at + end + 1} : undefined;
	}

	let close = text.indexOf("'", at + 1);

	while (close >= 0 && text[close + 1] === "'") {
		close = text.indexOf("'", close + 2);
	}

	const label = text.slice(at + 1, close).replaceAll("''", "'");
	const isLabel = close >= 0 && label !== '' && label.length <= longestLabel;
	return isLabel && text[close + 1] === '=' ? {label, end: close + 2} : undefined;
}

/** UTF-16 units: what is longer is no label. */
const longestLabel = 256;

/** Powers of 1024, as plug-ins mean them whatever they write. */
const sizes = new Map([
	['B', 0],
	['KB', 1],
	['MB', 2],
	['GB', 3],
	['TB', 4],
	['PB', 5],
]);

/** What may stand behind a number: nothing that could make another number of it. */
const anyUnit = /^(?:[^\d\s.,;][^\d\s]{0,15})?$/;

/** What plug-ins write: `%`, `ms`, `°C`, `KB/s`. Of another unit only the number is taken. */
const knownUnit = /^[A-Za-z%µ/°]*$/;

/** Sizes in bytes; every other unit as it stands. `U` is a value that could not be had. */
function measuredOf(text: string): Pick<Perfdata, 'value' | 'unit'> | undefined {
	const [all = '', number] = /^([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)/.exec(text) ?? [];
	const [value, unit] = [Number(number), text.slice(all.length)];

	const power = sizes.get(unit.replace(/^([kKMGTP])i?B$/, (_, prefix: string) => `${prefix.toUpperCase()}B`));
	const measured = value * 1024 ** (power ?? 0);

	if (number === undefined || !Number.isFinite(measured) || !anyUnit.test(unit)) {
		return undefined;
	}

	return {value: measured, unit: power !== undefined ? safe`B` : knownUnit.test(unit) ? safeText(unit) : safe``};
}
