import {type CheckReport, exitCodes} from './check-report.js';

/** What `healthtop check --json` prints. Times in ms, moments in ISO 8601. */
export function checkJson({status, checks, levels, problem}: CheckReport): string {
	const json = {
		version: 1,
		status,
		exitCode: exitCodes[status],
		...(problem && {problem: problem.lines.join('\n')}),
		checks: checks.map(({name, type, answer, judgement, hide}) => ({
			name,
			type: type.type,
			status: judgement.status,
			...(judgement.reason !== undefined && {reason: hide(judgement.reason)}),
			text: hide(answer.text),
			...(answer.ms !== undefined && !answer.failure && {responseMs: rounded(answer.ms)}),
			stages: (answer.stages ?? []).map(stage => ({name: stage.name, ms: rounded(stage.ms)})),
			conditions: judgement.conditions.map(condition => ({...condition, text: hide(condition.text)})),
			measures: answer.measures ?? {},
			...(answer.perfdata && {
				perfdata: answer.perfdata.map(({label, ...datum}) => ({label: hide(label), ...datum})),
			}),
			...(answer.certificate && {
				certificate: {
					subject: hide(answer.certificate.subject),
					issuer: hide(answer.certificate.issuer),
					validFrom: new Date(answer.certificate.validFrom).toISOString(),
					validTo: new Date(answer.certificate.validTo).toISOString(),
				},
			}),
			facts: (answer.facts ?? []).map(({label, value}) => ({label: hide(label), value: hide(value)})),
		})),
		levels,
	};
	return `${JSON.stringify(json, null, '\t')}\n`;
}

function rounded(ms: number): number {
	return Math.round(ms * 100) / 100;
}
