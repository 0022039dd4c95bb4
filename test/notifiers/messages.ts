import type {Message, MessageItem} from '../../src/core/notifier.js';
import {safe} from '../../src/core/safe.js';

const at = Date.parse('2026-12-01T03:12:00Z');

/** A disk that is nearly full. */
export const item: MessageItem = {
	incident: 'k3f9',
	tells: 'firing',
	title: safe`Disk nearly full /data`,
	severity: 'critical',
	isFiring: true,
	text: safe`96.2%, above 95%`,
	firedText: safe`96.2%, above 95%`,
	startedAt: at - 300_000,
	firedAt: at,
	evidence: {
		at,
		hour: {from: at - 3_600_000, to: at, unit: 'percent', values: [88.5, null, 96.2], warning: 90, critical: 95},
		byCpu: [{pid: 987, name: safe`mysqld`, user: safe`mysql`, cpuPercent: 64, memoryBytes: 3_400_000_000}],
		byMemory: [],
	},
	runbook: safe`https://wiki.example.com/disk`,
	timeline: [{at: at - 300_000, kind: 'began', text: safe`95.1%, above 95%`}],
};

/** As it is documented. */
export const message: Message = {
	id: 'k5zlq2m4',
	host: safe`web-01`,
	at,
	mayRepeat: false,
	isTest: false,
	items: [item],
	others: [{incident: 'k3f2', title: safe`orders-db`, severity: 'critical', since: at - 600_000}],
};
