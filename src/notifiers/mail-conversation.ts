import type {NotifyContext} from '../core/notifier.js';
import {type Redact, redactor} from '../core/redact.js';
import {type Safe, safeText} from '../core/safe.js';
import {cut} from '../core/width.js';
import type {MailServer} from './mail-server.js';

/** A step on the way of a mail to a server. `tls`: the handshake. `accepted`: the answer to the whole mail. */
export type MailStage =
	| 'resolve'
	| 'connect'
	| 'tls'
	| 'greeting'
	| 'ehlo'
	| 'starttls'
	| 'login'
	| 'mail'
	| 'rcpt'
	| 'data'
	| 'accepted';

/** As nodemailer's logger gives them; what follows the verb (names, passwords) is never looked at. */
const stageOfVerb: Readonly<Record<string, MailStage>> = {
	EHLO: 'ehlo',
	HELO: 'ehlo',
	STARTTLS: 'starttls',
	AUTH: 'login',
	MAIL: 'mail',
	RCPT: 'rcpt',
	DATA: 'data',
};

/** More of an answer than that nobody reads. */
const longest = 300;

/** What has been said to a server and by it: how far it got, and each stage for who wants to hear it. */
export class MailConversation {
	/** What is waited for. */
	stage: MailStage = 'resolve';
	/** The text has been, or is being, sent: from now on it may have arrived. */
	isSent = false;
	readonly #context: NotifyContext;
	readonly #hide: Redact;
	/** Commands without an answer: with PIPELINING there are several. */
	#waiting: MailStage[] = ['greeting'];
	#isInLogin = false;

	constructor({login}: MailServer, context: NotifyContext) {
		this.#context = context;
		const own = redactor(login ? secretsOf(login) : []);
		this.#hide = text => own(context.hide(text));
	}

	/** What the server said, in one line and without secrets. */
	shown(reply: string): Safe {
		// Hidden first: of a part of a secret nobody can tell that it is one.
		const [first = '', ...more] = this.#hide(reply).split(/\r?\n/);
		const lines = [first.replace(/^(\d{3})-/, '$1 '), ...more.map(line => line.replace(/^\d{3}[ -]/, ''))];
		return cut(safeText(lines.join(', ')), longest);
	}

	tell(name: MailStage, text: Safe): void {
		this.#context.onStage?.({name: safeText(name), text});
	}

	/** One line of nodemailer's log. */
	log(entry: unknown, text: unknown): void {
		const kind = typeof entry === 'object' && entry !== null && 'tnx' in entry ? entry.tnx : undefined;

		if (kind === 'network' && this.stage === 'tls' && Object.hasOwn(Object(entry), 'remotePort')) {
			// TLS from the first byte on has begun.
			this.stage = 'greeting';
		} else if (kind === 'client') {
			this.#asked(String(text));
		} else if (kind === 'server') {
			this.#answered(String(text));
		}
	}

	#asked(line: string): void {
		const verb = /^[A-Z]+(?=[ :]|$)/.exec(line)?.[0] ?? '';
		const stage = this.#isInLogin ? undefined : stageOfVerb[verb];

		if (stage) {
			this.#isInLogin = stage === 'login';
			this.#waiting.push(stage);
			this.stage = this.#waiting[0] ?? stage;
		}
	}

	#answered(reply: string): void {
		const code = Number(reply.slice(0, 3));

		// Another step of the same login.
		if (this.#isInLogin && code === 334) {
			return;
		}

		const stage = this.#waiting.shift() ?? this.stage;
		this.#isInLogin = false;

		// What it refused is told by who knows what follows from it.
		if (code < 400) {
			this.tell(stage, this.shown(reply));
		}

		if (stage === 'data' && code < 400) {
			this.#waiting = ['accepted'];
		}

		this.stage = this.#waiting[0] ?? (stage === 'starttls' ? 'tls' : stage);
	}
}

/** A server may repeat what it was told, as it was told. */
function secretsOf({user, pass}: NonNullable<MailServer['login']>): readonly string[] {
	const base64 = (text: string) => Buffer.from(text).toString('base64');
	return [pass, base64(pass), base64(`\0${user}\0${pass}`)];
}
