import {isSecretField} from '../core/redact.js';

/** True for a key such as `password`: its value is never printed, wherever it stands. */
export function isSecretKey(key: string | number): boolean {
	return isSecretField(String(key));
}

/**
 * True where nothing of a value may be told: it stands at or below a key such as `password`, or is the address of `ping`, of which the path is
 * a token. What is written in place of all of `ping` most likely is that address.
 */
export function isSecretPath(path: readonly PropertyKey[]): boolean {
	const [first, second] = path;
	const isAddress = first === 'ping' && (path.length === 1 || second === 'url' || typeof second === 'number');
	return isAddress || path.some(key => isSecretField(String(key)));
}

/** For JSON.stringify: stars for what nobody may see. */
export function hideSecrets(key: string, value: unknown): unknown {
	return isSecretField(key) ? '***' : value;
}

/** The same for a configuration that may be wrong as a whole, so that `ping` may be anywhere. */
export function hideWritten(key: string, value: unknown): unknown {
	return key === 'ping' ? '***' : hideSecrets(key, value);
}
