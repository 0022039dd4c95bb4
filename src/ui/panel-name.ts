/** Every panel there will be, by the digit that focuses it (from 1). */
export const panelNames = ['cpu', 'memory', 'disk', 'network', 'services', 'processes', 'alerts'] as const;

export type PanelName = (typeof panelNames)[number];

/** The digit on a panel's border. */
export function digitOf(panel: PanelName): number {
	return panelNames.indexOf(panel) + 1;
}
