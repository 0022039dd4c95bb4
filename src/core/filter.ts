/** Which instances of an area are wanted. Names are compared whole. */
export type Filter = {readonly only?: readonly string[] | undefined; readonly except?: readonly string[] | undefined};

export const everything: Filter = {};

export function isWanted(name: string, {only, except}: Filter): boolean {
	return (only === undefined || only.includes(name)) && !except?.includes(name);
}
