import {isSecretField} from '../core/redact.js';

/** True for a key such as `password`: its value is never printed, wherever it stands. */
export function isSecretKey(key: string | number): boolean {
	return isSecretField(String(key));
}

/** For JSON.stringify: stars for what nobody may see. */
export function hideSecrets(key: string, value: unknown): unknown {
	return isSecretField(key) ? '***' : value;
}
