import type {NotifierType} from '../core/notifier.js';
import {command} from './command.js';
import {email} from './email.js';

/** Every type of notifier there is. */
export const notifierTypes: readonly NotifierType[] = [email, command];
