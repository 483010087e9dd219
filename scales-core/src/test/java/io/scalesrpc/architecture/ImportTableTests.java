package io.scalesrpc.architecture;

import com.tngtech.archunit.core.domain.JavaModifier;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

class ImportTableTests {

	/**
	 * Who may import whom within the core: to let a package in, change a line. A line
	 * says everything a package imports; nothing may be permitted that nobody does.
	 */
	private static final PermissionTable IMPORTS = PermissionTable.parse("""
			call       ->
			time       ->
			log        -> call time
			discovery  -> time
			discovery.zookeeper -> call discovery time
			discovery.dns -> discovery time
			metrics    -> call
			timeout    -> call time
			circuitbreaker -> call time metrics log
			admission  -> call time metrics
			retry      -> call time metrics timeout
			cache      -> call time metrics timeout
			hedging    -> call time metrics retry
			chaos      -> call time metrics
			balancer   -> call time metrics discovery log
			breaker    -> call time metrics log
			transport  -> call time metrics discovery
			pool       -> call time metrics discovery transport
			protocol   -> call time metrics discovery transport
			propagation -> call
			observation -> call time
			thrift.annotation ->
			thrift.idl -> call
			thrift.declared -> call thrift.annotation thrift.idl
			thrift     -> call protocol thrift.idl thrift.declared
			mux        -> call
			mux.session -> call time metrics discovery transport mux
			serial     -> call time metrics discovery transport
			thrift.connection -> call mux protocol serial thrift thriftmux transport
			thriftmux  -> call time transport protocol thrift mux mux.session
			http.body  -> call time transport
			http       -> call time metrics discovery transport protocol http.body
			kafka      -> call time metrics discovery transport protocol
			thrifthttp -> call http protocol thrift transport
			server     -> call time discovery transport thrift mux observation
			redis      -> call time metrics discovery transport protocol cache
			client.proxy -> call time metrics transport protocol
			client     -> call time metrics discovery timeout cache circuitbreaker admission hedging retry chaos \
				balancer breaker transport pool protocol client.proxy propagation observation log
			""");

	/**
	 * Who may use what comes from outside; by package, or by class where a whole package
	 * would be too much.
	 */
	private static final PermissionTable LIBRARIES = PermissionTable.parse("""
			io.netty               -> transport mux mux.session serial thrift thrift.connection thriftmux \
				http thrifthttp server discovery.dns redis
			org.apache.thrift      -> thrift thrift.declared
			io.micrometer          -> metrics transport pool client circuitbreaker hedging propagation observation kafka
			org.apache.curator     -> discovery.zookeeper
			org.apache.zookeeper   -> discovery.zookeeper
			tools.jackson          -> discovery.zookeeper
			org.apache.kafka       -> kafka
			io.lettuce             -> redis
			reactor                -> client.proxy redis.LettuceResources
			kotlin                 -> client.proxy
			kotlinx                -> client.proxy
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
	private static final PermissionTable FUTURES = PermissionTable
		.parse("""
				java.util.concurrent.CompletableFuture -> discovery.zookeeper.ZooKeeperAnnouncement transport.ChannelConnection transport.EventLoops transport.HostLookups transport.HostResolverGroup transport.ConnectionOpening transport.Resurrector transport.Shutdown balancer.Balancer balancer.DrainingNodes balancer.Readiness pool.PoolEnd http.ScalesHttpClient http.BearerTokenFilter kafka.KafkaDestination kafka.ScalesKafkaClient redis server client client.proxy
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

	/** A virtual thread that waits for a monitor holds its carrier thread. */
	@Test
	void noMethodIsSynchronized() {
		noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(CORE.classes());
	}

	private static void assertUse(PermissionTable table) {
		assertThat(table.problemsOfUse(CORE.users(table.rows().keySet()))).isEmpty();
	}

}
