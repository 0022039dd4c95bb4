import {joinSafe, padSafe, type Safe, safe, safeText} from '../../core/safe.js';
import type {Found} from './look-around.js';
import type {NamedCheck} from './suggestion.js';

/** What stands at the top of the file. `day` is `2026-12-01`. */
export function heading(host: Safe, day: string, checks: readonly NamedCheck[]): readonly Safe[] {
	const variables = variablesOf(checks);
	return [
		safe`healthtop's configuration: JSON with comments and trailing commas.`,
		safe`Written by \`healthtop config init\` on ${host}, ${safeText(day)}: a check for each service that ran there.`,
		safe`docs/configuration.md says what each key means; \`healthtop config check\` whether the file can be used.`,
		...(variables.length > 0 ? [safe`In the environment of healthtop must be: ${joinSafe(variables, safe`, `)}.`] : []),
	];
}

/** What stands below the checks. */
export function ending({left}: Found): readonly Safe[] {
	return left.length === 0 ? [] : [safe`Without a check:`, ...left.map(one => safe`- ${one}`)];
}

/** What there was, one row each. */
export function report(checks: readonly NamedCheck[], {left, isDenied}: Found): readonly Safe[] {
	const rows = checks.map(
		({name, options, suggestion}) => [safeText(name), safeText(options.type), suggestion.place] as const,
	);
	const [names, types] = [0, 1].map(column => Math.max(0, ...rows.map(row => row[column]?.length ?? 0)));
	return [
		...rows.map(
			([name, type, place]) =>
				safe`  ${padSafe(name, names ?? 0, 'end')}  ${padSafe(type, types ?? 0, 'end')}  ${place}`,
		),
		...left.map(one => safe`  no check: ${one}`),
		...(isDenied ? [safe`Some programs may not be looked into by this user: root sees which ports are theirs.`] : []),
	];
}

export type Next = {
	readonly checks: readonly NamedCheck[];
	/** Behind commands: the file, where they would not find it. */
	readonly option: Safe;
	/** A command that lets the service of the machine read it. */
	readonly access?: Safe | undefined;
};

/** What is to be done now. */
export function nextSteps({checks, option, access}: Next): readonly Safe[] {
	const variables = variablesOf(checks);
	const users = checks.filter(({variables}) => variables.length > 0).map(({name}) => safeText(`"${name}"`));
	const steps = [
		...(variables.length > 0
			? [
					safe`set ${joinSafe(variables, safe`, `)} before you start healthtop: the configuration is refused without.`,
					safe`  The SQL that makes the user stands above ${joinSafe(users, safe`, `)} in the file.`,
				]
			: []),
		...(access === undefined ? [] : [safe`${access}   # so that the service may read it`]),
		safe`healthtop config check${option}   # can it be used?`,
		safe`healthtop check${option}   # asks each of them once`,
	];
	return [safe`Next:`, ...steps.map(step => safe`  ${step}`)];
}

function variablesOf(checks: readonly NamedCheck[]): readonly Safe[] {
	return checks.flatMap(({variables}) => variables).map(safeText);
}
