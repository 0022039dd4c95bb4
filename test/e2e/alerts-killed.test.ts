import {describe, expect} from 'vitest';
import {
	expectCopies,
	hasFailed,
	isAccepted,
	isKept,
	isPending,
	isTaken,
	isTrying,
	killedAt,
	type Moment,
	slowToAnswer,
} from '../helpers/killed-story.js';
import {portForLater} from '../helpers/listening.js';
import {type Mailbox, startMailbox} from '../helpers/mailbox.js';
import {byMail, MailedEngine, type Written} from '../helpers/mailed-engine.js';
import {testAsRoot} from '../helpers/outside.js';
import {diskConfig, fillingDisk, serviceConfig} from '../helpers/stories.js';
import {switchedService} from '../helpers/switched-service.js';

const begin = [isKept('firing'), isTrying(1), isTaken(1), isAccepted(1)];
const end = [isKept('resolved'), isTrying(2), isTaken(2), isAccepted(2)];

/** What goes wrong and is mended again, and what watches it and tells. */
type Trouble = {readonly config: Written; readonly breaks: () => unknown; readonly mends: () => unknown};

/** Between two things that happen to an alert there is time to be killed. */
const alerts = {groupWait: '1s'};

function diskTrouble(port: number): Trouble {
	const disk = fillingDisk();
	return {config: diskConfig(disk, port), breaks: disk.fill, mends: disk.empty};
}

async function serviceTrouble(port: number): Promise<Trouble> {
	const service = await switchedService();
	return {config: serviceConfig(service.port, port), breaks: service.stop, mends: service.start};
}

/** The whole story of a trouble, in which healthtop is killed at a moment. @returns what was told. */
async function told({config, breaks, mends}: Trouble, moment: Moment, to: string, box: Mailbox) {
	const engine = new MailedEngine({...config, alerts, notify: [byMail(box.port, {to: [to]})]});
	const isTold = () => engine.when('it is told', ([alert]) => (alert?.told.sent ?? 0) > 0);
	await engine.start();
	await engine.readings(3);
	await breaks();

	if (end.includes(moment)) {
		await isTold();
		await mends();
		await killedAt(moment, engine, box);
	} else {
		await killedAt(moment, engine, box);
		await isTold();
		await mends();
	}

	await engine.when('that it is over is told', ([alert]) => alert?.phase === 'resolved' && alert.told.sent > 1);
	await engine.finish();
	const story = await box.story(to);
	await expectCopies(box, to, moment);
	return `${moment.when}: ${story.join(', ')}`;
}

/** All at the same time: most of it is waiting. */
async function toldAtEach(moments: readonly Moment[], box: Mailbox, troubleOf: () => Trouble | Promise<Trouble>) {
	return Promise.all(
		moments.map(async (moment, index) => told(await troubleOf(), moment, `story${index}@example.com`, box)),
	);
}

describe('killed at a moment', () => {
	testAsRoot('postfix', 'mount')(
		'of a disk that fills and is emptied: told once of each, whenever that is',
		async () => {
			const [box, moments] = [await startMailbox({settings: slowToAnswer}), [isPending, ...begin, ...end]];
			expect(await toldAtEach(moments, box, () => diskTrouble(box.port))).toEqual(
				moments.map(({when}) => `${when}: firing warning, resolved warning`),
			);
		},
		180_000,
	);

	testAsRoot('postfix')(
		'of a service that stops and starts: told once of each, whenever that is',
		async () => {
			const [box, moments] = [await startMailbox({settings: slowToAnswer}), [...begin, ...end]];
			expect(await toldAtEach(moments, box, () => serviceTrouble(box.port))).toEqual(
				moments.map(({when}) => `${when}: firing critical, resolved critical`),
			);
		},
		180_000,
	);

	testAsRoot('postfix')(
		'of an outage without a mail server: told once, of all of it',
		async () => {
			const port = await portForLater();
			const before = [isKept('firing'), hasFailed, isKept('resolved')];
			const after = [isTrying(1), isTaken(1), isAccepted(1)];
			const stories = await Promise.all(
				[...before, ...after].map(async (moment, index) => {
					const to = `story${index}@example.com`;
					const {config, breaks, mends} = await serviceTrouble(port);
					const engine = new MailedEngine({...config, alerts, notify: [byMail(port, {to: [to]})]});
					await engine.start();
					await engine.isWell();
					await breaks();
					await (moment === before[0] || moment === before[1]
						? killedAt(moment, engine)
						: hasFailed.come(engine, undefined));
					await mends();
					await (moment === before[2] ? killedAt(moment, engine) : undefined);
					await engine.when('it is over', ([alert]) => alert?.phase === 'resolved');
					return {moment, engine, to};
				}),
			);
			const box = await startMailbox({port, settings: slowToAnswer});
			const all = stories.map(async ({moment, engine, to}) => {
				await (after.includes(moment) ? killedAt(moment, engine, box) : undefined);
				await engine.when('it is told', ([alert]) => (alert?.told.sent ?? 0) > 0, 60_000);
				await engine.finish();
				const story = await box.story(to);
				await expectCopies(box, to, moment);
				return `${moment.when}: ${story.join(', ')}`;
			});
			expect(await Promise.all(all)).toEqual([...before, ...after].map(({when}) => `${when}: both critical`));
		},
		180_000,
	);
});
