/** The NAT a device is behind, as homes and carriers have one (RFC 4787). */
import { type Lab, PUBLIC, WAYS } from "./lab.ts";

/** What the device looks like from outside. */
interface Outside {
  readonly address: string;
  /** Its flows have ports of these. */
  readonly ports: string;
}

const [FIRST, OTHER_PORTS, OTHER_ADDRESS]: readonly [Outside, Outside, Outside] = [
  { address: PUBLIC[0], ports: "20000-29999" },
  { address: PUBLIC[0], ports: "30000-39999" },
  { address: PUBLIC[1], ports: "20000-29999" },
];

/**
 * None before {@link AddressTranslation.begin}. It is for lines without delay: what goes over the
 * delay line passes the kernel twice, which would translate it once only.
 */
export class AddressTranslation {
  readonly #lab: Lab;
  /** Each set of flows the NAT knows is a zone of its own; another zone knows none of them. */
  #zone = 0;
  #outside: Outside | null = null;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** The device is behind it from now on; the far ends of its connections notice at once. */
  begin(): Promise<void> {
    return this.#become(FIRST, "");
  }

  /** It forgets all flows, as one that was restarted; they have other ports from now on. */
  changePorts(): Promise<void> {
    return this.#become(OTHER_PORTS, FROM_NOWHERE);
  }

  /** It forgets all flows and has got another address. */
  changeAddress(): Promise<void> {
    return this.#become(OTHER_ADDRESS, FROM_NOWHERE);
  }

  /** There is none any more. */
  async remove(): Promise<void> {
    if (this.#outside === null) return;
    this.#outside = null;
    await this.#lab.run("internet", ["nft", "delete", "table", "ip", "translation"]);
  }

  async #become(outside: Outside, strangers: string): Promise<void> {
    this.#outside = outside;
    this.#zone++;
    await this.#lab.run("internet", ["nft", "-f", "-"], rules(outside, this.#zone, strangers));
  }
}

const INSIDE = `{ ${Object.values(WAYS).map(({ there }) => there).join(", ")} }`;
/** TCP that does not begin with SYN belongs to a flow that is forgotten: no far end learns of it. */
const FROM_NOWHERE = `iifname ${INSIDE} ct state new tcp flags & (syn | ack) != syn drop`;

/** What nftables is told. Nothing is answered to what comes from outside and belongs to no flow. */
function rules({ address, ports }: Outside, zone: number, strangers: string): string {
  const outside = `{ ${PUBLIC.join(", ")} }`;
  return `
table ip translation
delete table ip translation
table ip translation {
  chain flows {
    type filter hook prerouting priority raw; policy accept;
    iifname ${INSIDE} ct zone set ${zone}
    ip daddr ${outside} ct zone set ${zone}
  }
  chain strangers {
    type filter hook prerouting priority mangle; policy accept;
    ip daddr ${outside} ct state new drop
    ${strangers}
  }
  chain source {
    type nat hook postrouting priority srcnat; policy accept;
    oifname "to-server" meta l4proto { tcp, udp } ct zone ${zone} snat to ${address}:${ports}
  }
}
`;
}
