#!/bin/sh
# Builds mediasoup-worker from the sources inside the npm package and the
# system's own libraries: nothing is downloaded. Prints what ninja prints.
#
#   SRC      the unpacked npm package (required)
#   OUT      where the executable goes (required)
#   WORK     an empty folder to build in (required; left as it is)
#   JOBS     parallel compilers            (all cores)
#   OPT      optimisation level            (2)
#   PCH      0: without a precompiled header, which takes twice as long
set -eu

here=$(cd "$(dirname "$0")" && pwd)
jobs=${JOBS:-$(nproc)}
opt=${OPT:-2}
pch=${PCH:-1}

# A signal to this script stops the compilers too.
child=
trap '[ -z "$child" ] || kill "$child" 2>/dev/null; exit 143' INT TERM
run() {
	"$@" &
	child=$!
	wait "$child"
	child=
}

mkdir -p "$WORK/package"
cp -R "$SRC/worker" "$SRC/package.json" "$WORK/package/"
cd "$WORK/package/worker"
chmod -R u+w .

# System libraries instead of the downloads that the wraps ask for.
rm -rf subprojects
cp -R "$here/shims/subprojects" subprojects
sed -i "s/meson_version: '>= [0-9.]*'/meson_version: '>= 0.61'/" meson.build

# The BIO callback answers 1 to every control call, so an OpenSSL with kernel
# TLS compiled in (Debian's and Ubuntu's) believes that the kernel encrypts and
# allocates no write buffer: the first DTLS answer then writes to address 0.
# Hand OpenSSL its own result back, as the manual of BIO_set_callback_ex asks.
dtls=src/RTC/DtlsTransport.cpp
sed -i 's/(operationType == BIO_CB_RETURN) ?/(operationType \& BIO_CB_RETURN) ?/' "$dtls"
grep -q '(operationType & BIO_CB_RETURN) ?' "$dtls" || { echo "$dtls: the BIO callback looks different, see to it by hand"; exit 1; }

if [ "$pch" != 0 ]; then
	cp -R "$here/shims/pch" pch
	sed -i "/^executable(\$/{n;s|^  'mediasoup-worker',\$|&\n  cpp_pch: 'pch/worker_pch.hpp',|}" meson.build
	grep -q cpp_pch meson.build || echo "meson.build looks different: building without a precompiled header"
fi

run meson setup build --buildtype release --optimization "$opt" -Db_ndebug=true --wrap-mode nodownload
run ninja -C build -j "$jobs" mediasoup-worker
strip -o "$OUT" build/mediasoup-worker
