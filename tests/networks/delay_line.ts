/**
 * A long line: whatever the kernel routes into the TUN device `late` comes out of it again, unchanged
 * and in order, `Deno.args[0]` milliseconds later. The kernel here has no netem, which would do this.
 * A program of its own because it must run in the namespace whose packets it holds back; its end takes
 * the device and the routes through it away.
 *
 * It may be a radio's line: of `Deno.args[1]` percent of the time, nothing comes through either way,
 * for `Deno.args[2]` milliseconds on average each time. Good times and bad ones last as long as chance
 * has it, exponentially distributed (Gilbert 1960, by time instead of by packet).
 */

/** `open`, `ioctl`, `read` and `write` of Linux: TUN devices have no other way in. */
const { symbols: linux } = Deno.dlopen("libc.so.6", {
  open: { parameters: ["buffer", "i32"], result: "i32" },
  ioctl: { parameters: ["i32", "u64", "buffer"], result: "i32" },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize", nonblocking: true },
  write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
});

/** Linux, fcntl.h and if_tun.h: IP packets, and nothing before them. */
const O_RDWR = 2;
const TUNSETIFF = 0x400454ca;
const IFF_TUN_NO_PI = 0x1001;
/** struct ifreq: a name of 16 bytes, then the flags. */
const [IFREQ_SIZE, IFREQ_FLAGS] = [40, 16];
const MAX_PACKET = 2_048;
/** More than any queue of a network holds; what comes then is lost. */
const MAX_HELD = 10_000;

interface Held {
  readonly packet: Uint8Array<ArrayBuffer>;
  readonly until: number;
}

const [delay = 0, badPercent = 0, badMs = 0] = Deno.args.map(Number);
const goodMs = badMs * (100 / badPercent - 1);
let isBad = false;
if (badPercent > 0) fade();
const tun = openTun("late");
const held: Held[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
console.log("ready");
for (;;) {
  const packet = new Uint8Array(MAX_PACKET);
  const size = Number(await linux.read(tun, packet, BigInt(MAX_PACKET)));
  // Its link is not up yet, or no more.
  if (size <= 0) await new Promise((again) => setTimeout(again, 10));
  else if (!isBad && held.length < MAX_HELD) hold(packet.subarray(0, size));
}

function openTun(name: string): number {
  const tun = linux.open(new TextEncoder().encode("/dev/net/tun\0"), O_RDWR);
  const request = new Uint8Array(IFREQ_SIZE);
  new TextEncoder().encodeInto(name, request);
  new DataView(request.buffer).setUint16(IFREQ_FLAGS, IFF_TUN_NO_PI, true);
  if (tun < 0 || linux.ioctl(tun, BigInt(TUNSETIFF), request) !== 0) {
    throw new Error("a TUN device cannot be made here");
  }
  return tun;
}

/** From good to bad and back, for ever. */
function fade(): void {
  const lasts = -Math.log(1 - Math.random()) * (isBad ? badMs : goodMs);
  setTimeout(() => {
    isBad = !isBad;
    fade();
  }, lasts);
}

function hold(packet: Uint8Array<ArrayBuffer>): void {
  held.push({ packet, until: performance.now() + delay });
  timer ??= setTimeout(letGo, delay);
}

function letGo(): void {
  const now = performance.now();
  const due = held.findIndex(({ until }) => until > now);
  for (const { packet } of held.splice(0, due === -1 ? held.length : due)) {
    linux.write(tun, packet, BigInt(packet.length));
  }
  const next = held[0];
  timer = next === undefined ? undefined : setTimeout(letGo, next.until - now);
}
