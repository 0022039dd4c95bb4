import type {Failure} from '../core/check.js';
import {codeOf} from '../core/errors.js';
import {type Safe, safe, safeText} from '../core/safe.js';
import {Failed} from './failed.js';

/**
 * What to throw where a name has no address, of all that was thrown on the way: node:dns has the codes of c-ares. What is the system's (or a
 * bug) is thrown as it is.
 */
export function nameProblem(name: Safe, problems: readonly unknown[]): unknown {
	// A server that failed says more than one that knows no address, and that more than one that knows no such name.
	const weight = (error: unknown) => ['ENODATA', 'ENOTFOUND'].indexOf(codeOf(error) ?? '');
	const [problem] = problems.toSorted((a, b) => weight(a) - weight(b));
	const failure = problem === undefined ? noAddress(name) : nameFailure(name, codeOf(problem));
	return failure === undefined ? problem : new Failed(failure);
}

function noAddress(name: Safe): Failure {
	return {status: 'critical', reason: safe`name ${name} has no address`};
}

function nameFailure(name: Safe, code: string | undefined): Failure | undefined {
	const critical = (reason: Safe): Failure => ({status: 'critical', reason});

	switch (code) {
		case 'ENOTFOUND':
			return critical(safe`name ${name} not found`);
		case 'ENODATA':
			return noAddress(name);
		case 'ESERVFAIL':
			return critical(safe`name server failed for ${name} (SERVFAIL)`);
		case 'EREFUSED':
			return critical(safe`name server refused to say what ${name} is (REFUSED)`);
		case 'EBADRESP':
			return critical(safe`name server answers for ${name} with something else than DNS`);
		case 'ETIMEOUT':
			return {...critical(safe`no answer of the name server for ${name}`), isTimeout: true};
		case 'ECONNREFUSED':
			return critical(safe`no name server to ask for ${name}: refused`);
		case 'ENETUNREACH':
			return {status: 'unknown', reason: safe`not asked: no network leads to a name server for ${name}`};
		case 'EMFILE':
		case 'ENFILE':
		case 'ENOMEM':
		case undefined:
			return undefined;
		default:
			return critical(safe`name ${name}: ${safeText(code)}`);
	}
}
