import type {Ask, Finding} from '../core/check.js';
import {safe, safeBytes} from '../core/safe.js';
import {asking, type Found} from './attempt.js';
import {loadPattern} from './pattern.js';
import {type Read, readUntil} from './read-until.js';
import type {TcpOptions} from './tcp.js';

/** How much of an answer is looked at, bytes. */
const most = 64 << 10;

/** Connects, sends what is to be sent, and reads what is expected. */
export function askTcp({host, port, send, expect, ...tls}: TcpOptions): Ask {
	return context =>
		asking(context, async attempt => {
			const matches = expect === undefined ? undefined : await loadPattern(expect);
			const secure = tls.tls ? (await import('./secure.js')).secure : undefined;
			attempt.begin();
			const plain = await attempt.connect({host, port});
			const {socket, findings} = secure ? await secure(attempt, plain, host, tls) : {socket: plain, findings: []};

			if (send !== undefined) {
				socket.write(send);
			}

			if (!matches) {
				return {text: safe`connected`, findings};
			}

			return greeted(await readUntil(attempt, socket, matches, most), findings);
		});
}

/** What was said, or, where that is another thing than what was expected, why that is a failure. */
function greeted({text, isMatched}: Read, findings: readonly Finding[]): Found {
	const [first = ''] = text.split('\r\n');
	const said = safeBytes(first.slice(0, 80));
	const values = {BODY: text};

	if (isMatched) {
		// A binary protocol has nothing to show.
		return {text: /[\x00-\x1f\x7f]/.test(first) ? safe`connected` : said, values, findings};
	}

	const reason = text === '' ? safe`closed without a word` : safe`said '${said}', not what was expected`;
	return {text: said, values, findings: [...findings, {status: 'critical', reason}]};
}
