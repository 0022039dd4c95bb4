/** The past of every series, as a view may read it. */
export type History = {
	/**
	 * The last `count` values, one a beat of the engine, oldest first; NaN where there was none.
	 * A series that does not exist gives only NaN.
	 */
	last(series: string, count: number): Float64Array;
};
