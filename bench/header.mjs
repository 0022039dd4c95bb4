import os from 'node:os';

/**
 * When, where and how: what makes two reports comparable, or not.
 *
 * @param {string} command
 * @param {readonly string[]} versions
 * @param {readonly string[]} missing
 */
export function headerOf(command, versions, missing) {
	const cpus = os.cpus();
	const load = os.loadavg().map(average => average.toFixed(2));

	return [
		`- ${new Date().toISOString().slice(0, 16)}Z, \`${command}\``,
		`- ${cpus.length} x ${cpus[0]?.model ?? 'unknown processor'}, ${os.type()} ${os.release()}, load before ${load.join(' ')}`,
		`- Node ${process.versions.node}; ${versions.join('; ')}`,
		...missing.map(name => `- ${name} is not installed: left out`),
	].join('\n');
}
