import {randomBytes} from 'node:crypto';
import {didYouMean} from '../core/did-you-mean.js';
import {UserError} from '../core/errors.js';
import type {Delivery, Message, NotifyStage} from '../core/notifier.js';
import {padSafe, type Safe, safe, safeText} from '../core/safe.js';
import {hostNameOf} from '../engine/host-name.js';
import type {PlannedNotifier} from '../engine/planned-notifier.js';
import {hostOf} from './host-of.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';
import {loadedConfigOf} from './loaded-config.js';
import {plannedNotifiers} from './planned-notifiers.js';

/** What is given up has this long to end, ms. */
const graceMs = 3000;

/**
 * Tells everybody, or whom one notifier tells, that this is a test, and prints each step of that, without secrets. Exit code 0 when all of
 * them have it, else 1.
 * @throws {UserError} where there is no such notifier, or none at all.
 */
export async function notifyTest(name: string | undefined, options: GlobalOptions, io: Io): Promise<Outcome> {
	const {config, file} = await loadedConfigOf(options, io);
	const notifiers = plannedNotifiers(config, io.secrets);
	const chosen = chosenOf(notifiers, name, file);
	let isWell = true;

	for (const notifier of chosen) {
		for (const recipient of notifier.recipients) {
			isWell = (await test(notifier, recipient, options, io)) && isWell;
		}
	}

	return {code: isWell ? 0 : 1};
}

function chosenOf(
	notifiers: readonly PlannedNotifier[],
	name: string | undefined,
	file: string | undefined,
): readonly PlannedNotifier[] {
	if (notifiers.length === 0) {
		const where = file === undefined ? 'there is no configuration' : `'${file}' has no "notify"`;
		throw new UserError(`nobody is told: ${where}; docs/notifiers.md says how to write one`);
	}

	const chosen = notifiers.filter(notifier => name === undefined || notifier.name === name);

	if (chosen.length === 0) {
		const names = notifiers.map(notifier => notifier.name);
		const hint = didYouMean(name ?? '', names);
		const known = hint === undefined ? `there are: ${names.join(', ')}` : `did you mean '${hint}'?`;
		throw new UserError(`there is no notifier '${safeText(name ?? '')}'; ${known}`);
	}

	return chosen;
}

async function test(notifier: PlannedNotifier, recipient: string, options: GlobalOptions, io: Io): Promise<boolean> {
	await print(io.stdout, `${notifier.name}: ${safeText(recipient)}\n`);
	const lines: Safe[] = [];
	const message = testMessage(hostNameOf(hostOf(options)), io.clock.wall());
	const delivery = await told(notifier, message, recipient, io, stage => lines.push(stageLine(stage)));
	await print(io.stdout, [...lines, outcomeLine(delivery)].map(line => `  ${line}\n`).join(''));
	return delivery.kind === 'accepted';
}

async function told(
	{notify, timeout, hide}: PlannedNotifier,
	message: Message,
	recipient: string,
	{clock}: Io,
	onStage: (stage: NotifyStage) => void,
): Promise<Delivery> {
	const controller = new AbortController();
	const callOff = clock.wake(timeout, () => controller.abort());
	let giveUp = () => {};
	const late = new Promise<Delivery>(resolve => {
		const reason = safe`no end after ${timeout / 1000} s`;
		giveUp = clock.wake(timeout + graceMs, () => resolve({kind: 'later', reason, scope: 'channel', isUndecided: true}));
	});

	try {
		const context = {signal: controller.signal, now: () => clock.now(), hide, onStage};
		return await Promise.race([notify(message, recipient, context), late]);
	} finally {
		callOff();
		giveUp();
	}
}

function testMessage(host: Safe, at: number): Message {
	return {
		id: `test|${randomBytes(8).toString('hex')}`,
		host,
		at,
		mayRepeat: false,
		isTest: true,
		items: [
			{
				incident: 'test',
				tells: 'firing',
				title: safe`test`,
				severity: 'info',
				isFiring: true,
				text: safe`nothing is wrong: somebody tries out whether this arrives`,
				firedText: safe`nothing is wrong: somebody tries out whether this arrives`,
				startedAt: at,
				firedAt: at,
				timeline: [],
			},
		],
		others: [],
	};
}

/** Names of steps are as wide. */
const nameColumns = 10;

function stageLine({name, text, isFailure, advice}: NotifyStage): Safe {
	const sign = isFailure ? safe`✗` : safe` `;
	const line = safe`${sign} ${padSafe(name, nameColumns, 'end')} ${text}`;
	return advice === undefined
		? line
		: safe`${line}
    ${padSafe(safe``, nameColumns, 'end')} -> ${advice}`;
}

function outcomeLine(delivery: Delivery): Safe {
	switch (delivery.kind) {
		case 'accepted':
			return safe`accepted: ${delivery.response}`;
		case 'later':
			return delivery.isUndecided
				? safe`not certain: ${delivery.reason}; an alert would be sent again`
				: safe`not now: ${delivery.reason}; an alert would be sent later`;
		case 'refused':
			return safe`refused: ${delivery.reason}; an alert would not be sent again`;
		case 'broken':
			return safe`broken: ${delivery.reason}; mend the configuration`;
	}
}
