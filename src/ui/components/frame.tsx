import {Box, Text} from 'ink';
import type {Safe} from '../../core/safe.js';
import type {Rect} from '../layout.js';

/** A border with a title. */
export type FrameProps = {
	readonly place: Rect;
	readonly title: Safe;
	readonly border: 'round' | 'classic';
};

/** What is inside is painted over Ink's frame: the box only reserves the place. */
export function Frame({place, title, border}: FrameProps) {
	return (
		<Box
			position="absolute"
			marginLeft={place.x}
			marginTop={place.y}
			width={place.columns}
			height={place.rows}
			borderStyle={border}
		>
			{/* As wide as its text: Ink would measure what it has to cut, with far dearer means. */}
			<Box
				position="absolute"
				marginTop={-1}
				width={Math.min(title.length, place.columns - 2)}
				height={1}
				overflow="hidden"
			>
				<Box width={title.length} flexShrink={0}>
					<Text>{title}</Text>
				</Box>
			</Box>
		</Box>
	);
}
