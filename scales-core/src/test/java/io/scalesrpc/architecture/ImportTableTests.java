package io.scalesrpc.architecture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ImportTableTests {

	/**
	 * Who may import whom within the core: to let a package in, change a line. A line
	 * says everything a package imports; nothing may be permitted that nobody does.
	 */
	private static final PermissionTable IMPORTS = PermissionTable.parse("""
			call                   ->
			time                   ->
			log                    -> call time
			discovery              -> time
			discovery.zookeeper    -> call time log discovery
			discovery.dns.query    ->
			discovery.dns          -> time discovery discovery.dns.query
			metrics                -> call
			timeout                -> call time
			circuitbreaker         -> call time log metrics
			admission              -> call time metrics
			retry                  -> call time metrics timeout
			cache                  -> call time metrics timeout
			hedging                -> call time metrics retry
			chaos                  -> call time metrics
			balancer               -> call discovery
			balancer.node          -> call time discovery metrics balancer
			balancer.picker        -> call time discovery balancer balancer.node
			call.waiting           -> call
			balancer.dispatch      -> call time log discovery metrics balancer balancer.node balancer.picker \
				call.waiting
			breaker                -> call time log metrics
			transport.lookup       -> time
			transport              -> call time log discovery transport.lookup
			transport.reconnect    -> call time log discovery call.waiting transport
			transport.channel      -> call time log discovery metrics transport
			pool                   -> call time discovery metrics call.waiting transport transport.channel
			protocol               -> call time discovery metrics transport
			propagation            -> call
			observation            -> call time
			thrift.annotation      ->
			thrift.idl             -> call
			thrift.declared        -> call thrift.annotation thrift.idl
			thrift.wire            -> thrift.declared
			thrift                 -> call log protocol thrift.idl thrift.declared thrift.wire
			mux                    -> call
			mux.session            -> call time log discovery metrics transport transport.channel mux
			mux.finagle            -> call time protocol mux
			serial                 -> call time discovery metrics transport transport.channel
			thrift.connection      -> call transport protocol thrift mux mux.finagle serial
			thriftmux              -> call transport protocol thrift mux mux.session mux.finagle
			http.body              -> call time transport
			http                   -> call log protocol http.body
			http.message           -> call time log discovery metrics transport protocol http.body http
			http.http1             -> call time metrics transport transport.channel http http.message
			http.http2             -> call time log metrics transport transport.channel http http.message
			http.protocol          -> call discovery transport protocol http http.message http.http1 http.http2
			kafka                  -> call time discovery metrics transport protocol
			thrifthttp             -> call log transport protocol thrift http http.message http.protocol
			server.announcement    -> discovery
			server.limit           -> transport mux
			thrift.handler         -> call thrift
			server.wire            -> call thrift mux thrift.handler
			server                 -> call time discovery transport observation thrift mux mux.finagle \
				server.announcement server.limit thrift.handler server.wire
			redis                  -> call log cache
			redis.command          -> call protocol redis
			redis.connection       -> call time log discovery metrics transport transport.channel redis redis.command
			redis.protocol         -> call time discovery metrics call.waiting transport transport.reconnect \
				transport.channel protocol redis redis.command redis.connection
			client.delivery        -> call time transport
			client.fallback        -> call metrics protocol client.delivery
			client.proxy           -> call time transport protocol client.delivery client.fallback
			client.assembly        -> call discovery retry cache hedging balancer balancer.node \
				balancer.dispatch breaker transport protocol
			client.operations      -> call time log discovery metrics protocol
			client                 -> call time log discovery metrics timeout circuitbreaker admission retry \
				cache hedging chaos balancer balancer.node balancer.dispatch breaker transport transport.reconnect \
				transport.channel pool protocol propagation observation client.delivery client.fallback \
				client.proxy client.assembly client.operations
			""");

	/**
	 * Who may use what comes from outside; by package, or by class where a whole package
	 * would be too much.
	 */
	private static final PermissionTable LIBRARIES = PermissionTable.parse("""
			io.netty               -> discovery.dns.query discovery.dns transport.lookup transport \
				transport.channel thrift.wire thrift mux mux.session mux.finagle serial thrift.connection thriftmux \
				http.message http.http1 http.http2 thrifthttp server.limit thrift.handler server.wire server \
				redis.command redis.connection
			org.apache.thrift      -> thrift.declared thrift.wire thrift thrift.handler
			io.micrometer          -> metrics circuitbreaker hedging transport.channel pool propagation \
				observation kafka client.operations client
			org.apache.curator     -> discovery.zookeeper
			org.apache.zookeeper   -> discovery.zookeeper
			tools.jackson          -> discovery.zookeeper
			org.apache.kafka       -> kafka
			io.lettuce             -> redis.command redis.connection redis.protocol
			reactor                -> redis.connection.LettuceResources client.fallback client.proxy
			kotlin                 -> client.fallback client.proxy
			kotlinx                -> client.fallback
			org.HdrHistogram       -> hedging
			org.springframework    ->
			""");

	/**
	 * Who may read a clock or roll a die: everyone else is handed a Ticker, a Timer or a
	 * RandomGenerator.
	 */
	private static final PermissionTable TIME_AND_CHANCE = PermissionTable.parse("""
			java.lang.System#nanoTime                 -> time
			java.lang.System#currentTimeMillis        ->
			java.lang.Thread#sleep                    ->
			java.lang.Math#random                     ->
			java.util.Random                          ->
			java.util.SplittableRandom                ->
			java.util.concurrent.ThreadLocalRandom    -> client.ClientResources discovery.dns.DnsSystem
			""");

	/**
	 * Who may make futures: the client, and those that have something to close or open. A
	 * call is never one.
	 */
	private static final PermissionTable FUTURES = PermissionTable.parse("""
			java.util.concurrent.CompletableFuture -> discovery.zookeeper.ZooKeeperAnnouncement \
				balancer.dispatch.Balancer balancer.dispatch.DrainingNodes balancer.dispatch.Readiness \
				transport.lookup.HostLookups transport.lookup.HostResolverGroup transport.EventLoops \
				transport.Shutdown transport.reconnect.ConnectionOpening transport.reconnect.Resurrector \
				transport.channel.ChannelConnection pool.PoolEnd http.BearerTokenFilter http.ScalesHttpClient \
				kafka.KafkaDestination kafka.ScalesKafkaClient server.announcement server.limit server redis \
				redis.protocol client.fallback client.proxy client
			""");

	private static final ClassFiles CORE = ClassFiles.ofTheCore();

	@Test
	void packagesImportWhatTheTableSaysAndNothingElse() {
		assertThat(IMPORTS.problemsOfImports(CORE.imports())).isEmpty();
	}

	@Test
	void librariesAreUsedWhereTheyBelong() {
		assertUse(LIBRARIES);
	}

	@Test
	void timeAndChanceAreHandedIn() {
		assertUse(TIME_AND_CHANCE);
	}

	@Test
	void futuresAreForTheEdges() {
		assertUse(FUTURES);
	}

	private static void assertUse(PermissionTable table) {
		assertThat(table.problemsOfUse(CORE.users(table.rows().keySet()))).isEmpty();
	}

}
