import type {Incident} from '../core/alerts/incident.js';
import type {Check} from '../core/snapshot.js';
import type {PlannedCheck} from './planned-check.js';

/** What a check says of other machines just after this one was woken up is told only if it stays so, ms. */
const resumeGrace = 30_000;

/** A check waits for one that it depends on, which seems to fail, too, so long at most, ms. */
const parentWait = 60_000;

/** While it seems to be us who cannot reach others, this many rounds of a check are waited for. */
const impairedRounds = 2;

/** What may speak for another cause than the check's own. Times are those of `AlertState`. */
export type Doubts = {
	readonly planned: PlannedCheck;
	readonly rows: readonly Check[];
	/** Its last question would have left the machine. */
	readonly isRemote: boolean;
	readonly isImpaired: boolean;
	readonly resumedT: number;
	/** When this run of the program began: until then nothing is known of other checks. */
	readonly begunT: number;
};

/** Until when it is waited whether it is this machine, or another check, that has failed, before anybody is told of an incident. */
export function firstWordAt(
	{newsT}: Incident,
	{planned, rows, isRemote, isImpaired, resumedT, begunT}: Doubts,
): number {
	const changedT = newsT.at(-1) ?? Number.NEGATIVE_INFINITY;
	const isFailing = (name: string) =>
		rows.some(row => row.check === name && row.status !== 'critical' && row.result?.status === 'critical');
	const parents = planned.dependsOn.some(isFailing) ? Math.max(changedT, begunT) + parentWait : changedT;
	const ours = isRemote && isImpaired ? changedT + impairedRounds * planned.every : changedT;
	return Math.max(parents, ours, isRemote ? resumedT + resumeGrace : changedT);
}
