import type {Stage} from '../../core/check.js';
import {checkReason, checkStateWords} from '../../core/check-state.js';
import {knownSpan, responseTime, uptimePercent} from '../../core/check-words.js';
import {calendarDate, nearTime, span, unknown} from '../../core/format.js';
import {padSafe, type Safe, safe, safeText} from '../../core/safe.js';
import type {Check, JudgedCondition} from '../../core/snapshot.js';
import {widthOf, wrapped} from '../../core/width.js';
import type {Area} from '../area.js';
import type {Scene} from '../scene.js';
import type {Block} from './blocks.js';
import {stateStyle} from './service-cells.js';
import {type Fact, factRows, paintFacts} from './zoomed-parts.js';

/** Columns of one fact. */
const factColumns = 33;

const dayMs = 86_400_000;

/** Why it is not ok, in full. */
export function reasonBlock(check: Check, columns: number, {look, snapshot}: Scene): readonly Block[] {
	const {blockedBy, result, dueAt} = check;
	const reason = checkReason(check);
	const texts: readonly (readonly [text: Safe, style: number])[] = [
		...(blockedBy === undefined ? [] : [[safe`blocked by ${blockedBy}`, look.text] as const]),
		...(reason === undefined ? [] : [[reason, look.text] as const]),
		...(result ? [] : [[safe`no result, due ${nearTime(dueAt, snapshot.at)}`, look.dim] as const]),
	];
	const lines = texts.flatMap(([text, style]) => wrapped(text, Math.max(1, columns)).map(line => ({line, style})));
	return lines.length === 0
		? []
		: [
				{
					least: Math.min(2, lines.length),
					most: lines.length,
					rank: 1,
					paint: area => {
						for (const [y, {line, style}] of lines.slice(0, area.rows).entries()) {
							// Of what does not fit the last line says so.
							const isCut = y === area.rows - 1 && y < lines.length - 1;
							area.text(0, y, isCut ? safe`${line}${lines[y + 1]?.line ?? safe``}` : line, style);
						}
					},
				},
			];
}

/** How it does in all, and when it is asked. */
export function summaryBlock(check: Check, columns: number, scene: Scene): readonly Block[] {
	const facts = summaryOf(check, scene);
	const rows = factRows(facts.length, columns, factColumns);
	return facts.length === 0
		? []
		: [{least: Math.min(2, rows), most: rows, rank: 2, paint: area => paintFacts(area, facts, factColumns, scene)}];
}

function summaryOf(check: Check, {snapshot, look}: Scene): readonly Fact[] {
	const {attempt, result, uptime, dueAt} = check;
	const fact = (label: Safe, value: Safe, style = look.text): Fact => ({label, value, style});

	// What a program says is the reason, too.
	const isFound = result && result.text !== '' && result.text !== checkReason(check);
	const found = isFound ? [fact(safe`found`, result.text)] : [];

	if (snapshot.past) {
		return found;
	}

	const waitMs = dueAt - snapshot.at;
	const wait = waitMs > 0 ? safe`, in ${span(Math.ceil(waitMs / 1000))}` : safe``;
	return [
		...(attempt ? [fact(safe`result`, attemptText(check), look.level.warning)] : []),
		fact(safe`uptime`, uptime ? safe`${uptimePercent(uptime)} of ${knownSpan(uptime)}` : unknown),
		...found,
		fact(safe`next`, safe`${nearTime(dueAt, snapshot.at)}${wait}`),
		...(result ? [fact(safe`asked`, safe`${nearTime(result.at, snapshot.at)}`)] : []),
	];
}

/** `critical, 2 of 3`. */
function attemptText({attempt, result}: Check): Safe {
	return attempt ? safe`${safeText(result?.status ?? 'none')}, ${attempt.count} of ${attempt.of}` : safe``;
}

/** What was demanded and what it saw, failures first; those that do not fit are counted. */
export function conditionsBlock(conditions: readonly JudgedCondition[], scene: Scene): readonly Block[] {
	const ordered = [
		...conditions.filter(({status}) => status !== 'ok'),
		...conditions.filter(({status}) => status === 'ok'),
	];
	return ordered.length === 0
		? []
		: [
				{
					least: Math.min(2, ordered.length),
					most: ordered.length,
					rank: 3,
					paint: area => paintConditions(area, ordered, scene),
				},
			];
}

function paintConditions(area: Area, conditions: readonly JudgedCondition[], {look, symbols}: Scene): void {
	const shown = conditions.length > area.rows ? area.rows - 1 : area.rows;

	for (const [y, {text, status}] of conditions.slice(0, shown).entries()) {
		area.text(0, y, safe`${symbols.check[status]} ${checkStateWords[status]}`, stateStyle(status, look));
		area.text(7, y, text, look.text);
	}

	if (conditions.length > shown) {
		area.text(7, shown, safe`+${conditions.length - shown} more`, look.dim);
	}
}

/** How long each part of the question took: `name 0.3 ms   connect 0.4 ms   whole 42 ms`. */
export function stagesBlock(stages: readonly Stage[], columns: number, {look}: Scene): readonly Block[] {
	const lines: {x: number; label: Safe; value: Safe}[][] = [];
	let x = 0;

	for (const {name, ms} of stages) {
		const [label, value] = [safe`${stageWords[name]} `, responseTime(ms)];
		const width = widthOf(label) + widthOf(value);

		if (lines.length === 0 || x + width > columns) {
			lines.push([]);
			x = 0;
		}

		lines.at(-1)?.push({x, label, value});
		x += width + 3;
	}

	return lines.length === 0
		? []
		: [
				{
					least: 1,
					most: lines.length,
					rank: 4,
					paint: area => {
						for (const [y, line] of lines.entries()) {
							for (const {x, label, value} of line) {
								area.text(area.text(x, y, label, look.dim), y, value, look.text);
							}
						}
					},
				},
			];
}

const stageWords = {
	name: safe`name`,
	connect: safe`connect`,
	tls: safe`TLS`,
	login: safe`login`,
	'first byte': safe`first byte`,
	whole: safe`whole`,
} as const;

/** Until when it is valid, whose it is and who says so. */
export function certificateBlock({result}: Check, {look, snapshot}: Scene): readonly Block[] {
	const certificate = result?.certificate;

	if (!certificate) {
		return [];
	}

	const {subject, issuer, validFrom, validTo} = certificate;
	const days = Math.floor(Math.abs(validTo - snapshot.at) / dayMs);
	const isOver = validTo < snapshot.at;
	const left = isOver ? safe`expired ${days} days ago` : safe`${days} days left`;
	const lines: readonly (readonly [Safe, Safe, number])[] = [
		[
			safe`valid`,
			safe`${left}, ${calendarDate(validFrom)} to ${calendarDate(validTo)}`,
			isOver ? look.level.critical : look.text,
		],
		[safe`certificate`, subject, look.text],
		[safe`issuer`, issuer, look.text],
	];
	return [
		{
			least: 1,
			most: lines.length,
			rank: 6,
			paint: area => {
				for (const [y, [label, value, style]] of lines.entries()) {
					area.text(0, y, padSafe(label, 12, 'end'), look.dim);
					area.text(12, y, value, style);
				}
			},
		},
	];
}

/** Facts of its certificate that its block tells already, where a check tells them, too. */
const certificateLabels: readonly string[] = ['subject', 'issuer'];

/** What else the check tells. */
export function factsBlock({result}: Check, columns: number, scene: Scene): readonly Block[] {
	const told = result?.certificate ? certificateLabels : [];
	const facts = (result?.facts ?? [])
		.filter(({label}) => !told.includes(label))
		.map(({label, value}): Fact => ({label, value, style: scene.look.text}));
	const rows = factRows(facts.length, columns, factColumns);
	return facts.length === 0
		? []
		: [{least: 1, most: rows, rank: 8, paint: area => paintFacts(area, facts, factColumns, scene)}];
}
