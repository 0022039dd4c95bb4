import {Box, Text} from 'ink';
import type {Safe} from '../../core/safe.js';
import type {Rect} from '../layout.js';

/** A border with a title, and room inside for a painter or for lines of text. */
export type FrameProps = {
	readonly place: Rect;
	readonly title: Safe;
	readonly border: 'round' | 'classic';
	readonly colour: string;
	readonly isBold: boolean;
};

/** What is inside is painted over Ink's frame: the box only reserves the place. */
export function Frame({place, title, border, colour, isBold}: FrameProps) {
	return (
		<Box
			position="absolute"
			marginLeft={place.x}
			marginTop={place.y}
			width={place.columns}
			height={place.rows}
			borderStyle={border}
			borderColor={colour}
		>
			<Box position="absolute" marginLeft={0} marginTop={-1}>
				<Text color={colour} bold={isBold} wrap="truncate">
					{title}
				</Text>
			</Box>
		</Box>
	);
}
