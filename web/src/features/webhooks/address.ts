/** Why an address cannot receive webhooks, as far as that shows without knowing the installation; the server looks further. */
type AddressFault = 'none' | 'scheme' | 'credentials' | 'fragment' | 'port' | null;

/** Ports below 1024 belong to other services than the web's. */
const isFinePort = (port: string): boolean => port === '' || port === '443' || port === '80' || Number(port) >= 1024;

/** Plain HTTP and private networks are for the server to judge: a laboratory allows them. */
export function addressFault(text: string): AddressFault {
  if (!URL.canParse(text)) return 'none';
  const { protocol, username, password, hash, port } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'scheme';
  if (username !== '' || password !== '') return 'credentials';
  if (hash !== '') return 'fragment';
  return isFinePort(port) ? null : 'port';
}
