import type {EvidenceHour} from '../core/alerts/incident.js';
import type {Severity} from '../core/alerts/severity.js';
import {clockTime} from '../core/format.js';
import {type Safe, safe} from '../core/safe.js';
import {valueText} from '../core/value-text.js';
import {dim, heading} from './email-html-parts.js';
import {Markup, markup} from './email-markup.js';
import {type SparkCell, sparklineOf} from './email-sparkline.js';
import {zoneText} from './email-words.js';

/** A cell a minute. */
const cells = 60;

/** Of the tallest cell, px. */
const tallest = 44;

const colours: Readonly<Record<Severity, Markup>> = {
	critical: new Markup('#d84343'),
	warning: new Markup('#d98b1f'),
	info: new Markup('#7290ad'),
};

/** The last hour as coloured cells of a table, which every reader of mail can draw. */
export function hourMarkup(hour: EvidenceHour): Markup {
	const spark = sparklineOf(hour, cells);

	if (!spark) {
		return markup``;
	}

	const {from, to} = hour;
	const period = safe`${clockTime(from)} to ${clockTime(to)} ${zoneText(to)}`;
	return markup`${heading(safe`The hour before`, period)}<table role="img" aria-label="${legend(hour, spark)}" cellpadding="0" cellspacing="0" border="0" width="100%" style="max-width:568px;height:${tallest + 1}px;table-layout:fixed;border-bottom:1px solid rgba(128,128,128,.5)"><tr>${spark.cells.map(cellMarkup)}</tr></table>
<div style="margin-top:4px;font-size:13px;${dim}">${legend(hour, spark)}</div>`;
}

function legend({unit, warning, critical}: EvidenceHour, spark: NonNullable<ReturnType<typeof sparklineOf>>): Safe {
	const value = (number: number) => valueText(number, unit);
	const warned = warning === undefined ? safe`` : safe`, warning at ${value(warning)}`;
	const failed = critical === undefined ? safe`` : safe`, critical at ${value(critical)}`;
	return safe`lowest ${value(spark.lowest)}, highest ${value(spark.highest)}, last ${value(spark.last)}${warned}${failed}`;
}

/** Without a value there is nothing, with the least one a line. */
function cellMarkup(cell: SparkCell | undefined): Markup {
	if (!cell) {
		return markup`<td></td>`;
	}

	const height = Math.max(1, Math.round(cell.height * tallest));
	return markup`<td valign="bottom" style="padding:0 1px 0 0;vertical-align:bottom"><div style="height:${height}px;font-size:0;line-height:0;background:${colours[cell.level ?? 'info']}"></div></td>`;
}
