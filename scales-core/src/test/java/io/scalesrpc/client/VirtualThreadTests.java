package io.scalesrpc.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.netty.handler.ssl.SslContext;
import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.cache.CacheSettings;
import io.scalesrpc.cache.ResultCache;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.chaos.ChaosSettings;
import io.scalesrpc.chaos.InjectedLatency;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.http.Http2Server;
import io.scalesrpc.http.HttpSettings;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.kafka.FakeBroker;
import io.scalesrpc.kafka.ScalesKafkaClient;
import io.scalesrpc.observation.ObservationSettings;
import io.scalesrpc.redis.ScalesRedisClient;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.server.ServerProtocol;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.EchoPeer;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrifthttp.ServletServer;
import io.scalesrpc.thrifthttp.ThriftHttpSettings;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers on virtual threads, with every protocol and every stage: none holds its carrier
 * while it waits.
 */
@Sockets
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadTests {

	private static final String PINNED = "jdk.VirtualThreadPinned";

	private static final int CALLERS = 8;

	private static final int ROUNDS = 10;

	private final ClientResources resources = ClientResources.create();

	@TempDir
	private Path folder;

	@Test
	void noneIsPinnedByAnyProtocolOrStage() throws Exception {
		PeerService.Iface peer = new EchoPeer();
		try (ThriftMuxServer mux = server(ServerProtocol.THRIFTMUX, peer).start();
				ThriftMuxServer framed = server(ServerProtocol.THRIFT, peer).start();
				ServletServer servlet = new ServletServer(new PeerService.Processor<>(peer), ThriftEncoding.BINARY);
				Http2Server http2 = new Http2Server(100, (SslContext) null);
				FakeBroker broker = new FakeBroker();
				RedisNode redis = RedisNode.bundled();
				ClientHandle<PeerService.Iface> byMux = staged(PeerService.Iface.class, "thriftmux", mux.port());
				ClientHandle<PeerService.Iface> byThrift = staged(PeerService.Iface.class, "thrift", framed.port());
				ClientHandle<PeerService.Iface> byServlet = all(PeerService.Iface.class)
					.protocol(ThriftHttpSettings.DEFAULT.withPath("/thrift"))
					.uri("tcp://127.0.0.1:" + servlet.port())
					.build();
				ClientHandle<ScalesHttpClient> byHttp1 = staged(ScalesHttpClient.class, "http", servlet.port());
				ClientHandle<ScalesHttpClient> byHttp2 = all(ScalesHttpClient.class)
					.protocol(HttpSettings.DEFAULT.withVersion("2"))
					.uri("tcp://127.0.0.1:" + http2.port())
					.build();
				ClientHandle<ScalesKafkaClient> byKafka = some(ScalesKafkaClient.class).protocol("kafka")
					.uri(broker.uri())
					.build();
				ClientHandle<ScalesRedisClient> byRedis = staged(ScalesRedisClient.class, "redis", redis.port())) {
			List<Callable<?>> calls = List.of(() -> byMux.proxy().echo("x"), () -> byThrift.proxy().echo("x"),
					() -> byServlet.proxy().echo("x"), () -> byHttp1.proxy().get("/nothing"),
					() -> byHttp2.proxy().get("/something"), () -> byKafka.proxy().put("topic", "x"),
					() -> byRedis.proxy().text("PING"),
					() -> CallOptions.timeout(Duration.ofSeconds(5)).call(() -> byMux.proxy().add(1, 2)));
			// Classes are loaded by native code, which holds a carrier and is not ours.
			run(calls, 2);
			assertThat(pinned(() -> run(calls, ROUNDS))).isEmpty();
		}
		finally {
			this.resources.close();
		}
	}

	/** That of a class is made in a native frame, which holds the carrier. */
	@Test
	void whoHoldsItsCarrierIsFoundOut() throws Exception {
		assertThat(pinned(() -> run(List.of(() -> Pinning.VALUE), 1))).isNotEmpty();
		this.resources.close();
	}

	private static ThriftMuxServer server(ServerProtocol protocol, PeerService.Iface peer) {
		return ThriftMuxServer.builder().protocol(protocol).service(PeerService.Iface.class, peer).build();
	}

	private <T> ClientHandle<T> staged(Class<T> type, String protocol, int port) {
		return all(type).protocol(protocol).uri("tcp://127.0.0.1:" + port).build();
	}

	/** Stages that every protocol has. */
	private <T> ClientBuilder<T> some(Class<T> type) {
		CallFilter passing = (call, next) -> next.dispatch(call);
		return ScalesClients.builder(type)
			.resources(this.resources)
			.closeGrace(Duration.ZERO)
			.meterRegistry(new SimpleMeterRegistry())
			.observations(ObservationSettings.of(ObservationRegistry.create()))
			.circuitBreaker(CircuitBreakerSettings.DEFAULT)
			.concurrencyLimit(ConcurrencyLimitSettings.adaptive(500))
			.filter(passing);
	}

	private <T> ClientBuilder<T> all(Class<T> type) {
		ClientBuilder<T> builder = some(type).idempotent(true)
			.hedging(HedgingSettings.DEFAULT)
			.chaos(ChaosSettings.OFF.withLatency(new InjectedLatency(Duration.ofMillis(1), Duration.ZERO, 20)));
		if (type == PeerService.Iface.class) {
			builder.methodOption("echo", CacheSettings.KEY, CacheSettings.of(new Kept(), Duration.ofMillis(5)));
		}
		return builder;
	}

	private static void run(List<Callable<?>> calls, int rounds) throws Exception {
		ExecutorService threads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
			.invoke(null);
		List<Future<?>> callers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			callers.add(threads.submit(() -> {
				for (int round = 0; round < rounds; round++) {
					for (Callable<?> call : calls) {
						call(call);
					}
				}
				return null;
			}));
		}
		for (Future<?> caller : callers) {
			caller.get(60, TimeUnit.SECONDS);
		}
		threads.shutdown();
	}

	private static void call(Callable<?> call) throws Exception {
		try {
			call.call();
		}
		catch (ScalesException ex) {
			// How a call ends is a matter of other tests; that it waits is of this one.
			assertThat(ex.kind()).isNotNull();
		}
	}

	/** The stacks of those that held a carrier, however short. */
	private List<String> pinned(Run run) throws Exception {
		Path file = this.folder.resolve("pinned.jfr");
		try (Recording recording = new Recording()) {
			recording.enable(PINNED).withoutThreshold().withStackTrace();
			recording.start();
			run.run();
			recording.stop();
			recording.dump(file);
		}
		assertThat(Files.size(file)).isPositive();
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().equals(PINNED))
			.map(Object::toString)
			.toList();
	}

	/** A class that takes its time. */
	private static final class Pinning {

		static final Object VALUE = value();

		private static Object value() {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
			return "made";
		}

	}

	/** What calls wait in. */
	@FunctionalInterface
	private interface Run {

		void run() throws Exception;

	}

	/** Keeps results in memory. <em>Thread-safe</em>. */
	private static final class Kept implements ResultCache {

		private final Map<String, byte[]> entries = new ConcurrentHashMap<>();

		@Override
		public String name() {
			return "kept";
		}

		@Override
		public byte @Nullable [] get(String key) {
			return this.entries.get(key);
		}

		@Override
		public void put(String key, byte[] entry) {
			this.entries.put(key, entry);
		}

		@Override
		public boolean blocks() {
			return false;
		}

	}

}
