import {expect} from 'vitest';

/**
 * Compares a frame with test/golden/NAME.txt, spaces at the ends of rows and all. A blank one is refused: as a golden it
 * would pass for ever.
 */
export async function expectGolden(name: string, rows: readonly string[]): Promise<void> {
	if (rows.join('').trim() === '') {
		throw new Error(`the frame for ${name} is blank`);
	}

	await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot(new URL(`../golden/${name}.txt`, import.meta.url).pathname);
}
