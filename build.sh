#!/usr/bin/env bash
# Everything that one does with this repository; CI calls the same commands. ./build.sh help lists them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off
readonly SOLUTION=FarmAgent.sln
readonly RIDS="linux-x64 linux-arm64"

help() {
  cat <<'TEXT'
./build.sh COMMAND

  help      this list
  build     build everything
  test      build and run all tests; ends with "N passed, N failed, N skipped"
  kernel-test  the real kernel's USB, I2C and GPIO, in User-Mode Linux   [--native: with the published pair] [NAME ...]
  demo      the main job on the virtual bench: lease, flash, probe, pins, suite   [--native: with the published pair]
  format    lay out the code as .editorconfig says
  check     what CI checks besides tests: layout of the code, generated files, firmware
  bench     measure: ./build.sh bench agent|cpu|flash|robot; prints a table, writes artifacts/bench/NAME.json
  fuzz      long random runs: ./build.sh fuzz cpu|robot|leases|wire [--count N] [--seed S]; prints the seed, ends with 1 on a difference or fault
  publish   native farm-agent and farmctl in artifacts/dist/<rid>/   [RID ...]; default: linux-x64 linux-arm64
  golden    run the tests and take their present output as the expected one; review the diff like code

Needs the .NET SDK 10. publish also needs clang, and for linux-arm64 lld and aarch64-linux-gnu binutils.
TEXT
}

host_rid() { case "$(uname -m)" in aarch64) echo linux-arm64 ;; *) echo linux-x64 ;; esac; }

build() { dotnet build "$SOLUTION" -v quiet --nologo "$@"; }

test_all() {
  build
  mkdir -p artifacts
  local log=artifacts/test.log status=0
  dotnet test --solution "$SOLUTION" --no-build "$@" 2>&1 | tee "$log" || status=$?
  awk '/^ *succeeded:/ {p += $2} /^ *failed:/ {f += $2} /^ *skipped:/ {s += $2}
       END {printf "%d passed, %d failed, %d skipped\n", p, f, s}' "$log"
  return "$status"
}

demo() {
  local agent farmctl
  if [ "${1:-}" = --native ]; then
    shift
    agent=artifacts/dist/$(host_rid)/farm-agent farmctl=artifacts/dist/$(host_rid)/farmctl
    [ -x "$agent" ] || { echo "No native pair yet: ./build.sh publish" >&2; exit 2; }
  else
    dotnet build src/FarmAgent.Agent -v quiet --nologo >&2
    dotnet build src/FarmAgent.Cli -v quiet --nologo >&2
    agent=artifacts/bin/FarmAgent.Agent/debug/farm-agent farmctl=artifacts/bin/FarmAgent.Cli/debug/farmctl
  fi

  local status=0
  work=$(mktemp -d)
  FARM_RUNNER="$PWD/$farmctl" "$agent" --virtual --clock lockstep --state "$work/state" --socket "$work/agent.sock" >"$work/agent.log" 2>&1 &
  pid=$!
  # The trap runs after this function has returned, so what it names is not local.
  trap 'kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
  local tries=0
  until [ -S "$work/agent.sock" ]; do
    if ! kill -0 "$pid" 2>/dev/null || [ "$((tries += 1))" -gt 600 ]; then
      echo "The agent did not open its socket within 60 s. Its log:" >&2
      tail -n 40 "$work/agent.log" >&2
      return 3
    fi
    sleep 0.1
  done
  "$farmctl" --agent "unix:$work/agent.sock" --board b1 demo \
    --image tests/dut-firmware/bin/expander.elf --suite samples/suites/expander.robot --output artifacts/demo "$@" || status=$?
  if [ "$status" -ne 0 ]; then
    echo "--- the agent's log:" >&2
    tail -n 40 "$work/agent.log" >&2
  fi
  return "$status"
}

kernel-test() {
  if [ "${1:-}" = --native ]; then
    shift
    export FARM_NATIVE=1
  else
    dotnet build src/FarmAgent.Agent -v quiet --nologo >&2
    dotnet build src/FarmAgent.Cli -v quiet --nologo >&2
  fi
  # The tests of the guest run on the runtime; they are no part of what is published.
  dotnet build tests/FarmAgent.Hardware.KernelTests -v quiet --nologo >&2
  tests/kernel-lane/run "$@"
}

check() {
  dotnet format "$SOLUTION" --verify-no-changes --no-restore --severity warn
}

publish() {
  local rid
  for rid in ${*:-$RIDS}; do
    local options=()
    if [ "$rid" != "$(host_rid)" ]; then
      options=(-p:LinkerFlavor=lld "-p:ObjCopyName=${rid/linux-arm64/aarch64-linux-gnu}-objcopy")
    fi
    rm -rf "artifacts/dist/$rid"
    mkdir -p "artifacts/dist/$rid"
    local project
    for project in Agent Cli; do
      local log="artifacts/publish/$rid-$project.log"
      mkdir -p artifacts/publish
      CI=true dotnet publish "src/FarmAgent.$project" -c Release -r "$rid" -v quiet --nologo "${options[@]}" -o "artifacts/publish/$rid/$project" |
        tee "$log"
      # Packages that warn about trimming are known by name, or they do not ship.
      if grep IL2104 "$log" | grep -vE "'(Grpc.AspNetCore.Server.Reflection|UnitsNet)'"; then
        echo "A package produced trim warnings that nobody has looked at." >&2
        exit 1
      fi
      find "artifacts/publish/$rid/$project" -maxdepth 1 -type f \
        ! -name '*.dbg' ! -name '*.pdb' ! -name '*.xml' ! -name '*.json' -exec cp {} "artifacts/dist/$rid/" \;
    done
    ls -l "artifacts/dist/$rid"
  done
}

bench() {
  if [ "${1:-}" = cpu ]; then publish_simulation_proof; fi
  dotnet build tests/FarmAgent.Benchmarks -c Release -v quiet --nologo
  artifacts/bin/FarmAgent.Benchmarks/release/FarmAgent.Benchmarks "$@"
}

# One case for each thing that is fuzzed; the rest of the arguments is its own.
fuzz() {
  local what=${1:-}
  shift || true
  case "$what" in
    cpu) simulation_proof fuzz "$@" ;;
    robot)
      dotnet build tests/FarmAgent.Robot.Fuzz -c Release -v quiet --nologo
      # A gibibyte: what wants more has found a way around the limits of the engine.
      DOTNET_GCHeapHardLimit=0x40000000 artifacts/bin/FarmAgent.Robot.Fuzz/release/FarmAgent.Robot.Fuzz "$@"
      ;;
    leases)
      dotnet build tests/FarmAgent.Leases.Fuzz -c Release -v quiet --nologo
      artifacts/bin/FarmAgent.Leases.Fuzz/release/FarmAgent.Leases.Fuzz "$@"
      ;;
    wire)
      dotnet build src/FarmAgent.Agent -v quiet --nologo
      dotnet build tests/FarmAgent.Agent.Fuzz -c Release -v quiet --nologo
      artifacts/bin/FarmAgent.Agent.Fuzz/release/FarmAgent.Agent.Fuzz "$@"
      ;;
    *)
      echo "usage: ./build.sh fuzz cpu|robot|leases|wire [--count N] [--seed S]" >&2
      exit 2
      ;;
  esac
}

# The CPU's proof and measure, compiled natively as the agent is.
publish_simulation_proof() {
  local log=artifacts/publish/simulation-proof.log
  mkdir -p artifacts/publish
  dotnet publish tests/FarmAgent.Simulation.Proof -c Release -r "$(host_rid)" -v quiet --nologo -o artifacts/publish/simulation-proof >"$log" ||
    { cat "$log" >&2; exit 1; }
}

simulation_proof() {
  publish_simulation_proof
  artifacts/publish/simulation-proof/FarmAgent.Simulation.Proof "$@"
}

command=${1:-help}
shift || true
case "$command" in
  help | build | demo | kernel-test | check | publish | bench | fuzz) "$command" "$@" ;;
  test) test_all "$@" ;;
  format) dotnet format "$SOLUTION" --severity warn ;;
  golden) FARM_UPDATE_GOLDEN=1 test_all "$@" ;;
  *)
    echo "Unknown command '$command'." >&2
    help >&2
    exit 2
    ;;
esac
