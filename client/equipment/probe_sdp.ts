/**
 * The two session descriptions a probe needs (RFC 8866, RFC 8841, RFC 8839): a data channel is the least
 * a browser opens an ICE and DTLS transport for. Pure.
 */
import type { DtlsFingerprint, ProbeAnswer, ProbeCandidate } from "../../protocol/media.ts";

/** The certificate's hash in a browser's offer; null: there is none. */
export function fingerprintIn(offer: string): DtlsFingerprint | null {
  const [, algorithm, value] = /^a=fingerprint:(\S+) ([0-9A-Fa-f:]+)/m.exec(offer) ?? [];
  return algorithm === undefined || value === undefined ? null : { algorithm, value };
}

/**
 * What the node answers to such an offer when it is to be reached by `protocol` only; null: it does
 * not listen for that. The browser calls (ICE lite on the node, RFC 8445 section 2.5) and begins the
 * DTLS handshake.
 */
export function probeAnswer(node: ProbeAnswer, protocol: "udp" | "tcp"): string | null {
  const candidates = node.iceCandidates.filter((candidate) => candidate.protocol === protocol);
  if (candidates.length === 0) return null;
  const { usernameFragment, password } = node.iceParameters;
  return [
    "v=0",
    "o=- 1 1 IN IP4 0.0.0.0",
    "s=-",
    "t=0 0",
    "a=ice-lite",
    "a=group:BUNDLE 0",
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
    "c=IN IP4 0.0.0.0",
    "a=mid:0",
    "a=setup:passive",
    `a=ice-ufrag:${usernameFragment}`,
    `a=ice-pwd:${password}`,
    ...node.dtlsParameters.fingerprints.map(({ algorithm, value }) => {
      return `a=fingerprint:${algorithm} ${value}`;
    }),
    "a=sctp-port:5000",
    ...candidates.map(candidateLine),
    "a=end-of-candidates",
    "",
  ].join("\r\n");
}

function candidateLine(candidate: ProbeCandidate): string {
  const { foundation, protocol, priority, address, port, tcpType } = candidate;
  const tcp = tcpType === undefined ? "" : ` tcptype ${tcpType}`;
  return `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ host${tcp}`;
}
