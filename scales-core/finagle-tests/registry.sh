#!/bin/sh
# Our client while registered servers restart, ZooKeeper stops, and thousands of members are replaced.
# usage: registry.sh [scenario,scenario|all]
set -eu
cd "$(dirname "$0")"
if [ "${SKIP_BUILD:-}" = "" ]; then
	mvn -q -f ../.. -pl scales-core,scales-core/finagle-peer,scales-core/finagle-tests -DskipTests \
		test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -DincludeScope=test
fi
exec java -cp "target/test-classes:$(cat target/test.classpath)" \
	io.scalesrpc.finagle.registry.RegistryMain "$@"
