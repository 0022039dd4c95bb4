import type {FoundProblem} from './found-problem.js';

/** Names below `notify` that no notifier has, of a configuration of which perhaps nothing has been found good yet. */
export function unknownNotifiers(written: unknown): readonly FoundProblem[] {
	const {checks, rules, builtinRules, notify} = Object(written) as Readonly<Record<string, unknown>>;
	const choices = entriesOf(notify)
		.flatMap(([, one]) => partOf(one, 'name'))
		.filter(name => typeof name === 'string');
	const message = 'must be the name of a notifier of this configuration, below "notify"';
	return [
		...entriesOf(checks).map(([index, check]) => [['checks', index], check] as const),
		...entriesOf(rules).map(([index, rule]) => [['rules', index], rule] as const),
		...Object.entries(Object(builtinRules)).map(([name, change]) => [['builtinRules', name], change] as const),
	].flatMap(([path, part]) =>
		partOf(part, 'notify')
			.flatMap(entriesOf)
			.flatMap(([place, name]) =>
				typeof name !== 'string' || choices.includes(name)
					? []
					: [{message, path: [...path, 'notify', place], choices}],
			),
	);
}

function entriesOf(list: unknown): readonly (readonly [index: number, value: unknown])[] {
	return Array.isArray(list) ? [...list.entries()] : [];
}

/** What an object has at a key, if it has. */
function partOf(whole: unknown, key: string): readonly unknown[] {
	return typeof whole === 'object' && whole !== null && Object.hasOwn(whole, key)
		? [(whole as Readonly<Record<string, unknown>>)[key]]
		: [];
}
