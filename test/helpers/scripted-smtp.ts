import type {Socket} from 'node:net';
import {listening} from './listening.js';

/** What is done at a stage: an answer in one or more lines, nothing, the end of the connection, or something of the test's own. */
export type Act = string | 'silent' | 'drop' | ((socket: Socket) => void);

export type Script = {
	readonly greeting?: Act;
	readonly ehlo?: Act;
	readonly helo?: Act;
	readonly starttls?: Act;
	readonly auth?: Act;
	readonly mail?: Act;
	readonly rcpt?: Act;
	readonly data?: Act;
	/** As soon as the first of the text is there. */
	readonly text?: Act;
	/** After the final dot. */
	readonly dot?: Act;
	readonly quit?: Act;
};

const usual = {
	greeting: '220 mail.example.com ESMTP',
	ehlo: '250 mail.example.com',
	helo: '250 mail.example.com',
	starttls: '502 5.5.1 not known',
	auth: '502 5.5.1 not known',
	mail: '250 2.1.0 Ok',
	rcpt: '250 2.1.5 Ok',
	data: '354 End data with <CR><LF>.<CR><LF>',
	dot: '250 2.0.0 Ok: queued as 4F1',
	quit: '221 2.0.0 Bye',
} satisfies Script;

export type ScriptedSmtp = {
	readonly port: number;
	/** Commands of all connections, as they were sent. */
	readonly commands: readonly string[];
	/** The texts that came whole. */
	readonly texts: readonly Buffer[];
	connections(): number;
};

/** A mail server that does what a test tells it to; by itself it takes every mail. A function of stages is asked for each connection. */
export async function scriptedSmtp(script: Script | ((connection: number) => Script) = {}): Promise<ScriptedSmtp> {
	const commands: string[] = [];
	const texts: Buffer[] = [];
	let connections = 0;
	const {port} = await listening(socket => {
		const own = typeof script === 'function' ? script(connections) : script;
		connections += 1;
		converse(socket, {...usual, ...own}, {commands, texts});
	});
	return {port, commands, texts, connections: () => connections};
}

type Heard = {readonly commands: string[]; readonly texts: Buffer[]};

function converse(socket: Socket, script: Script, {commands, texts}: Heard): void {
	const act = (what: Act | undefined) => perform(socket, what);
	let waiting = '';
	let isText = false;

	/** Takes the next command or text out of what has come; false where it is not whole. */
	const next = (): boolean => {
		const mark = isText ? '\r\n.\r\n' : '\r\n';
		const end = waiting.indexOf(mark);

		if (end < 0) {
			return false;
		}

		const piece = waiting.slice(0, end);
		waiting = waiting.slice(end + mark.length);

		if (isText) {
			isText = false;
			texts.push(Buffer.from(`${piece}\r\n`, 'latin1'));
			act(script.dot);
		} else {
			commands.push(piece);
			const verb = (piece.split(/[ :]/)[0] ?? '').toLowerCase() as keyof Script;
			act(verb in script ? script[verb] : '500 5.5.2 what');
			isText = verb === 'data' && /^3/.test(String(script.data));
		}

		return true;
	};
	act(script.greeting);
	socket.on('data', chunk => {
		waiting += chunk.toString('latin1');

		if (isText && script.text !== undefined) {
			act(script.text);
			return;
		}

		while (next()) {}
	});
}

function perform(socket: Socket, what: Act | undefined): void {
	if (what === 'drop') {
		socket.destroy();
	} else if (typeof what === 'function') {
		what(socket);
	} else if (what !== undefined && what !== 'silent') {
		socket.write(`${what}\r\n`);
	}
}
