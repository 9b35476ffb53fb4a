/** As much of STUN (RFC 8489) and ICE (RFC 8445) as it takes to open a transport of mediasoup's. */
import { createHmac, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { Buffer } from "node:buffer";

/** Attribute types (IANA registry "STUN Attributes"). */
const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
const PRIORITY = 0x0024;
const USE_CANDIDATE = 0x0025;
const FINGERPRINT = 0x8028;
const ICE_CONTROLLING = 0x802a;

const BINDING_REQUEST = 0x0001;
const MAGIC_COOKIE = 0x2112a442;

/** A connectivity check that nominates the path it comes from. */
export function bindingRequest(
  { usernameFragment, password }: { usernameFragment: string; password: string },
): Uint8Array {
  const transaction = randomBytes(12);
  const attributes = [
    attribute(USERNAME, Buffer.from(`${usernameFragment}:smoke`)),
    attribute(PRIORITY, uint32(0x6e7f1eff)),
    attribute(ICE_CONTROLLING, randomBytes(8)),
    attribute(USE_CANDIDATE, Buffer.alloc(0)),
  ];
  // Each of the two signs everything before it, with the length as if it were the last.
  const signed = message(transaction, attributes, 24);
  const hmac = createHmac("sha1", password).update(signed).digest();
  attributes.push(attribute(MESSAGE_INTEGRITY, hmac));
  const checked = message(transaction, attributes, 8);
  attributes.push(attribute(FINGERPRINT, uint32((crc32(checked) ^ 0x5354554e) >>> 0)));
  return message(transaction, attributes, 0);
}

/** Whether `packet` is STUN: DTLS and RTP begin with other bits (RFC 7983). */
export function isStun(packet: Uint8Array): boolean {
  return (packet[0] ?? 0xff) < 4;
}

function message(transaction: Buffer, attributes: Buffer[], more: number): Buffer {
  const body = Buffer.concat(attributes);
  const header = Buffer.alloc(8);
  header.writeUInt16BE(BINDING_REQUEST, 0);
  header.writeUInt16BE(body.length + more, 2);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  return Buffer.concat([header, transaction, body]);
}

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value, 0);
  return bytes;
}
