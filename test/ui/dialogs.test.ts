import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {safe} from '../../src/core/safe.js';
import {compose} from '../../src/ui/compose.js';
import {dialogExtent, dialogPlace} from '../../src/ui/dialogs/index.js';
import {bindings, keysLabel} from '../../src/ui/keys-table.js';
import {bodyOf, layout} from '../../src/ui/layout.js';
import {Cells, Clusters} from '../../src/ui/screen/cells.js';
import {initialView} from '../../src/ui/view-state.js';
import {allPanels, aScene} from '../helpers/scene.js';
import {rowsOf} from '../helpers/screen.js';

/** What stands in the help on a screen of this size, and how much of it there is. */
function helpOn(columns: number, rows: number, offset = 0) {
	const dialog = {kind: 'help', offset} as const;
	const scene = aScene({view: {...initialView(allPanels), dialog}});
	const place = dialogPlace(dialog, columns, rows);
	const clusters = new Clusters();
	const [cells, base] = [new Cells(columns, rows, clusters), new Cells(columns, rows, clusters)];
	compose(cells, base, layout(columns, rows, {panels: [], zoomed: undefined, services: 0}), place, scene, []);
	const {x, y, ...body} = bodyOf(place);
	const text = rowsOf(cells)
		.slice(y, y + body.rows)
		.map(row => row.slice(x, x + body.columns))
		.join('\n');
	return {place, text, extent: dialogExtent(dialog, place, scene)};
}

describe('help', () => {
	test.each([
		[80, 24],
		[120, 36],
		[200, 50],
	])('at %ix%i every row of the table is there, whole', (columns, rows) => {
		const {text, extent} = helpOn(columns, rows);
		expect(extent.total).toBeLessThanOrEqual(extent.shown);

		for (const binding of bindings) {
			expect(text).toContain(`${keysLabel(binding)} `);
			expect(text).toContain(binding.help);
		}
	});

	test.each([
		[80, 12],
		[60, 20],
		[44, 10],
	])('at %ix%i every row of the table can be scrolled to', (columns, rows) => {
		const {total, shown} = helpOn(columns, rows).extent;
		const seen = Array.from({length: total - shown + 1}, (_, offset) => helpOn(columns, rows, offset).text).join('\n');
		expect(total).toBeGreaterThan(shown);

		for (const binding of bindings) {
			expect(seen).toContain(binding.help);
		}
	});

	test('is inside the screen, whatever its size and however far it was scrolled', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 20, max: 500}),
				fc.integer({min: 2, max: 200}),
				fc.nat(60),
				(columns, rows, offset) => {
					const {place} = helpOn(columns, rows, offset);
					expect(place.title).toBe(safe`Keys`);
					expect(Math.min(place.x, place.y)).toBeGreaterThanOrEqual(0);
					expect(place.x + place.columns).toBeLessThanOrEqual(columns);
					expect(place.y + place.rows).toBeLessThanOrEqual(rows);
				},
			),
		);
	});
});
