import { BlockList, isIP } from "node:net";

/** Addresses and ranges, such as `203.0.113.7`, `203.0.113.0/24` or `2001:db8::/32`. */
export function isNetwork(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0 || address.includes("%")) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** Whether an address is in one of the networks; what is no address is in none. */
export function isWithin(networks: readonly string[], address: string | null): boolean {
  const plain = withoutPort(address ?? "");
  const family = familyOf(plain);
  if (!family) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [from = "", bits] = network.split("/");
    const of = familyOf(from);
    if (of && bits === undefined) list.addAddress(from, of);
    else if (of) list.addSubnet(from, Number(bits), of);
  }
  return list.check(plain, family);
}

function familyOf(address: string): "ipv4" | "ipv6" | null {
  const family = isIP(address);
  return family === 0 ? null : family === 4 ? "ipv4" : "ipv6";
}

/** Some proxies write `203.0.113.7:4711` and `[2001:db8::1]:4711`. */
function withoutPort(address: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
}
