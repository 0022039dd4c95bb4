import type {Sampler} from '../core/sampler.js';
import {cpu} from './cpu.js';
import {filesystem} from './filesystem.js';
import {io} from './io.js';
import {load} from './load.js';
import {memory} from './memory.js';
import {network} from './network.js';
import {pressure} from './pressure.js';
import {process} from './process.js';
import {self} from './self.js';
import {uptime} from './uptime.js';

/** Every sampler there is. A new one is one file and one line here. */
export const samplers: readonly Sampler[] = [
	cpu,
	memory,
	load,
	pressure,
	uptime,
	filesystem,
	network,
	io,
	process,
	self,
];
