import {expect, test} from 'vitest';
import {layout} from '../../src/ui/layout.js';
import type {ViewState} from '../../src/ui/view-state.js';
import {wantedDetails} from '../../src/ui/wanted-details.js';
import {allPanels, aScene} from '../helpers/scene.js';
import {openScreen} from '../helpers/screen.js';

const rows: Record<string, [view: Partial<ViewState>, rows: number, isWanted: boolean]> = {
	'the network fills the screen': [{zoomed: 'network'}, 24, true],
	'all panels are shown': [{}, 24, false],
	'another one fills the screen': [{zoomed: 'disk'}, 24, false],
	'the picture stands still': [{zoomed: 'network', isFrozen: true}, 24, false],
	'there is no room for it': [{zoomed: 'network'}, 4, false],
};

test.each(Object.entries(rows))('who listens is wanted or not when %s', (_, [view, rows, isWanted]) => {
	const places = layout(80, rows, {panels: allPanels, zoomed: view.zoomed, services: 0});
	const details = wantedDetails(aScene({view}), places);
	expect([details.has('listeners'), details.has('addresses')]).toEqual([isWanted, isWanted]);
});

test('the screen tells the store, and takes it back', async () => {
	const {store, keys, view} = await openScreen({columns: 80, rows: 24});
	const wanted = () => store.wanted.has('listeners');
	const seen = [wanted()];

	for (const key of ['4', 'e', 'f', 'f', 'e']) {
		keys(key);
		seen.push(wanted());
	}

	view.stop(() => {});
	expect(seen).toEqual([false, false, true, false, true, false]);
});
