import {type Safe, safe, safeText} from '../core/safe.js';
import type {MailStage} from './mail-conversation.js';
import {badAuthorities, isTlsCode, type MailFailure, noLoginOffered, noTlsForPassword} from './mail-outcome.js';

/** What is waited for at each stage. */
const waiting: Readonly<Record<MailStage, Safe>> = {
	resolve: safe`its address`,
	connect: safe`a connection`,
	tls: safe`TLS`,
	greeting: safe`a greeting`,
	ehlo: safe`an answer to EHLO`,
	starttls: safe`an answer to STARTTLS`,
	login: safe`an answer to the login`,
	mail: safe`an answer to MAIL`,
	rcpt: safe`an answer to RCPT`,
	data: safe`an answer to DATA`,
	accepted: safe`an answer to the mail`,
};

/** Why a try with a server failed, for operators. */
export function failureText(failure: MailFailure): Safe {
	const {isSent, reply, stage} = failure;
	const reason = whatText(failure);
	const isOpen = isSent && (stage !== 'accepted' || reply === undefined);
	return isOpen ? safe`${reason}; the mail was on its way and may have arrived` : reason;
}

function whatText({server, reply, stage, code = '', isAborted}: MailFailure): Safe {
	if (reply !== undefined) {
		return safe`${server}, ${stage === 'accepted' ? safe`to the mail` : safe`at ${safeText(stage)}`}: ${reply}`;
	}

	if (isAborted || code === 'ETIMEDOUT' || code === 'ETIMEOUT') {
		return safe`${server}: in vain waited for ${waiting[stage]}`;
	}

	return codeText(server, code, stage);
}

function codeText(server: Safe, code: string, stage: MailStage): Safe {
	switch (code) {
		case noLoginOffered:
			return safe`${server} offers no login`;
		case noTlsForPassword:
			return safe`${server} offers no TLS, so that the password was not sent`;
		case badAuthorities:
			return safe`the file of certificates to trust cannot be used`;
		case 'ENOTFOUND':
		case 'ENODATA':
			return safe`${server}: no such name`;
		case 'ECONNREFUSED':
			return stage === 'resolve' ? safe`${server}: no name server answers` : safe`refused on ${server}`;
		case 'ECONNRESET':
		case 'ECONNECTION':
		case 'EPIPE':
		case 'ETLS':
		case '':
			return safe`${server} closed the connection instead of ${waiting[stage]}`;
		case 'EMESSAGE':
			return safe`${server} does not take mails of this size`;
		default:
			return stage === 'tls' && isTlsCode(code)
				? tlsText(server, code)
				: safe`${server}: ${safeText(code)} (${waiting[stage]})`;
	}
}

function tlsText(server: Safe, code: string): Safe {
	switch (code) {
		case 'CERT_HAS_EXPIRED':
			return safe`${server}: its certificate has expired`;
		case 'CERT_NOT_YET_VALID':
			return safe`${server}: its certificate is not valid yet`;
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
			return safe`${server}: its certificate is for another name`;
		case 'DEPTH_ZERO_SELF_SIGNED_CERT':
			return safe`${server}: its certificate is self-signed`;
		case 'SELF_SIGNED_CERT_IN_CHAIN':
		case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
		case 'UNABLE_TO_GET_ISSUER_CERT':
		case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
			return safe`${server}: its certificate is signed by nobody who is trusted here`;
		case 'ERR_SSL_WRONG_VERSION_NUMBER':
		case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
			return safe`${server} does not speak TLS from the first byte on`;
		case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
		case 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION':
			return safe`${server} speaks only versions of TLS older than 1.2`;
		default:
			return safe`${server}: TLS failed (${safeText(code)})`;
	}
}
