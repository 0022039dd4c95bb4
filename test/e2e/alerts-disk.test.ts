import {appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {emptyBook, recordsVersion, withRecord} from '../../src/engine/engine-records.js';
import {openJournal} from '../../src/journal/open-journal.js';
import {command, start} from '../helpers/engine-process.js';
import {folder} from '../helpers/folder.js';
import {startMailbox} from '../helpers/mailbox.js';
import {MailedEngine, noBuiltInRules} from '../helpers/mailed-engine.js';
import {testAsRoot} from '../helpers/outside.js';
import {scriptedSmtp} from '../helpers/scripted-smtp.js';
import {smallDisk} from '../helpers/small-disk.js';
import {serviceConfig} from '../helpers/stories.js';
import {switchedService} from '../helpers/switched-service.js';

vi.setConfig({testTimeout: 120_000});

/** That nothing is kept is told at once, and over at once. */
const builtinRules = {...noBuiltInRules, 'healthtop keeps nothing': {for: '0s', keepFiringFor: '0s'}};

/** A service that stops and starts, told in a real mailbox. */
async function parts(directory: string, by: readonly string[] = []) {
	const [service, box] = [await switchedService(), await startMailbox()];
	const engine = new MailedEngine({...serviceConfig(service.port, box.port), builtinRules}, {directory, by});
	await engine.start();
	await engine.isWell();
	return {service, box, engine};
}

const unkept = (engine: MailedEngine) => engine.store.snapshot?.series.get('self.unkept');

const journalProblem = (engine: MailedEngine) =>
	engine.store.snapshot?.problems.find(({area}) => area === 'journal')?.reason ?? '';

/** Resolves when the alert of that title is so, and told so often. */
const isTold = (engine: MailedEngine, name: string, phase: string, times: number) =>
	engine.when(`${name} is ${phase}, and told`, alerts =>
		alerts.some(({title, told, ...alert}) => title === name && alert.phase === phase && told.sent === times),
	);

describe('a disk that takes nothing', () => {
	testAsRoot('postfix', 'mount')(
		'since before the start: alerts are told, and so is that they are not kept',
		async () => {
			const disk = smallDisk('mode=700');
			const directory = join(disk, 'state');
			mkdirSync(directory, {mode: 0o700});
			const free = fill(disk);
			const {service, box, engine} = await parts(directory);
			await service.stop();
			await isTold(engine, 'shop', 'firing', 1);
			await isTold(engine, 'healthtop keeps nothing', 'firing', 1);
			expect(unkept(engine)).toBe(1);
			expect(journalProblem(engine)).toMatch(/^cannot be written \(ENOSPC\)/);
			free();
			await service.start();
			await isTold(engine, 'shop', 'resolved', 2);
			await isTold(engine, 'healthtop keeps nothing', 'resolved', 2);
			expect(unkept(engine)).toBe(0);
			await engine.finish();
			expect((await box.story()).flatMap(tells => tells.split(', ')).toSorted()).toEqual([
				'firing critical',
				'firing critical',
				'resolved critical',
				'resolved critical',
			]);
		},
	);

	testAsRoot('postfix', 'strace')('since it runs, as if it were read-only: alerts are told all the same', async () => {
		const directory = folder();
		const inject = ['-P', join(directory, 'journal'), '-e', 'inject=pwrite64:error=EROFS'];
		// The tracer is a grandchild, so that a signal to the child is one to healthtop.
		const {service, box, engine} = await parts(directory, ['strace', '-D', '-f', '-o', '/dev/null', ...inject]);
		await service.stop();
		await isTold(engine, 'shop', 'firing', 1);
		await isTold(engine, 'healthtop keeps nothing', 'firing', 1);
		expect(journalProblem(engine)).toMatch(/^cannot be written \(EROFS\): what happens now is not kept/);
		await service.start();
		await isTold(engine, 'shop', 'resolved', 2);
		await engine.readings(5);
		await engine.stop();
		expect((await box.story()).flatMap(tells => tells.split(', ')).toSorted()).toEqual([
			'firing critical',
			'firing critical',
			'resolved critical',
		]);
	});
});

/** Takes what is left of a disk. @returns what gives it back. */
function fill(disk: string): () => void {
	const path = join(disk, 'filling');

	try {
		for (;;) {
			appendFileSync(path, Buffer.alloc(4096));
		}
	} catch {
		return () => rmSync(path);
	}
}

describe('a journal with alerts that was cut short', () => {
	test('at every seventh byte: it is read as far as it is whole, and each is told once more at most', async () => {
		const [service, server] = [await switchedService(), await scriptedSmtp()];
		const config = serviceConfig(service.port, server.port);
		const engine = new MailedEngine(config);
		await engine.start();
		await engine.isWell();
		await service.stop();
		await engine.when('it is told', ([alert]) => alert?.told.sent === 1);
		await service.start();
		await engine.when('it is told again', ([alert]) => alert?.told.sent === 2);
		await engine.finish();
		const whole = readFileSync(join(engine.directory, 'journal'));
		const directory = folder();
		let before = 0;

		for (let length = 0; length <= whole.length; length += 7) {
			const entries = await entriesAfterCut(directory, whole, length);
			expect(entries, `${length} bytes`).toBeGreaterThanOrEqual(before);
			before = entries;
		}

		expect(before).toBeGreaterThan(5);

		for (const part of [0.3, 0.6, 0.9]) {
			const length = Math.floor(whole.length * part);
			const cut = new MailedEngine(config);
			writeFileSync(join(cut.directory, 'journal'), whole.subarray(0, length), {mode: 0o600});
			const words = command('alerts', 'list', '--json', '--state-dir', cut.directory);
			expect(await start(words).said).toMatchObject({code: 0, stderr: ''});
			const texts = server.texts.length;
			await cut.start();
			await cut.isWell();
			await cut.finish();
			// Each that it does not know any more to have been told may be told once more.
			expect(server.texts.length - texts).toBeLessThanOrEqual(2);
		}
	});
});

/** Opens what is left of a journal as a start does it. @returns how many things it knows of alerts. */
async function entriesAfterCut(directory: string, whole: Buffer, length: number): Promise<number> {
	rmSync(directory, {recursive: true});
	mkdirSync(directory, {mode: 0o700});
	writeFileSync(join(directory, 'journal'), whole.subarray(0, length), {mode: 0o600});
	const {journal, records} = await openJournal({directory, version: recordsVersion, at: Date.now()});
	await journal.close();
	const {others} = records.reduce<typeof emptyBook>(withRecord, emptyBook);
	expect(others).toEqual([]);
	return records.length;
}
