import type {Alert} from '../../core/alerts/alert.js';
import {alertText, muteSentences} from '../../core/alerts/alert-words.js';
import {responseTime} from '../../core/check-words.js';
import {nearTime} from '../../core/format.js';
import {joinSafe, type Safe, safe} from '../../core/safe.js';
import {wrapped} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import type {Block} from './blocks.js';
import {type Fact, factRows, paintFacts, wideRule} from './zoomed-parts.js';
import {conditionsBlock, stagesBlock} from './zoomed-service-now.js';

/** Columns of one fact. */
const factColumns = 33;

type Line = {readonly text: Safe; readonly style: number};

/** The value against its level in full, and why nobody is told. */
export function sayBlock(alert: Alert, columns: number, {look}: Scene): readonly Block[] {
	const {mute, isFlapping, phase} = alert;
	const isOver = phase === 'resolved';
	const notes: readonly Safe[] = [
		...(phase === 'pending' ? [safe`pending: not for long enough yet, nobody is told`] : []),
		...(phase === 'recovering' ? [safe`recovering: well, but not for long enough yet`] : []),
		...(isFlapping && mute !== 'flapping' && !isOver ? [muteSentences.flapping] : []),
		...(mute && !isOver ? [muteSentences[mute]] : []),
	];
	const lines: readonly Line[] = [
		...wrapped(alertText(alert), Math.max(1, columns)).map(text => ({text, style: look.text})),
		...notes.map(text => ({text, style: look.strong})),
	];
	return [
		{
			least: Math.min(1 + notes.length, lines.length),
			most: lines.length,
			rank: 1,
			paint: area => paintLines(area, lines, notes.length),
		},
	];
}

/** Of a text that does not fit the last line says so; the notes behind it stay. */
function paintLines(area: Area, lines: readonly Line[], notes: number): void {
	const texts = lines.slice(0, lines.length - notes);
	const shown = Math.max(1, Math.min(texts.length, area.rows - notes));

	for (const [y, {text, style}] of texts.slice(0, shown).entries()) {
		const isCut = y === shown - 1 && y < texts.length - 1;
		area.text(0, y, isCut ? safe`${text}${texts[y + 1]?.text ?? safe``}` : text, style);
	}

	for (const [index, {text, style}] of lines.slice(texts.length).entries()) {
		area.text(0, shown + index, text, style);
	}
}

/** When it fired and was over, and how many messages about it went where. */
export function factsBlock(alert: Alert, columns: number, scene: Scene): readonly Block[] {
	const facts = factsOf(alert, columns >= wideRule, scene);
	const rows = factRows(facts.length, columns, factColumns);
	return [{least: Math.min(2, rows), most: rows, rank: 2, paint: area => paintFacts(area, facts, factColumns, scene)}];
}

function factsOf(alert: Alert, isSaid: boolean, {look, snapshot: {at}}: Scene): readonly Fact[] {
	const {firedAt, endedAt, since, severity, phase, told} = alert;
	const {sent, waiting, refused} = told;
	const counts = [
		...(refused > 0 ? [safe`${refused} refused`] : []),
		...(waiting > 0 ? [safe`${waiting} waiting`] : []),
		...(sent > 0 ? [safe`${sent} sent`] : []),
	];
	const fact = (label: Safe, value: Safe, style = look.text): Fact => ({label, value, style});
	const isLate = refused + waiting > 0;
	return [
		// Of what goes on the rule above says it already, where there is room.
		...(endedAt === undefined && isSaid ? [] : [fact(safe`began`, nearTime(since, at))]),
		...(firedAt === undefined ? [] : [fact(safe`fired`, nearTime(firedAt, at))]),
		...(endedAt === undefined ? [] : [fact(safe`over`, nearTime(endedAt, at))]),
		...(phase === 'pending' ? [fact(safe`would be`, severityWords[severity])] : []),
		...(phase === 'firing' || phase === 'pending' ? [] : [fact(safe`was`, severityWords[severity])]),
		fact(
			safe`told`,
			counts.length === 0 ? safe`nobody` : joinSafe(counts, safe`, `),
			isLate ? look.level.warning : look.text,
		),
	];
}

const severityWords = {critical: safe`critical`, warning: safe`warning`, info: safe`info`} as const;

/** Where somebody has written what to do. */
export function runbookBlock({runbook}: Alert, {look}: Scene): readonly Block[] {
	return runbook === undefined
		? []
		: [
				{
					least: 1,
					most: 1,
					rank: 3,
					paint: area => area.text(area.text(0, 0, safe`runbook `, look.dim), 0, runbook, look.strong),
				},
			];
}

/** What a check had answered when it fired, and how far it got. */
export function lastAnswerBlocks(alert: Alert, columns: number, scene: Scene): readonly Block[] {
	const {check} = alert.evidence ?? {};

	if (!check) {
		return [];
	}

	const {type, text, reason, ms, stages, conditions} = check;
	// What is said above already is not said again.
	const found = [...new Set([text, reason ?? text])].filter(part => part !== '' && part !== alert.text);
	const said = found.length === 0 || ms === undefined ? found : [...found, safe`after ${responseTime(ms)}`];
	return [
		...(said.length === 0 ? [] : [answerBlock(type, said, scene)]),
		...conditionsBlock(conditions, scene).map(block => ({...block, rank: 6})),
		...stagesBlock(stages, columns, scene).map(block => ({...block, rank: 7})),
	];
}

function answerBlock(type: Safe, said: readonly Safe[], {look}: Scene): Block {
	const paint = (area: Area) => {
		const x = area.text(0, 0, safe`${type} answered when it fired  `, look.dim);
		area.text(x, 0, joinSafe(said, safe`, `), look.text);
	};
	return {least: 1, most: 1, rank: 5, paint};
}
