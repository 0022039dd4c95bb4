import type {CheckType} from '../core/check.js';
import {certificate} from './certificate.js';
import {command} from './command.js';
import {dns} from './dns.js';
import {file} from './file.js';
import {http} from './http.js';
import {mysql} from './mysql.js';
import {process} from './process.js';
import {systemd} from './systemd.js';
import {tcp} from './tcp.js';

/** Every type of check there is. */
export const checkTypes: readonly CheckType[] = [process, http, mysql, tcp, certificate, dns, systemd, file, command];
