import type * as z from 'zod';

/** What is wrong with a value though its shape is right, and where in it. Something must stand at `path`: of what is not there only that is told. */
export type FoundProblem = {
	/** Says nothing of what was written: whoever prints it adds what may be shown. */
	readonly message: string;
	readonly path: readonly (string | number)[];
	/** What there would have been to choose from. */
	readonly choices?: readonly string[];
};

/** Hands problems on to whom the schema was asked by, but for those of what has a key that is unknown: it was meant to be another one. */
export function tellAll(problems: readonly FoundProblem[], context: z.core.$RefinementCtx): void {
	const misspelt = context.issues.flatMap(issue => (issue.code === 'unrecognized_keys' ? [placeOf(issue.path)] : []));

	for (const {message, path, choices} of problems) {
		if (!misspelt.includes(placeOf(path))) {
			context.addIssue({code: 'custom', message, path: [...path], ...(choices && {params: {choices}})});
		}
	}
}

function placeOf(path: readonly PropertyKey[] = []): string {
	return JSON.stringify(path);
}

/** The same inside something larger. */
export function below(above: readonly (string | number)[], problems: readonly FoundProblem[]): readonly FoundProblem[] {
	return problems.map(problem => ({...problem, path: [...above, ...problem.path]}));
}

/** A problem for each name that another one before it has. `of` is what they are names of: `checks`. */
export function namedTwice(all: readonly {readonly name: string}[], of: string): readonly FoundProblem[] {
	const firsts = new Map(all.map(({name}, index) => [name, index] as const).toReversed());
	const message = `must be another name than those of the ${of} before it`;
	return all.flatMap(({name}, index) => (firsts.get(name) === index ? [] : [{message, path: [index, 'name']}]));
}
