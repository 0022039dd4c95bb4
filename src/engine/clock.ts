/** What the engine may know of time. Real in `main`, driven by hand in tests. */
export type Clock = {
	/** Monotonic, ms. */
	now(): number;
	/** Wall clock, ms since 1970. */
	wall(): number;
	/** CPU time that this process has used, ms. */
	busy(): number;
	/** Calls `run` once, `delay` ms from now; the result calls it off. */
	wake(delay: number, run: () => void): () => void;
};
