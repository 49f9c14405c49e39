# What a machine must have besides the sources, for ./test and bench/run: it is there, is installed, or the run stops. To be sourced, in the root of the repository.

say() { printf '== %s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

require_sdk() {
  command -v dotnet >/dev/null || stop 'The .NET 10 SDK is needed: https://dotnet.microsoft.com/download/dotnet/10.0'
  dotnet --version >/dev/null 2>&1 || stop "The .NET 10 SDK is needed and only these are here: $(dotnet --list-sdks | tr '\n' ' ')See https://dotnet.microsoft.com/download/dotnet/10.0"
}

# installed PROGRAM [PATTERN ...]: on the PATH, or where Debian and Homebrew put it.
installed() {
  command -v "$1" >/dev/null && return 0
  local program=$1 folder
  shift
  for folder in "$@" /opt/homebrew/bin /usr/local/bin; do [ -x "$folder/$program" ] && return 0; done
  return 1
}

# The servers that are neither installed nor, as one of the tests' own connection strings, elsewhere.
missing_servers() {
  [ -n "${CHATGENIUS_TEST_POSTGRES:-}" ] ||
    installed initdb /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin || printf ' postgresql'
  [ -n "${CHATGENIUS_TEST_RABBITMQ:-}" ] || installed rabbitmq-server /usr/lib/rabbitmq/bin /opt/homebrew/sbin /usr/local/sbin || printf ' rabbitmq-server'
  [ -n "${CHATGENIUS_TEST_REDIS:-}" ] || installed redis-server || installed valkey-server || printf ' redis-server'
}

missing_browser() {
  [ -n "${CHATGENIUS_TEST_CHROMIUM:-}" ] || installed chromium /usr/bin || installed google-chrome || [ -d '/Applications/Google Chrome.app' ] || [ -d /Applications/Chromium.app ] || printf ' chromium'
}

missing_npm() { installed npm || printf ' npm'; }

# get_installed PACKAGES ADVICE: by apt-get, as root on Debian and Ubuntu; elsewhere stops with the advice.
get_installed() {
  local missing=$1 policy=/usr/sbin/policy-rc.d
  [ -n "$missing" ] || return 0
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || stop "$2"
  say "installing$missing"
  # Servers of their own are started; Debian asks this file before a package starts its service.
  local ours=
  [ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && ours=1; }
  mkdir -p artifacts
  local code=0
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing; } >artifacts/apt.log 2>&1 || code=$?
  [ -z "$ours" ] || rm -f "$policy"
  [ "$code" = 0 ] || { tail -5 artifacts/apt.log >&2; stop "apt-get could not install$missing."; }
}

# The page and the TypeScript client need Node 20; where there is an older one, as in Debian 12, a newer one comes from the npm registry into artifacts.
require_node() {
  local major
  major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
  [ "${major:-0}" -lt 20 ] || return 0
  say "Node ${major:-none} is too old; getting Node 22"
  mkdir -p artifacts/node
  npm install --prefix artifacts/node --no-audit --no-fund --loglevel=error node@22.21.1 || stop 'Node 20 or newer is needed: https://nodejs.org'
  export PATH=$PWD/artifacts/node/node_modules/.bin:$PATH
}
