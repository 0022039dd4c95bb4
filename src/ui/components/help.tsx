import {Box, Text} from 'ink';
import type {HelpPlace} from '../help.js';

export type HelpProps = {readonly place: HelpPlace; readonly border: 'round' | 'classic'};

/** The keys, over everything else. Each line is as wide as the box: what is below must not shine through. */
export function Help({place, border}: HelpProps) {
	return (
		<Box
			position="absolute"
			marginLeft={place.x}
			marginTop={place.y}
			width={place.columns}
			height={place.rows}
			borderStyle={border}
			flexDirection="column"
		>
			{place.lines.map((line, row) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: -- lines have no identity but their row
				<Text key={row}>{` ${line} `}</Text>
			))}
			<Box position="absolute" marginTop={-1} width={6}>
				<Text bold>{' Keys '}</Text>
			</Box>
		</Box>
	);
}
