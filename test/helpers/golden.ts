import {expect} from 'vitest';

/**
 * Compares a frame with test/golden/NAME.txt. A blank one is refused: as a golden it would pass for ever.
 * Rows keep the spaces at their ends, between marks, so that the frame's edges are seen.
 */
export async function expectGolden(name: string, rows: readonly string[]): Promise<void> {
	if (rows.join('').trim() === '') {
		throw new Error(`the frame for ${name} is blank`);
	}

	await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot(new URL(`../golden/${name}.txt`, import.meta.url).pathname);
}
