import {describe, expect, test} from 'vitest';
import {parsePluginOutput} from '../../src/checks/plugin-output.js';
import type {Answer, CheckStatus} from '../../src/core/check.js';
import {redactor} from '../../src/core/redact.js';
import {safe, safeText} from '../../src/core/safe.js';
import {checkJson} from '../../src/report/check-json.js';
import type {AskedCheck, CheckReport} from '../../src/report/check-report.js';
import {checkText} from '../../src/report/check-text.js';
import {asItIs} from '../helpers/ask.js';
import {planned, well} from '../helpers/fake-checks.js';

function asked(answer: Answer, status: CheckStatus = 'ok', name = 'shop'): AskedCheck {
	const redact = redactor(['hunter22']);
	return {
		...planned(name, async () => answer),
		answer,
		judgement: {
			status,
			isDown: status === 'critical',
			reason: status === 'ok' ? undefined : safe`it is ${safeText(status)}`,
			conditions: [],
		},
		hide: text => safeText(redact(text)),
	};
}

function report(checks: readonly AskedCheck[], levels: CheckReport['levels'] = []): CheckReport {
	return {status: 'critical', checks, levels, problem: undefined};
}

test('a secret is in no label of a plug-in, of a fact, and in no certificate', () => {
	const answer: Answer = {
		...well,
		perfdata: [{label: safe`hunter22 used`, value: 1, unit: safe``}],
		facts: [{label: safe`of hunter22`, value: safe`is hunter22`}],
		certificate: {subject: safe`CN hunter22`, issuer: safe`CA hunter22`, validFrom: 0, validTo: 0},
	};
	const text = checkText(report([asked(answer)]));
	expect(text).toContain("'shop [secret] used'=1");
	const json = JSON.parse(checkJson(report([asked(answer)])));
	expect(json.checks[0]).toMatchObject({
		perfdata: [{label: '[secret] used', value: 1, unit: ''}],
		facts: [{label: 'of [secret]', value: 'is [secret]'}],
		certificate: {subject: 'CN [secret]', issuer: 'CA [secret]'},
	});
	expect(text + JSON.stringify(json)).not.toContain('hunter22');
});

test('nothing of performance data can do harm to a terminal', () => {
	const {perfdata} = parsePluginOutput('OK | a=1\x1b[Hx b=2\x1b]c \x1bd=3 e=4\x07 f=5\u202e', asItIs);
	const checks = [asked({...well, perfdata})];
	expect(perfdata.map(({value}) => value)).toEqual([1, 2, 3, 4, 5]);
	expect(checkText(report(checks))).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
	expect(checkJson(report(checks))).not.toMatch(/[^\P{Cc}\n\t]|\p{Cf}|\\u001b/u);
});

describe('lines', () => {
	const all = (['ok', 'unknown', 'warning', 'critical'] as const).map(status => asked(well, status, status));

	test('are in the order of what is worst, the machine before its services', () => {
		const levels = [
			{status: 'warning', text: safe`load`},
			{status: 'critical', text: safe`CRITICAL - disk`},
		] as const;
		expect(
			checkText(report(all, levels))
				.split('\n')
				.map(line => line.replace(/ \|.*/, '')),
		).toEqual([
			'CRITICAL - CRITICAL - disk (1 critical, 1 warning, 1 unknown, 1 ok, 2 of the machine)',
			'CRITICAL - CRITICAL - disk',
			'CRITICAL - critical: it is critical',
			'WARNING - load',
			'WARNING - warning: it is warning',
			'UNKNOWN - unknown: it is unknown',
			'OK - ok: 200 in 42 ms',
			'',
		]);
	});
});
