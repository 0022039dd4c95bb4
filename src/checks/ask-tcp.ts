import type {Ask} from '../core/check.js';
import {safe, safeBytes} from '../core/safe.js';
import {asking} from './attempt.js';
import {loadPattern} from './pattern.js';
import {readUntil} from './read-until.js';
import {secure} from './secure.js';
import type {TcpOptions} from './tcp.js';

/** How much of an answer is looked at, bytes. */
const most = 64 << 10;

/** Connects, sends what is to be sent, and reads what is expected. */
export function askTcp({host, port, send, expect, ...tls}: TcpOptions): Ask {
	return context =>
		asking(context, async attempt => {
			const matches = expect === undefined ? undefined : await loadPattern(expect);
			attempt.begin();
			const plain = await attempt.connect({host, port});
			const {socket, findings} = tls.tls ? await secure(attempt, plain, host, tls) : {socket: plain, findings: []};

			if (send !== undefined) {
				socket.write(send);
			}

			if (!matches) {
				return {text: safe`connected`, findings};
			}

			const {text, isMatched} = await readUntil(attempt, socket, matches, most);
			const said = safeBytes(text.split('\r\n')[0]?.slice(0, 80) ?? '');
			const reason = text === '' ? safe`closed without a word` : safe`said '${said}', not what was expected`;
			return {
				// A binary protocol has nothing to show.
				text: /[\x00-\x1f\x7f]/.test(text.split('\r\n')[0] ?? '') ? safe`connected` : said,
				values: {BODY: text},
				findings: isMatched ? findings : [...findings, {status: 'critical', reason}],
			};
		});
}
