import type {Alert} from '../../core/alerts/alert.js';
import {type AlertShown, alertShown, alertText, alertWords, muteWords} from '../../core/alerts/alert-words.js';
import {span} from '../../core/format.js';
import {type Safe, safe, safeText} from '../../core/safe.js';
import {cut} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import type {Look} from '../theme.js';

/** A cell of an alert's row; `own` is the style of all its text where the row has one, under the bar. */
export type PaintAlertCell = (cell: Area, alert: Alert, scene: Scene, own: number | undefined) => void;

/** The style of an alert's sign and word: a colour only while it fires, which whoever has acknowledged it has seen. */
export function alertStyle(alert: Alert, {level, strongLevel, dim, strong}: Look): number {
	const severity = alert.severity === 'info' ? undefined : alert.severity;
	const styles: Record<AlertShown, number> = {
		critical: alert.mute ? level.critical : strongLevel.critical,
		warning: alert.mute ? level.warning : strongLevel.warning,
		info: strong,
		flapping: severity ? level[severity] : strong,
		recovering: level.warning,
		pending: dim,
		over: dim,
	};
	return styles[alertShown(alert)];
}

/** True of what needs nobody now: it is pale. */
function isPale({phase}: Alert): boolean {
	return phase === 'resolved' || phase === 'pending';
}

/** `✗ CRIT`. */
export const paintState: PaintAlertCell = (cell, alert, {look, symbols}, own) => {
	const shown = alertShown(alert);
	cell.text(0, 0, safe`${symbols.alert[shown]} ${alertWords[shown]}`, own ?? alertStyle(alert, look));
};

export const paintTitle: PaintAlertCell = (cell, alert, {look}, own) => {
	cell.text(0, 0, cut(alert.title, cell.columns), own ?? (isPale(alert) ? look.dim : look.strong));
};

export const paintText: PaintAlertCell = (cell, alert, {look}, own) => {
	cell.text(0, 0, alertText(alert), own ?? (isPale(alert) ? look.dim : look.text));
};

/** Title and text behind each other: where columns would leave neither of them room. */
export const paintTitleAndText: PaintAlertCell = (cell, alert, scene, own) => {
	const pale = isPale(alert) ? scene.look.dim : undefined;
	const x = cell.text(0, 0, alert.title, own ?? pale ?? scene.look.strong);
	cell.text(x + 1, 0, alertText(alert), own ?? pale ?? scene.look.text);
};

/** What people were told of it, the worst first; why nobody is, before that. */
export function toldText({told: {sent, waiting, refused}, mute, phase}: Alert, mail: Safe): Safe {
	if (mute && phase !== 'resolved') {
		return muteWords[mute];
	}

	if (refused > 0) {
		return safe`${refused} refused`;
	}

	return waiting > 0 ? safe`${waiting} waiting` : sent > 0 ? safe`${mail} ${sent} sent` : safe``;
}

export const paintTold: PaintAlertCell = (cell, alert, {look, symbols}, own) => {
	const isTrouble = alert.told.refused > 0 || alert.told.waiting > 0;
	cell.text(0, 0, toldText(alert, symbols.mail), own ?? (isTrouble && !alert.mute ? look.level.warning : look.dim));
};

/** For how long it has been so, or when it was over. */
export const paintSince: PaintAlertCell = (cell, alert, {snapshot, look}, own) => {
	const {since, endedAt} = alert;
	const text =
		endedAt === undefined
			? safe`for ${span((snapshot.at - since) / 1000)}`
			: safe`${span((snapshot.at - endedAt) / 1000)} ago`;
	cell.right(cell.columns, 0, text, own ?? (isPale(alert) ? look.dim : look.text));
};

/** The same in eight columns, without words: of what is over, for how long that has been so. */
export const paintShortSince: PaintAlertCell = (cell, alert, {snapshot, look}, own) => {
	const {since, endedAt} = alert;
	cell.right(
		cell.columns,
		0,
		span((snapshot.at - (endedAt ?? since)) / 1000),
		own ?? (isPale(alert) ? look.dim : look.text),
	);
};

export const paintIncident: PaintAlertCell = (cell, {incident}, {look}, own) => {
	cell.text(0, 0, safeText(incident), own ?? look.dim);
};
