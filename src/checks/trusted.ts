import {readFile, stat} from 'node:fs/promises';
import {createSecureContext, type SecureContext} from 'node:tls';
import {codeOf} from '../core/errors.js';
import {safe, safeText} from '../core/safe.js';
import {systemBundles} from '../core/system-bundles.js';
import {Failed} from './failed.js';

/** More than any file of authorities has, bytes. */
const mostBytes = 4 << 20;

type Kept = {readonly changedAt: number; readonly context: Promise<SecureContext>};

/** By file: reading 140 certificates takes 25 ms of CPU. */
const kept = new Map<string, Kept>();

/**
 * What certificates are trusted: those of a file, else the machine's, else (undefined) Node's own. Read again when the file has changed.
 * @throws {Failed} when a file that was named cannot be used.
 */
export async function trusted(ca: string | undefined): Promise<SecureContext | undefined> {
	if (ca !== undefined) {
		try {
			return await contextOf(ca);
		} catch (error) {
			const reason = safe`not asked: ca ${safeText(ca)} cannot be used (${safeText(codeOf(error) ?? 'no certificates')})`;
			throw new Failed({status: 'unknown', reason});
		}
	}

	for (const bundle of systemBundles) {
		try {
			return await contextOf(bundle);
		} catch {
			// The next one, or Node's.
		}
	}

	return undefined;
}

async function contextOf(file: string): Promise<SecureContext> {
	const stats = await stat(file);
	const before = kept.get(file);

	if (before?.changedAt === stats.mtimeMs) {
		return before.context;
	}

	if (!stats.isFile() || stats.size > mostBytes) {
		throw new Error('no certificates');
	}

	const context = readContext(file);
	kept.set(file, {changedAt: stats.mtimeMs, context});
	// What could not be read is tried again.
	context.catch(() => kept.delete(file));
	return context;
}

async function readContext(file: string): Promise<SecureContext> {
	const pem = await readFile(file, 'latin1');

	if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
		throw new Error('no certificates');
	}

	return createSecureContext({ca: pem});
}
