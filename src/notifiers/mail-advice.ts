import {type Safe, safe} from '../core/safe.js';
import type {MailStage} from './mail-conversation.js';
import {badAuthorities, isTlsCode, type MailFailure, noLoginOffered, noTlsForPassword} from './mail-outcome.js';
import type {MailServer} from './mail-server.js';

/** What somebody could change, where that can be told. */
export function adviceOf(failure: MailFailure, {tls, port, login}: MailServer): Safe | undefined {
	const {code = '', stage, replyCode} = failure;

	if (stage === 'tls') {
		return tlsAdvice(code);
	}

	if (code === noTlsForPassword || (stage === 'starttls' && replyCode !== undefined)) {
		return safe`let the server offer STARTTLS; "tls": "none" sends all of it in the clear, a password too`;
	}

	if (code === noLoginOffered) {
		return safe`take user and password away, or set the port for submission (587, or 465 with "tls": "implicit")`;
	}

	return replyCode === undefined ? placeAdvice(failure, port, tls) : replyAdvice(stage, replyCode, login !== undefined);
}

function tlsAdvice(code: string): Safe | undefined {
	switch (code) {
		case 'CERT_HAS_EXPIRED':
		case 'CERT_NOT_YET_VALID':
		case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
		case 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION':
			return safe`the server has to be mended`;
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
			return safe`set "host" to a name that the certificate is for`;
		case 'ERR_SSL_WRONG_VERSION_NUMBER':
		case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
			return safe`set "tls": "required" (port 587), or the port that speaks TLS from the first byte on (465)`;
		default:
			return isTlsCode(code)
				? safe`set "ca" to the authority's certificate; "insecure": true takes any certificate`
				: undefined;
	}
}

function placeAdvice({stage, code}: MailFailure, port: number, tls: MailServer['tls']): Safe | undefined {
	switch (stage) {
		case 'resolve':
			return safe`check "host" and the name servers of this machine`;
		case 'connect':
			return safe`check "host", "port" (587, 465 or 25) and firewalls`;
		case 'greeting':
			return tls === 'implicit'
				? undefined
				: safe`if port ${port} speaks TLS from the first byte on, set "tls": "implicit"`;
		default:
			return code === badAuthorities ? safe`set "ca" to a file of certificates (PEM) that may be read` : undefined;
	}
}

function replyAdvice(stage: MailStage, code: number, hasLogin: boolean): Safe | undefined {
	switch (stage) {
		case 'login':
			return code >= 500 ? safe`check "user" and "password"` : undefined;
		case 'ehlo':
			return safe`set "name" to the name of this machine, as others know it`;
		case 'mail':
			return code === 530 && !hasLogin
				? safe`set "user" and "password", or let the server take mail of this machine`
				: safe`check "from": the server does not take mail of it`;
		case 'rcpt':
			return code >= 500 ? safe`check "to"; the server takes no mail for it from this machine` : undefined;
		default:
			return undefined;
	}
}
