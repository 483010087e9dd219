#!/bin/sh
# What idle processes cost: processor time and wake-ups of every thread, all of them side by side for some seconds.
# usage: src/jmh/idle.sh [seconds] [warm]
# With "warm" clients have sent tens of thousands of pings before, so that what is counted is compiled code: an idle process does not get there for hours.
set -eu
cd "$(dirname "$0")/../.."
. src/jmh/classpath.sh
seconds=${1:-60}
warm=${2:-}
mkdir -p target/idle
rm -f target/idle/*
idle() {
	java -Xmx256m io.scalesrpc.benchmark.Idle "$@" "$seconds" "$warm" >"target/idle/$1-$2" 2>&1 &
}
mkfifo target/idle/stop
java io.scalesrpc.benchmark.LeanEchoServer 18181 <target/idle/stop >/dev/null 2>&1 &
exec 3>target/idle/stop
# Servers outlive their clients, who take their time to start.
seconds=$((seconds + 60))
idle server 18182 0
idle server 18183 0
servers=$!
seconds=$((seconds - 60))
sleep 4
idle nothing 0 0
idle clients 1 18181
idle clients 10 18181
idle own 20 18181
idle clients 200 18182
wait $! $servers
exec 3>&-
cat target/idle/*-*
