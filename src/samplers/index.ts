import type {Sampler} from '../core/sampler.js';
import {conntrack} from './conntrack.js';
import {container} from './container.js';
import {cpu} from './cpu.js';
import {files} from './files.js';
import {filesystem} from './filesystem.js';
import {frequency} from './frequency.js';
import {io} from './io.js';
import {link} from './link.js';
import {listening} from './listening.js';
import {load} from './load.js';
import {memory} from './memory.js';
import {network} from './network.js';
import {ports} from './ports.js';
import {pressure} from './pressure.js';
import {process} from './process.js';
import {raid} from './raid.js';
import {self} from './self.js';
import {tcp} from './tcp.js';
import {temperature} from './temperature.js';
import {unit} from './unit.js';
import {uptime} from './uptime.js';
import {vmstat} from './vmstat.js';

/** Every sampler there is. A new one is one file and one line here. */
export const samplers: readonly Sampler[] = [
	cpu,
	frequency,
	memory,
	vmstat,
	container,
	load,
	pressure,
	uptime,
	filesystem,
	io,
	raid,
	network,
	link,
	tcp,
	listening,
	ports,
	conntrack,
	files,
	process,
	temperature,
	unit,
	self,
];
