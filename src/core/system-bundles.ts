/** What this machine trusts, where the distributions put it. Node's own list knows nothing of a company's authority that was added. */
export const systemBundles: readonly string[] = [
	'/etc/ssl/certs/ca-certificates.crt',
	'/etc/pki/tls/certs/ca-bundle.crt',
	'/etc/ssl/ca-bundle.pem',
	'/etc/ssl/cert.pem',
];
