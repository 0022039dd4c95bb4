/** Protocols in the middle of which TLS can begin. */
export const startTlsNames = ['smtp', 'imap', 'pop3', 'ftp', 'mysql', 'postgres'] as const;

export type StartTls = (typeof startTlsNames)[number];
