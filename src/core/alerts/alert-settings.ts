/** When people are told. Times in ms. */
export type AlertSettings = {
	/** What is decided within it goes into one message; of something critical at most 10 s. */
	readonly groupWait: number;
	/** Between two messages to one recipient, unless something critical is new. */
	readonly groupInterval: number;
	/** Between two messages about what goes on and nobody has acknowledged; 0: never again. */
	readonly repeatEvery: number;
	/** How long only a lesser level must hold. */
	readonly downgradeAfter: number;
	/** How long there may be no data of something that fires. */
	readonly noDataAfter: number;
	/** Messages to one recipient in an hour; what is more is told together. */
	readonly perHour: number;
};

export const alertDefaults: AlertSettings = {
	groupWait: 30_000,
	groupInterval: 300_000,
	repeatEvery: 4 * 3_600_000,
	downgradeAfter: 300_000,
	noDataAfter: 180_000,
	perHour: 20,
};
