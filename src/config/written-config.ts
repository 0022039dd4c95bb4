import {shownPingUrl} from '../core/ping-url.js';
import type {
	BuiltinChange,
	CheckConfig,
	Config,
	Hours,
	Loaded,
	NotifierConfig,
	Path,
	PingConfig,
	RuleConfig,
	RuleLevelConfig,
} from './config.js';
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

function inWords({every, sampling, checks, rules, builtinRules, alerts, notify, ping, ...others}: Config) {
	const {perHour, ...times} = alerts;
	const changes = Object.entries(builtinRules).map(([name, change]) => [name, change && changeInWords(change)]);
	return {
		every: formatDuration(every),
		sampling: durations(sampling),
		...others,
		checks: checks.map(checkInWords),
		rules: rules.map(ruleInWords),
		builtinRules: Object.fromEntries(changes),
		alerts: {...durations(times), perHour},
		notify: notify.map(notifierInWords),
		...(ping && {ping: pingInWords(ping)}),
	};
}

function durations(times: Readonly<Record<string, number>>): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, formatDuration(ms)]));
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

function ruleInWords({name, series, when, ...others}: RuleConfig) {
	return {name, series, ...changeInWords(others), ...(when && {when: hoursInWords(when)})};
}

function changeInWords({info, warning, critical, for: time, keepFiringFor, ...others}: BuiltinChange) {
	return {
		...(info && {info: levelInWords(info)}),
		...(warning && {warning: levelInWords(warning)}),
		...(critical && {critical: levelInWords(critical)}),
		...(time !== undefined && {for: formatDuration(time)}),
		...(keepFiringFor !== undefined && {keepFiringFor: formatDuration(keepFiringFor)}),
		...others,
	};
}

function levelInWords({for: time, ...others}: RuleLevelConfig) {
	return {...others, ...(time !== undefined && {for: formatDuration(time)})};
}

function hoursInWords({cron, duration, timezone}: Hours) {
	return {cron, duration: formatDuration(duration), ...(timezone !== undefined && {timezone})};
}

function notifierInWords({name, type, options, minimum}: NotifierConfig) {
	return {name, type: type.type, ...options, minimum};
}

function pingInWords({url, every, timeout}: PingConfig) {
	return {url: shownPingUrl(url), every: formatDuration(every), timeout: formatDuration(timeout)};
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
