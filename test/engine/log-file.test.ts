import {
	appendFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {folder} from '../helpers/folder.js';
import {testOnDisk} from '../helpers/small-disk.js';
import {until} from '../helpers/until.js';
import {linesOf, messagesOf, opened} from './opened-log.js';

test('files are put aside when they are full, and five are kept', async () => {
	const path = folder();
	const {log, close} = opened(path, {fileBytes: 1000});
	const text = 'x'.repeat(100);

	for (let i = 0; i < 60; i++) {
		log.info(`${i} ${text}`);
	}

	await close();
	const files = ['healthtop.log.4', 'healthtop.log.3', 'healthtop.log.2', 'healthtop.log.1', 'healthtop.log'];
	expect(readdirSync(path).toSorted()).toEqual(files.toSorted());
	const numbers = files.flatMap(name => messagesOf(join(path, name))).map(text => Number.parseInt(String(text), 10));
	expect(numbers.at(-1)).toBe(59);
	expect(numbers).toEqual(Array.from(numbers, (_, i) => 60 - numbers.length + i));

	for (const name of files.slice(0, 4)) {
		expect(statSync(join(path, name)).size).toBeGreaterThanOrEqual(1000);
		expect(statSync(join(path, name)).size).toBeLessThan(1200);
		expect(statSync(join(path, name)).mode & 0o777).toBe(0o600);
	}
});

describe('a file that was there', () => {
	test('is added to, and taken from others', async () => {
		const {log, close, file} = opened(folder());
		writeFileSync(file, '{"message":"of last time"}\n', {mode: 0o644});
		log.info('of this time');
		await close();
		expect(messagesOf(file)).toEqual(['of last time', 'of this time']);
		expect(statSync(file).mode & 0o777).toBe(0o600);
	});

	test('with half a line at its end gets a new line first', async () => {
		const {log, close, file} = opened(folder());
		writeFileSync(file, '{"message":"of last ti');
		log.info('of this time');
		await close();
		const [half, ...others] = readFileSync(file, 'utf8').trimEnd().split('\n');
		expect(half).toBe('{"message":"of last ti');
		expect(others.map(line => JSON.parse(line))).toMatchObject([
			{message: 'lines of this log were lost', lost: 1},
			{message: 'of this time'},
		]);
	});

	test('is replaced by somebody else: the next line is added to that', async () => {
		const {log, close, file} = opened(folder());
		log.info('before');
		await log.start();
		renameSync(file, `${file}.old`);
		writeFileSync(file, `{"message":"${'x'.repeat(1000)}"}\n`);
		log.info('after');
		await close();
		expect(linesOf(file)).toHaveLength(2);
		expect(messagesOf(file)[1]).toBe('after');
	});

	test('is cut within a line by somebody else: the next one begins as one', async () => {
		const {log, close, file} = opened(folder());
		log.info('before');
		await log.start();
		truncateSync(file, 10);
		log.info('after');
		await close();
		const [, ...others] = readFileSync(file, 'utf8').trimEnd().split('\n');
		expect(others.map(line => JSON.parse(line).message)).toEqual(['lines of this log were lost', 'after']);
	});

	test.each<[what: string, change: (file: string) => void]>([
		['is removed', file => rmSync(file)],
		['is put aside by somebody else', file => renameSync(file, `${file}.old`)],
		['is cut by somebody else', file => truncateSync(file)],
		['goes with its directory', file => rmSync(join(file, '..'), {recursive: true})],
	])('%s: the next line is in a file of its name', async (_, change) => {
		const {log, close, file} = opened(join(folder(), 'state'));
		log.info('before');
		await log.start();
		change(file);
		log.info('after');
		await close();
		expect(messagesOf(file)).toEqual(['after']);
		expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
		expect(statSync(file).mode & 0o777).toBe(0o600);
	});
});

describe('what cannot be written', () => {
	test('is counted, and told when it works again', async () => {
		const path = join(folder(), 'state');
		const {log, clock, close, file} = opened(path);
		writeFileSync(path, 'a file in its place');
		await log.start();
		log.info('lost 1');
		await until('a problem', () => log.problem !== undefined);
		expect(log.problem).toBe(
			`there is no log: '${path}' cannot be used: there is a file in its place; mend that or name another directory`,
		);
		log.info('lost 2');
		await clock.advance(29_000);
		rmSync(path);
		log.info('lost 3');
		expect(existsSync(path)).toBe(false);
		await clock.advance(1000);
		await until('no problem', () => log.problem === undefined);
		log.info('kept');
		await close();
		expect(linesOf(file)).toMatchObject([
			{
				level: 'warn',
				message: 'lines of this log were lost',
				lost: 3,
				reason: expect.stringContaining('a file in its place'),
			},
			{message: 'kept'},
		]);
	});

	test('is given up at the end, which it does not hold up', async () => {
		const path = join(folder(), 'state');
		const {log, clock, close} = opened(path);
		writeFileSync(path, 'a file in its place');
		log.info('lost');
		await close();
		expect(log.problem).toContain('a file in its place');
		expect(clock.due).toEqual([]);
	});

	test('because something else has the name of the file is no error', async () => {
		const {log, close, file} = opened(folder());
		mkdirSync(file);
		log.info('lost');
		await close();
		expect(log.problem).toContain('it is not a file');
	});

	test('at once is a mebibyte at most', async () => {
		const {log, close, file} = opened(folder());
		await log.start();
		const text = 'x'.repeat(10_000);

		// Nothing can be written until we let others run: just so it is with a disk that does not answer.
		for (let i = 0; i < 1000; i++) {
			log.info(text);
		}

		expect(log.problem).toContain('the disk does not answer');
		await close();
		const lines = linesOf(file);
		const told = lines.find(({message}) => message === 'lines of this log were lost');
		expect(lines.length - 1 + Number(told?.['lost'])).toBe(1000);
		expect(lines.length).toBeGreaterThan(95);
		expect(statSync(file).size).toBeLessThan(1 << 20);
		expect(log.problem).toBeUndefined();
	});

	test('is nothing, however much is written over time', async () => {
		const {log, close, file} = opened(folder());
		await log.start();
		const text = 'x'.repeat(10_000);

		for (let round = 1; round <= 3; round++) {
			for (let i = 0; i < 60; i++) {
				log.info(text);
			}

			await until('is written', () => existsSync(file) && statSync(file).size > round * 600_000);
		}

		await close();
		expect(linesOf(file)).toHaveLength(180);
	});

	testOnDisk('mode=700', 'because the disk is full is counted, and the next line begins as one', async path => {
		const {log, clock, close, file} = opened(path);
		const filling = join(path, 'filling');
		log.info('before');
		await log.start();
		fill(filling);
		const text = 'x'.repeat(1000);

		for (let i = 0; i < 10; i++) {
			log.info(`${i} ${text}`);
		}

		await until('a problem', () => log.problem !== undefined);
		expect(log.problem).toBe(`the log '${file}' cannot be written: no space is left on the device`);
		rmSync(filling);
		await clock.advance(30_000);
		await until('no problem', () => log.problem === undefined);
		log.info('after');
		await close();
		// What was cut where the disk was full keeps its place; all others are whole.
		const whole = readFileSync(file, 'utf8')
			.trimEnd()
			.split('\n')
			.filter(isJson)
			.map(line => JSON.parse(line));
		const told = whole.filter(({message}) => message === 'lines of this log were lost');
		const kept = whole.filter(({message}) => /^\d/.test(message));
		expect(told).toHaveLength(1);
		expect(told[0].lost + kept.length).toBe(10);
		expect(whole.at(-1)).toMatchObject({message: 'after'});
	});
});

function fill(path: string): void {
	try {
		for (;;) {
			appendFileSync(path, Buffer.alloc(512));
		}
	} catch {
		// Full.
	}
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
