import {type Safe, safe, safeText} from '../core/safe.js';

/** Why TLS has not begun, by the code of Node's error. */
export function tlsProblem(code: string, target: Safe): Safe {
	switch (code) {
		case 'ERR_SSL_WRONG_VERSION_NUMBER':
		case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
		case 'ERR_SSL_HTTP_REQUEST':
			return safe`no TLS on ${target}: it speaks something else`;
		case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
		case 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION':
			return safe`TLS failed: ${target} speaks only versions older than 1.2`;
		case 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE':
			return safe`TLS failed: ${target} and healthtop have no cipher in common, or it wants a certificate of ours`;
		case 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME':
		case 'ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME':
			return safe`TLS failed: ${target} has no certificate for that name`;
		case 'ERR_SSL_EXCESSIVE_MESSAGE_SIZE':
			return safe`TLS failed: ${target} sends a certificate of more than 100 KiB`;
		case 'ECONNRESET':
			return safe`${target} closed the connection when TLS began`;
		default:
			return safe`TLS failed with ${target}: ${safeText(code)}`;
	}
}
