import {alerts} from './alerts.js';
import {cpu} from './cpu.js';
import {disk} from './disk.js';
import {memory} from './memory.js';
import {network} from './network.js';
import type {Panel} from './panel.js';
import {processes} from './processes.js';
import {services} from './services.js';

/** Every panel that exists. */
export const panels: readonly Panel[] = [cpu, memory, disk, network, services, processes, alerts];
