import type {CheckConfig, Config, Loaded, Path} from './config.js';
import {formatDuration} from './format-duration.js';
import {hideSecrets} from './secret-keys.js';

/**
 * The configuration as somebody could have written it, every default included: a plain JSON value. What came from elsewhere is
 * the reference again; what was written below a key such as `password` is stars.
 */
export function writtenConfig({config, references}: Loaded): unknown {
	const plain: unknown = JSON.parse(JSON.stringify(inWords(config), hideSecrets));
	return references.reduce((value, {path, written}) => putAt(value, path, written), plain);
}

function inWords({every, sampling, checks, ...others}: Config) {
	const paces = Object.entries(sampling).map(([name, ms]) => [name, formatDuration(ms)]);
	return {
		every: formatDuration(every),
		sampling: Object.fromEntries(paces),
		...others,
		checks: checks.map(checkInWords),
	};
}

function checkInWords({name, type, options, every, timeout, retryEvery, ...others}: CheckConfig) {
	return {
		name,
		type: type.type,
		...options,
		every: formatDuration(every),
		timeout: formatDuration(timeout),
		...(retryEvery !== undefined && {retryEvery: formatDuration(retryEvery)}),
		...others,
	};
}

/** The value with another one at a path; the same where the path leads nowhere (`$schema` is not kept). */
function putAt(value: unknown, [key, ...rest]: Path, part: unknown): unknown {
	if (key === undefined) {
		return part;
	}

	if (Array.isArray(value)) {
		return value.map((item, index) => (index === key ? putAt(item, rest, part) : item));
	}

	if (typeof value !== 'object' || value === null) {
		return value;
	}

	return Object.fromEntries(
		Object.entries(value).map(([name, item]) => [name, name === key ? putAt(item, rest, part) : item]),
	);
}
