import type {Delivery} from '../core/notifier.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import type {MailStage} from './mail-conversation.js';

/** How a try with one server failed: by codes, for what servers and libraries say is for people. */
export type MailFailure = {
	readonly stage: MailStage;
	/** Where it was. */
	readonly server: Safe;
	/** Of the server's answer, where there was one to what was asked. */
	readonly replyCode?: number | undefined;
	/** The answer, without secrets. */
	readonly reply?: Safe | undefined;
	/** The system's, OpenSSL's or nodemailer's. */
	readonly code?: string | undefined;
	/** The text was on its way. */
	readonly isSent: boolean;
	/** Our time was up. */
	readonly isAborted: boolean;
};

/** What a failure amounts to. */
export function deliveryOf(failure: MailFailure, reason: Safe): Exclude<Delivery, {kind: 'accepted'}> {
	const {stage, isSent, replyCode} = failure;
	const later = (scope: 'channel' | 'message', isUndecided = false) =>
		({kind: 'later', reason, scope, isUndecided}) as const;

	// Only an answer to the whole text says that it was not taken. One text that ends connections must not hold up all others.
	if (isSent && (stage !== 'accepted' || !isRefusal(replyCode))) {
		return later('message', true);
	}

	if (isRefusal(replyCode)) {
		return refusalOf(stage, replyCode, later, reason);
	}

	if (failure.code === 'EMESSAGE') {
		// Larger than the server said that it takes.
		return {kind: 'refused', reason};
	}

	return isOurs(failure) ? {kind: 'broken', reason} : later('channel');
}

type Later = (scope: 'channel' | 'message') => Delivery & {readonly kind: 'later'};

function refusalOf(stage: MailStage, code: number, later: Later, reason: Safe): Exclude<Delivery, {kind: 'accepted'}> {
	// 421: it closes, whatever it was asked. 530 to 538 (RFC 4954): TLS or a login is wanted, or the login is wrong.
	if (code === 421) {
		return later('channel');
	}

	if (code === 530 || code === 534 || code === 535 || code === 538) {
		return {kind: 'broken', reason};
	}

	switch (stage) {
		case 'rcpt':
		case 'data':
		case 'accepted':
			return code < 500 ? later('message') : {kind: 'refused', reason};
		case 'mail':
			// 552: too large (RFC 1870). Else it is the sender that it does not want.
			return code < 500 ? later('channel') : {kind: code === 552 ? 'refused' : 'broken', reason};
		case 'login':
		case 'starttls':
			return code < 500 ? later('channel') : {kind: 'broken', reason};
		case 'resolve':
		case 'connect':
		case 'tls':
		case 'greeting':
		case 'ehlo':
			return later('channel');
	}
}

/** Codes of our own, for what nobody else has one. */
export const noLoginOffered = 'NO_LOGIN';
export const noTlsForPassword = 'NO_TLS';
export const badAuthorities = 'BAD_CA';

/** Somebody has to change the configuration or a certificate. */
function isOurs({code = '', stage}: MailFailure): boolean {
	return (
		[noLoginOffered, noTlsForPassword, badAuthorities, 'EAUTH'].includes(code) || (stage === 'tls' && isTlsCode(code))
	);
}

/** OpenSSL's and Node's (`CERT_HAS_EXPIRED`, `ERR_SSL_WRONG_VERSION_NUMBER`); not the system's and nodemailer's (`ECONNRESET`). */
export function isTlsCode(code: string): boolean {
	return code !== '' && !/^E[A-Z\d]+$/.test(code) && code !== 'ABORT_ERR';
}

function isRefusal(code: number | undefined): code is number {
	return code !== undefined && code >= 400 && code <= 599;
}

/** What came of several servers, in their order: what may pass by itself is tried again, and a clear refusal needs nobody to mend anything. */
export function joinedDelivery(deliveries: readonly Exclude<Delivery, {kind: 'accepted'}>[]): Delivery {
	const rank = (one: Exclude<Delivery, {kind: 'accepted'}>) =>
		one.kind === 'later' ? (one.scope === 'message' ? 0 : 1) : one.kind === 'refused' ? 2 : 3;
	const [first] = deliveries.toSorted((a, b) => rank(a) - rank(b));

	if (!first) {
		return {kind: 'broken', reason: safe`no mail server is configured`};
	}

	const reasons = deliveries.map(({reason}) => reason).join('; ');
	return {...first, reason: safeText(reasons)};
}
