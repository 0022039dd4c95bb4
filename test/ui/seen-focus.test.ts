import {expect, test} from 'vitest';
import {layout} from '../../src/ui/layout.js';
import type {PanelName} from '../../src/ui/panel-name.js';
import {withSeenFocus} from '../../src/ui/shown-panels.js';
import {initialView} from '../../src/ui/view-state.js';

const all: readonly PanelName[] = ['cpu', 'memory', 'disk', 'network', 'services', 'processes', 'alerts'];

test.each<
	[name: string, size: readonly [number, number], focused: PanelName, zoomed: PanelName | undefined, on: PanelName]
>([
	['a panel that is seen keeps it', [120, 36], 'alerts', undefined, 'alerts'],
	['one that there is no room for gives it to the processes', [80, 24], 'alerts', undefined, 'processes'],
	['where there are none, to the first one', [40, 6], 'alerts', undefined, 'services'],
	['what fills the screen keeps it', [80, 24], 'alerts', 'alerts', 'alerts'],
	['without any panel it stays', [10, 1], 'alerts', undefined, 'alerts'],
])('%s', (_, [columns, rows], focused, zoomed, on) => {
	const view = {...initialView(all), services: 3, focused, zoomed};
	const places = layout(columns, rows, {panels: all, zoomed, services: 3});
	expect(withSeenFocus(view, places).focused).toBe(on);
});
