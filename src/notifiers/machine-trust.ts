import {readFile, stat} from 'node:fs/promises';
import {createSecureContext, type SecureContext} from 'node:tls';

/** Of the bundle that was read last: reading 140 certificates takes 25 ms of CPU. */
let kept: {readonly file: string; readonly changedAt: number; readonly context: SecureContext} | undefined;

/** The first of these files of authorities that can be read; undefined, which is Node's own, without one. */
export async function trustedBy(bundles: readonly string[]): Promise<SecureContext | undefined> {
	for (const file of bundles) {
		try {
			const {mtimeMs: changedAt} = await stat(file);

			if (kept?.file !== file || kept.changedAt !== changedAt) {
				kept = {file, changedAt, context: createSecureContext({ca: await readFile(file, 'latin1')})};
			}

			return kept.context;
		} catch {
			// The next one.
		}
	}

	return undefined;
}
