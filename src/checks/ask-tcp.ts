import type {Ask, Failure, Finding} from '../core/check.js';
import {type Safe, safe, safeBytes} from '../core/safe.js';
import {type Attempt, asking, type Found} from './attempt.js';
import {loadPattern} from './pattern.js';
import {type Read, readUntil} from './read-until.js';
import type {TcpOptions} from './tcp.js';
import {timeText} from './timeout-text.js';

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

			return greeted(await readUntil(attempt, socket, matches, most), findings, attempt);
		});
}

/** What was said. That it is another thing than what was expected ends the question: how long we listened is no response time. */
function greeted(read: Read, findings: readonly Finding[], {context: {hide, timeout}}: Attempt): Found {
	const {text, isMatched} = read;
	const [first = ''] = hide(text).split('\r\n');
	const said = safeBytes(first.slice(0, 80));
	// A binary protocol has nothing to show.
	const found = {text: /[\x00-\x1f\x7f]/.test(first) ? safe`connected` : said, values: {BODY: text}, findings};

	return isMatched ? found : {...found, failure: mismatch(read, said, timeout)};
}

function mismatch({text, isTimeUp}: Read, said: Safe, timeout: number): Failure {
	if (isTimeUp) {
		const reason = safe`said '${said}', and not what was expected in ${timeText(timeout)}`;
		return {status: 'critical', reason, isTimeout: true};
	}

	const reason = text === '' ? safe`closed without a word` : safe`said '${said}', not what was expected`;
	return {status: 'critical', reason};
}
