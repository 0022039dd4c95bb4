/** Lets others run in the middle of long work; throws when that was told to end meanwhile. */
export async function giveWay(signal: AbortSignal): Promise<void> {
	await new Promise<void>(resume => setImmediate(resume));
	signal.throwIfAborted();
}
