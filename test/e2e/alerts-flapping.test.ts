import {expect} from 'vitest';
import {startMailbox} from '../helpers/mailbox.js';
import {MailedEngine} from '../helpers/mailed-engine.js';
import {testAsRoot} from '../helpers/outside.js';
import {serviceConfig} from '../helpers/stories.js';
import {switchedService} from '../helpers/switched-service.js';

testAsRoot('postfix')(
	'a service that comes and goes: one mail that it flaps, and one that it does no more',
	async () => {
		let isIll = false;
		let isSteady = false;
		const service = await switchedService(() => {
			isIll = !isSteady && !isIll;
			return isIll ? 500 : 200;
		});
		const box = await startMailbox();
		// Within the wait of a new alert it is seen to flap.
		const engine = new MailedEngine({...serviceConfig(service.port, box.port), alerts: {groupWait: '10s'}});
		await engine.start();
		const [flapping] = await box.mailsOnce(1);
		expect(flapping?.tells).toEqual(['flapping critical']);
		await engine.readings(20);
		expect(box.count()).toBe(1);
		isSteady = true;
		await box.mailsOnce(2);
		await engine.finish();
		expect(await box.story()).toEqual(['flapping critical', 'steady critical']);
		const [first, second] = (await box.mails()).map(({email}) => email);
		expect(second?.inReplyTo).toBe(first?.messageId);
	},
	120_000,
);
