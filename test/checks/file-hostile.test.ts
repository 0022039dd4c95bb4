import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect} from 'vitest';
import {file} from '../../src/checks/file.js';
import {answerOf, askOnce, checkOf, hangingAnswer} from '../helpers/ask.js';
import {folder} from '../helpers/folder.js';
import {fuseMount, fuseNeeds} from '../helpers/fuse-mount.js';
import {testAsRoot} from '../helpers/outside.js';

const onFuse = testAsRoot(...fuseNeeds);

onFuse('a file on another file system is the same', async () => {
	const {source, mount} = await fuseMount();
	writeFileSync(join(source, 'log'), 'all done\n');
	const link = join(folder(), 'link');
	symlinkSync(join(mount, 'log'), link);
	expect((await answerOf(file, {path: link, matches: 'done', kind: 'file'})).findings).toEqual([]);
	const reasons = async (options: object) => (await answerOf(file, options)).findings?.map(({reason}) => reason);
	expect(await reasons({path: link, matches: 'failed'})).toEqual(["'failed' is not in it"]);
	expect(await reasons({path: join(mount, 'none')})).toEqual([`no file ${mount}/none`]);
});

onFuse('a file system that does not answer ends at its deadline, and holds up nobody else', async () => {
	const {source, mount, stop, go} = await fuseMount();
	const path = join(mount, 'log');
	mkdirSync(join(source, 'below'));
	writeFileSync(join(source, 'log'), 'x');
	const ask = await checkOf(file, {path});
	expect((await askOnce(ask)).failure).toBeUndefined();
	stop();
	const {answer, ...ended} = await hangingAnswer(file, {path});
	expect(ended).toEqual({isInTime: true, left: 0});
	const reason = `no answer in 300 ms: file system of ${path} does not answer`;
	expect(answer.failure).toEqual({status: 'critical', reason, isTimeout: true});
	const [other, ...stuck] = await Promise.all([
		answerOf(file, {path: join(source, 'log')}, {timeout: 5000}),
		...Array.from({length: 6}, (_, i) => answerOf(file, {path: join(mount, String(i))}, {timeout: 300})),
	]);
	expect(other?.failure).toBeUndefined();
	expect(stuck.map(({failure}) => failure?.status)).toEqual(Array.from({length: 6}, () => 'critical'));
	go();
	expect((await askOnce(ask)).failure).toBeUndefined();
});
