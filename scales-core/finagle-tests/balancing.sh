#!/bin/sh
# Our balancers and Finagle's beside each other, in scenarios of dead, slow, failing and restarted members.
# usage: balancing.sh [scenario,scenario|all] [client,client], for instance
#   balancing.sh poisson scales-default,scales-p2c-ewma,finagle-aperture
set -eu
cd "$(dirname "$0")"
if [ "${SKIP_BUILD:-}" = "" ]; then
	mvn -q -f ../.. -pl scales-core,scales-core/finagle-peer,scales-core/finagle-tests -DskipTests \
		test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -DincludeScope=test
fi
exec java -cp "target/test-classes:$(cat target/test.classpath)" \
	io.scalesrpc.finagle.balancing.BalancingMain "$@"
