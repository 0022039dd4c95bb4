import {afterEach, expect, test} from 'vitest';
import {paintTimeAxis} from '../../src/ui/panels/time-axis.js';
import {aScene} from '../helpers/scene.js';
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
