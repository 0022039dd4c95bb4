import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import PostalMime, {type Email} from 'postal-mime';
import {until} from './until.js';

/** A mail as its server kept it, and as another program than the one that made it reads it. */
export type Delivered = {readonly raw: string; readonly email: Email};

/** The mails of a Maildir, once there are so many. */
export async function delivered(maildir: string, count: number): Promise<readonly Delivered[]> {
	await until(`${count} mails in ${maildir}`, () => filesOf(maildir).length >= count);
	return mailsOf(maildir);
}

/** All mails of a Maildir as it is now, in the order in which they came. */
export async function mailsOf(maildir: string): Promise<readonly Delivered[]> {
	return Promise.all(filesOf(maildir).map(async file => read(readFileSync(file))));
}

/** How many there are now. */
export function mailCount(maildir: string): number {
	return filesOf(maildir).length;
}

/** A mail, parsed. */
export async function read(raw: Buffer): Promise<Delivered> {
	return {raw: raw.toString('latin1'), email: await PostalMime.parse(raw)};
}

/** Values of a header that may be there several times. */
export function headerOf({email}: Delivered, name: string): readonly string[] {
	return email.headers.filter(({key}) => key === name.toLowerCase()).map(({value}) => value);
}

function filesOf(maildir: string): readonly string[] {
	try {
		return readdirSync(join(maildir, 'new'))
			.toSorted((a, b) => cameAt(a) - cameAt(b))
			.map(name => join(maildir, 'new', name));
	} catch {
		return [];
	}
}

/** Seconds, from a name as Postfix gives it: `1733056538.V801I23M345678.host`. */
function cameAt(name: string): number {
	const [, seconds, micros] = /^(\d+)\.V\w+I\w+M(\d+)\./.exec(name) ?? [];
	return Number(seconds ?? 0) + Number(micros ?? 0) / 1e6;
}
