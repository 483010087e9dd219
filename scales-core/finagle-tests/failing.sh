#!/bin/sh
# What retries do to a service that fails, without a budget and with ours: three layers of four tries, and a service
# that is sick for half a minute.
# usage: failing.sh [amplification] [metastable]
set -eu
cd "$(dirname "$0")"
if [ "${SKIP_BUILD:-}" = "" ]; then
	mvn -q -f ../.. -pl scales-core,scales-core/finagle-peer,scales-core/finagle-tests -DskipTests \
		test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -DincludeScope=test
fi
exec java -cp "target/test-classes:$(cat target/test.classpath)" \
	io.scalesrpc.finagle.failing.FailingMain "$@"
