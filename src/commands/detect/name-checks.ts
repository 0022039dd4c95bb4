import type {NamedCheck, Suggestion} from './suggestion.js';

/** Names of checks have at most 64 characters; some are left for what comes behind. */
const longest = 48;

/** Gives each of them a name of its own, and what follows from it. They stay in their order. */
export function nameChecks(suggestions: readonly Suggestion[]): readonly NamedCheck[] {
	const names = namesOf(suggestions);
	const nameOf = (suggestion: Suggestion) => names.get(suggestion) ?? '';
	return suggestions.map(suggestion => {
		const {
			hasPassword,
			needs,
			options: {type, ...others},
		} = suggestion;
		const name = nameOf(suggestion);
		const variable = variableOf(name);
		return {
			name,
			suggestion,
			options: {
				type,
				...others,
				...(hasPassword && {password: `\${${variable}}`}),
				...(needs && {dependsOn: [nameOf(needs)]}),
			},
			variables: hasPassword ? [variable] : [],
		};
	});
}

/** Whoever is where it usually is chooses first, and parts are called as their wholes are. */
function namesOf(suggestions: readonly Suggestion[]): ReadonlyMap<Suggestion, string> {
	const names = new Map<Suggestion, string>();
	const taken = new Set<string>();

	for (const suggestion of suggestions.toSorted((a, b) => rankOf(a) - rankOf(b))) {
		const {port, partOf} = suggestion;
		const whole = partOf && names.get(partOf.whole);
		const wish = partOf ? `${whole}-${partOf.word}` : cleanName(suggestion.name);
		const choices = [wish, ...(port === undefined ? [] : [`${wish}-${port}`])];
		const name = choices.find(choice => !taken.has(choice)) ?? numbered(choices.at(-1) ?? wish, taken);
		taken.add(name);
		names.set(suggestion, name);
	}

	return names;
}

function rankOf({partOf, isUsual}: Suggestion): number {
	return partOf ? 2 : Number(!isUsual);
}

function numbered(name: string, taken: ReadonlySet<string>): string {
	let number = 2;

	while (taken.has(`${name}-${number}`)) {
		number += 1;
	}

	return `${name}-${number}`;
}

/** A name as a check may have it. */
export function cleanName(text: string): string {
	const clean = text.replace(/[^A-Za-z0-9._@+-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
	return clean.slice(0, longest) || 'service';
}

/** `MARIADB_3307_PASSWORD` */
function variableOf(name: string): string {
	const word = name.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
	return `${/^\d/.test(word) ? '_' : ''}${word}_PASSWORD`;
}
