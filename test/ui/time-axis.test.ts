import {afterEach, describe, expect, test} from 'vitest';
import type {Alert} from '../../src/core/alerts/alert.js';
import {Area} from '../../src/ui/area.js';
import {paintTimeAxis} from '../../src/ui/panels/time-axis.js';
import {Cells, Clusters} from '../../src/ui/screen/cells.js';
import {ascii, unicode} from '../../src/ui/theme.js';
import type {ViewState} from '../../src/ui/view-state.js';
import {aScene, aSnapshot} from '../helpers/scene.js';
import {anAlert} from '../helpers/scene-alerts.js';
import {painted} from '../helpers/screen.js';

const zone = process.env['TZ'];
afterEach(() => {
	process.env['TZ'] = zone;
});

/** Labels below graphs of 100 columns over a span that ends at 2026-11-22 03:14:51 UTC. */
function axis(span: '15m' | '6h' | '7d' | '90d', timeZone = 'UTC'): string {
	process.env['TZ'] = timeZone;
	return painted(100, 1, aScene({view: {time: {span, past: undefined}}}), paintTimeAxis)
		.join('')
		.replace(/\s+/g, ' ')
		.trim();
}

test.each([
	['15m', 'UTC', '03:00 03:02 03:04 03:06 ◆ started 03:10 03:12 03:14'],
	['6h', 'UTC', '22:00 23:00 00:00 01:00 02:00 ◆'],
	['6h', 'Asia/Kathmandu', '04:00 05:00 06:00 07:00 08:00 ◆'],
	['6h', 'America/St_Johns', '18:00 19:00 20:00 21:00 22:00 23:00 ◆'],
	['7d', 'UTC', 'Mon 16 Tue 17 Wed 18 Thu 19 Fri 20 Sat 21 ◆'],
	['90d', 'UTC', 'Aug 27 Sep 10 Sep 24 Oct 08 Oct 22 Nov 05 ◆'],
] as const)('%s in %s', (span, timeZone, labels) => {
	expect(axis(span, timeZone)).toBe(labels);
});

describe('where alerts fired', () => {
	const {at} = aSnapshot();
	const minute = 60_000;
	const fired = (ago: number, parts: Partial<Omit<Alert, 'title' | 'text' | 'of'>> = {}) =>
		anAlert('a', 'a', {firedAt: at - ago, ...parts});
	const line = (alerts: readonly Alert[], view: Partial<ViewState> = {}, symbols = unicode) =>
		painted(
			60,
			1,
			aScene({
				snapshot: aSnapshot({alerts}),
				symbols,
				view: {time: {span: '1h', past: undefined}, ...view},
			}),
			paintTimeAxis,
		)[0] ?? '';

	test('is a mark, at its time', () => {
		expect([...line([fired(30 * minute)])].flatMap((sign, column) => (sign === '!' ? [column] : []))).toEqual([29]);
		expect(line([fired(30 * minute)], {}, ascii)).toContain('*');
	});

	test('comes before the hours, but not before the cursor', () => {
		const label = line([]).indexOf('02:45');
		expect(line([fired(29.5 * minute)]).slice(label, label + 5)).toContain('!');
		const past = {at: at - 30 * minute, end: at};
		expect(line([fired(30 * minute)], {time: {span: '1h', past}})).not.toContain('!');
	});

	test('is marked while the past is on the screen, too, whose snapshot knows less', () => {
		const past = {at: at - 50 * minute, end: at};
		expect(line([fired(10 * minute)], {time: {span: '1h', past}})).toContain('!');
	});

	test('is in the colour of its severity, the worst where two are at once', async () => {
		const look = async (...alerts: readonly Alert[]) => {
			const scene = aScene({snapshot: aSnapshot({alerts}), view: {time: {span: '1h', past: undefined}}});
			const cells = new Cells(60, 1, new Clusters());
			paintTimeAxis(new Area(cells, {x: 0, y: 0, columns: 60, rows: 1}), scene);
			return [scene.look.strongLevel, cells.styles[29]] as const;
		};
		const [levels, warning] = await look(fired(30 * minute, {severity: 'warning'}));
		expect(warning).toBe(levels.warning);
		const [, both] = await look(fired(30 * minute, {severity: 'warning'}), fired(30 * minute));
		expect(both).toBe(levels.critical);
	});

	test('is no mark of what is pending, only worth knowing, or out of the graph', () => {
		const {firedAt: _, ...pending} = fired(30 * minute, {phase: 'pending'});
		expect(line([pending, fired(30 * minute, {severity: 'info'}), fired(61 * minute)])).not.toContain('!');
	});
});
