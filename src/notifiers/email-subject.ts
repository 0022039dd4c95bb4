import type {Message} from '../core/notifier.js';
import {type Safe, safe} from '../core/safe.js';
import {clustersOf} from '../core/width.js';

/** Servers and readers cut what is longer; characters. */
const longest = 200;

/**
 * `[healthtop] web-01: orders-db`, and `Re:` of the same afterwards: no state, no count and no value, for a thread is one thread everywhere
 * only while its subject stays.
 */
export function subjectOf({host, items, threadId, isTest}: Message): string {
	const title: Safe = isTest ? safe`test message` : (items[0]?.title ?? safe`-`);
	const subject = safe`[healthtop] ${host}: ${title}`;
	return shortened(oneLine(threadId === undefined ? subject : safe`Re: ${subject}`));
}

/** Nothing of a header may begin another one. */
export function oneLine(text: string): string {
	return text.replace(/[\r\n\0]+/g, ' ');
}

function shortened(text: string): string {
	if (text.length <= longest) {
		return text;
	}

	let kept = '';

	for (const cluster of clustersOf(text)) {
		if (kept.length + cluster.length >= longest) {
			break;
		}

		kept += cluster;
	}

	return `${kept}…`;
}
