/** A protocol that is told by a few bytes. Everything is one character a byte, and below 0x80: `send` goes out as UTF-8. */
export type Protocol = {
	/** Names a check where nobody tells which program it is. */
	readonly name: ProtocolName;
	/** Where it usually is, the most usual one first. */
	readonly ports: readonly number[];
	/** What a server says before it is asked. */
	readonly greets?: RegExp;
	/** What a check sends; also how one that does not greet is asked what it is. */
	readonly send?: string;
	/** Pattern (RE2) of what it must say. */
	readonly expect: string;
};

export type ProtocolName =
	| 'ssh'
	| 'smtp'
	| 'ftp'
	| 'imap'
	| 'pop3'
	| 'nntp'
	| 'sieve'
	| 'nats'
	| 'rsync'
	| 'vnc'
	| 'redis'
	| 'memcached'
	| 'mqtt'
	| 'amqp'
	| 'postgresql';

/**
 * A start of a session of PostgreSQL 3.0 (protocol-message-formats of its manual) as the user that is always there. The server asks for a
 * password, or grants it; going then is nothing that it logs. An SSLRequest would be less, but has a byte above 0x7f.
 */
const postgresqlStart = 'user\0postgres\0database\0postgres\0application_name\0healthtop\0\0';

/** The empty client id, a clean session and a minute: MQTT 3.1.1, section 3.1. */
const mqttConnect = '\x10\x0c\0\x04MQTT\x04\x02\0\x3c\0\0';

/** Those that greet first. `220` may be SMTP's or FTP's. */
export const protocols: readonly Protocol[] = [
	// Who goes without a word is an error in sshd's log, each time.
	{name: 'ssh', ports: [22], greets: /^SSH-2/, send: 'SSH-2.0-healthtop\r\n', expect: '^SSH-2'},
	{name: 'smtp', ports: [25, 587, 465, 2525], greets: /^220/, expect: '^220'},
	{name: 'ftp', ports: [21, 990], greets: /^220/, expect: '^220'},
	{name: 'imap', ports: [143, 993], greets: /^\* OK/, expect: '^[*] OK'},
	{name: 'pop3', ports: [110, 995], greets: /^\+OK/, expect: '^[+]OK'},
	{name: 'nntp', ports: [119, 563], greets: /^20[01] /, expect: '^20[01]'},
	{name: 'sieve', ports: [4190], greets: /^"IMPLEMENTATION"/, expect: '^"IMPLEMENTATION"'},
	{name: 'nats', ports: [4222], greets: /^INFO \{/, expect: '^INFO [{]'},
	{name: 'rsync', ports: [873], greets: /^@RSYNCD:/, expect: '^@RSYNCD:'},
	{name: 'vnc', ports: [5900], greets: /^RFB /, expect: '^RFB '},
	{name: 'redis', ports: [6379, 26_379], send: 'PING\r\n', expect: '^[+]PONG|^-NOAUTH'},
	{name: 'memcached', ports: [11_211], send: 'version\r\n', expect: '^VERSION '},
	{name: 'mqtt', ports: [1883], send: mqttConnect, expect: '^\\x20\\x02'},
	{name: 'amqp', ports: [5672], send: 'AMQP\0\0\t\x01', expect: '^\\x01'},
	{
		name: 'postgresql',
		ports: [5432],
		send: `\0\0\0${String.fromCharCode(postgresqlStart.length + 8)}\0\x03\0\0${postgresqlStart}`,
		// A password is asked for, or the session is granted and ready: what is left unread it would log.
		expect: '(?s)^R.{7}([^\\x00]|.*Z\\x00\\x00\\x00\\x05I)',
	},
];
