/** Types of DNS records that can be asked for. */
export const recordTypes = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT', 'SOA', 'SRV', 'PTR', 'CAA'] as const;

export type RecordType = (typeof recordTypes)[number];
