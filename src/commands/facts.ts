import type {Facts} from '../core/facts.js';
import {safeText} from '../core/safe.js';
import {outputOf, startHelper} from '../hosts/helper.js';
import {type GlobalOptions, type Io, type Outcome, print} from './io.js';

/** What asks the hardware may take its time, ms; without an answer nothing is shown. */
const longestWait = 15_000;

/** Prints the facts of the machine we run on as JSON: what `factsAside` calls. */
export async function facts(_: GlobalOptions, io: Io): Promise<Outcome> {
	const {
		default: {cpu, osInfo, system},
	} = await import('systeminformation');
	const [chip, os, machine] = await Promise.all([cpu(), osInfo(), system()]);
	const answer = {
		model: [chip.manufacturer, chip.brand].filter(Boolean).join(' '),
		os: [os.distro, os.release].filter(Boolean).join(' '),
		kernel: ['Linux', os.kernel, os.arch].filter(Boolean).join(' '),
		virtualisation: virtualisationOf(machine, chip.flags),
	};
	await print(io.stdout, `${JSON.stringify(answer)}\n`);
	return {code: 0};
}

/** Who is not root may not ask the firmware, but the processor tells everybody whether it is a real one. */
function virtualisationOf(
	{virtual, virtualHost = ''}: {virtual?: boolean; virtualHost?: string},
	flags: string,
): string {
	if (virtual || flags.split(' ').includes('hypervisor')) {
		return virtualHost || 'virtual machine';
	}

	return 'no virtual machine';
}

/**
 * The facts, asked by a healthtop of its own: the library starts a dozen programs and takes 20 MB, which a monitor that stays
 * open for months must not. Undefined for another root, and when there was no answer.
 */
export async function factsAside({root}: GlobalOptions, {self, clock}: Io): Promise<Facts | undefined> {
	if (root !== undefined && root !== '/') {
		return undefined;
	}

	const deadline = new AbortController();
	const callOff = clock.wake(longestWait, () => deadline.abort());

	try {
		return parseFacts(await outputOf(startHelper([...self, 'facts'], deadline.signal), deadline.signal));
	} catch {
		// Nothing depends on it, and the panel shows without it what it can.
		return undefined;
	} finally {
		callOff();
	}
}

/** @throws SyntaxError for what is no JSON. */
export function parseFacts(output: string): Facts {
	const answer: unknown = JSON.parse(Buffer.from(output, 'latin1').toString('utf8'));
	const {model, os, kernel, virtualisation} = answer as Readonly<Record<string, unknown>>;
	const text = (value: unknown) => safeText(typeof value === 'string' ? value : '');
	return {model: text(model), os: text(os), kernel: text(kernel), virtualisation: text(virtualisation)};
}
