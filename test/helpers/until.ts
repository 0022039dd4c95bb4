/** Resolves when the condition holds; fails when it does not in time. */
export async function until(what: string, condition: () => boolean, within = 20_000): Promise<void> {
	const end = performance.now() + within;

	while (!condition()) {
		if (performance.now() > end) {
			throw new Error(`not within ${within} ms: ${what}`);
		}

		await new Promise(resolve => setTimeout(resolve, 20));
	}
}
