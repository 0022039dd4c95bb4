/** Steps of a path such as `.data[0].name`; undefined for what is none. */
export function parseJsonPath(path: string): readonly (string | number)[] | undefined {
	const steps: (string | number)[] = [];
	let rest = path;

	while (rest !== '') {
		const [step = '', key, index] = /^(?:\.([^.[\]\s]+)|\[(\d+)\])/.exec(rest) ?? [];

		if (step === '') {
			return undefined;
		}

		steps.push(key ?? Number(index));
		rest = rest.slice(step.length);
	}

	return steps;
}

/** What a path leads to in a JSON value; undefined where it leads nowhere. Inherited keys are none. */
export function atJsonPath(json: unknown, steps: readonly (string | number)[]): unknown {
	return steps.reduce<unknown>((value, step) => {
		if (typeof value !== 'object' || value === null) {
			return undefined;
		}

		return Object.hasOwn(value, step) ? (value as Record<string | number, unknown>)[step] : undefined;
	}, json);
}
