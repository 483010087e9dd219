package io.scalesrpc.spring.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.discovery.Announcement;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.server.RejectedCallException;
import io.scalesrpc.server.ServerInterceptor;
import io.scalesrpc.spring.endpoint.ScalesEndpoint;
import io.scalesrpc.spring.endpoint.ScalesEndpointAutoConfiguration;
import io.scalesrpc.spring.endpoint.ServerDescriptor;
import io.scalesrpc.spring.health.ScalesHealthContributorAutoConfiguration;
import io.scalesrpc.spring.observation.ScalesObservationAutoConfiguration;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.calculator.DivisionByZero;
import io.scalesrpc.test.peer.PeerBase;
import io.scalesrpc.testing.TestAuthority;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsSettings;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TMultiplexedProtocol;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.layered.TFramedTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Beans that are served, by clients of ours and of libthrift.
 */
@ExtendWith(OutputCaptureExtension.class)
class ScalesServerTests {

	@Test
	void aBeanIsServedOnAFreePort() {
		Servers.application().run((context) -> {
			try (ClientHandle<Calculator.Iface> client = Servers.client(Servers.port(context))) {
				assertThat(client.proxy().divide(84, 2)).isEqualTo(42);
				assertThatExceptionOfType(DivisionByZero.class).isThrownBy(() -> client.proxy().divide(1, 0));
			}
		});
	}

	@Test
	void nothingListensWithoutSuchABean(CapturedOutput output) {
		Servers.bare().run((context) -> {
			assertThat(context).doesNotHaveBean(ScalesServer.class);
			assertThat(context.getEnvironment().getProperty("local.scales.port")).isNull();
		});
		assertThat(output).contains("scales.server.address: nothing is served (expected: a bean with @ScalesService)");
		Servers.application()
			.withPropertyValues("scales.server.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ScalesServer.class));
	}

	@Test
	void aHandlerKnowsItsCallAndSoDoesTheLog() {
		Servers.application().run((context) -> {
			try (ClientHandle<Calculator.Iface> client = Servers.client(Servers.port(context))) {
				assertThat(client.proxy().join("call", "", 0)).isEqualTo("join shop true");
				assertThat(client.proxy().join("mdc", "", 0)).startsWith("join shop /127.0.0.1:");
			}
		});
	}

	@Test
	void aClientOfLibthriftCallsFramedThriftAndSeveralServicesOfOnePort() {
		Servers.application()
			.withUserConfiguration(NamedService.class)
			.withPropertyValues("scales.server.protocol=thrift")
			.run((context) -> {
				try (TSocket socket = new TSocket("localhost", Servers.port(context), 10_000)) {
					socket.open();
					TBinaryProtocol protocol = new TBinaryProtocol(new TFramedTransport(socket));
					assertThat(new Calculator.Client(protocol).divide(84, 2)).isEqualTo(42);
					assertThat(new Calculator.Client(new TMultiplexedProtocol(protocol, "other")).join("a", "b", 3))
						.isEqualTo("ab3");
				}
				assertThat(context.getBean(ScalesServer.class).services()).containsExactlyInAnyOrder("arithmetic",
						"other");
			});
	}

	@Test
	void aBeanBehindAnAspectIsServedWithTheAspect() {
		List<String> seen = new ArrayList<>();
		Servers.application().withBean("aspect", BeanPostProcessor.class, () -> new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (!(bean instanceof Arithmetic)) {
					return bean;
				}
				ProxyFactory proxy = new ProxyFactory(bean);
				proxy.setProxyTargetClass(name.length() % 2 == 0);
				proxy.addAdvice((org.aopalliance.intercept.MethodInterceptor) (invocation) -> {
					seen.add(invocation.getMethod().getName());
					return invocation.proceed();
				});
				return proxy.getProxy();
			}
		}).run((context) -> {
			try (ClientHandle<Calculator.Iface> client = Servers.client(Servers.port(context))) {
				assertThat(client.proxy().divide(84, 2)).isEqualTo(42);
			}
			assertThat(seen).containsExactly("divide");
		});
	}

	@Test
	void aServiceWithoutADefinitionIsServed() {
		Servers.bare()
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("arithmetic", new Ready()))
			.run((context) -> assertThat(context).hasSingleBean(ScalesServer.class));
	}

	@Test
	void aServiceIsFoundByItsAnnotation() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context);
			scanner.scan("io.scalesrpc.spring.server.scanned");
			assertThat(context.getBeanFactory().containsBeanDefinition("scannedService")).isTrue();
		}
	}

	@Test
	void interceptorsStandAroundEveryCallAndAnyOfThemRejects() {
		List<String> seen = new ArrayList<>();
		Servers.application().withBean("outer", ServerInterceptor.class, () -> (call, handler) -> {
			seen.add("outer " + call.method());
			handler.run();
			seen.add("outer over");
		}).withBean("inner", ServerInterceptor.class, () -> (call, handler) -> {
			if (call.method().equals("truth")) {
				throw RejectedCallException.nonRetryable("not for you");
			}
			handler.run();
		}).withBean(SimpleMeterRegistry.class).run((context) -> {
			try (ClientHandle<Calculator.Iface> client = Servers.client(Servers.port(context))) {
				client.proxy().divide(84, 2);
				assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy().truth(true))
					.withMessageContaining("not for you");
			}
			assertThat(seen).containsExactly("outer divide", "outer over", "outer truth");
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(
					meters.get("scales.server.requests").tags("method", "truth", "outcome", "rejected").timer().count())
				.isEqualTo(1);
		});
	}

	@Test
	void callsAreCounted() {
		Servers.application().withBean(SimpleMeterRegistry.class).run((context) -> {
			try (ClientHandle<Calculator.Iface> client = Servers.client(Servers.port(context));
					ClientHandle<Strange> strange = ScalesClients.builder(Strange.class)
						.name("strange")
						.service(PeerBase.class)
						.uri("tcp://localhost:" + Servers.port(context))
						.build()) {
				client.proxy().divide(84, 2);
				assertThatExceptionOfType(DivisionByZero.class).isThrownBy(() -> client.proxy().divide(1, 0));
				assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy().truth(true));
				strange.proxy().ping();
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(timer(meters, "divide", "success")).isEqualTo(2);
				assertThat(timer(meters, "truth", "error")).isEqualTo(1);
				assertThat(timer(meters, "ping", "success")).isEqualTo(1);
				assertThat(meters.get("scales.server.connections").gauge().value()).isEqualTo(2);
				assertThat(meters.get("scales.server.nacks").functionCounter().count()).isZero();
			}
		});
	}

	@Test
	void callsAreObservedThoseThatAreRejectedToo() {
		List<String> seen = new CopyOnWriteArrayList<>();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
			@Override
			public void onStop(Observation.Context context) {
				seen.add(context.getName() + " " + (context.getError() != null));
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}
		});
		Servers.application()
			.withConfiguration(AutoConfigurations.of(ScalesObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> registry)
			.withBean("inner", ServerInterceptor.class, () -> (call, handler) -> {
				if (call.method().equals("truth")) {
					throw RejectedCallException.nonRetryable("not for you");
				}
				handler.run();
			})
			.run((context) -> {
				try (ClientHandle<Calculator.Iface> client = Servers.client(Servers.port(context))) {
					client.proxy().divide(84, 2);
					assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy().truth(true));
				}
			});
		assertThat(seen).containsExactly("scales.server false", "scales.server true");
	}

	private static long timer(MeterRegistry meters, String method, String outcome) {
		return meters.get("scales.server.requests").tags("method", method, "outcome", outcome).timer().count();
	}

	@Test
	void healthAndEndpointShowTheServer() {
		Servers.application()
			.withConfiguration(AutoConfigurations.of(ScalesHealthContributorAutoConfiguration.class,
					ScalesEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=scales", "scales.server.idle-timeout=5m")
			.run((context) -> {
				HealthIndicator indicator = context.getBean("scalesServerHealthContributor", HealthIndicator.class);
				Health health = indicator.health();
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).containsEntry("port", Servers.port(context));
				ServerDescriptor server = context.getBean(ScalesEndpoint.class).overview(true).server();
				assertThat(server.state()).isEqualTo("listening");
				assertThat(server.port()).isEqualTo(Servers.port(context));
				assertThat(server.services()).containsExactly("arithmetic");
				assertThat(server.methods()).contains("divide", "ping");
				assertThat(server.settings().get("idle-timeout").property()).isEqualTo("scales.server.idle-timeout");
				assertThat(server.settings().get("max-age").property()).isNull();
			});
	}

	@Test
	void handlersRunOnTheExecutorThatIsNamed() {
		Servers.application()
			.withBean("calls", Executor.class, () -> new SimpleAsyncTaskExecutor("mine-"))
			.withPropertyValues("scales.server.executor=calls")
			.run((context) -> assertThat(thread(context)).startsWith("mine-"));
		Servers.application().run((context) -> assertThat(thread(context)).startsWith("scales-server-call"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void handlersRunOnVirtualThreads() {
		Servers.application()
			.withPropertyValues("scales.server.virtual-threads=true")
			.run((context) -> assertThat(thread(context)).startsWith("scales-server-call-"));
		Servers.application()
			.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(thread(context)).startsWith("scales-server-call-"));
	}

	private static String thread(ApplicationContext context) throws TException {
		try (ClientHandle<Calculator.Iface> client = Servers.client(Servers.port(context))) {
			return client.proxy().join("thread", "", 0);
		}
	}

	@Test
	void tlsIsThatOfABundle() {
		TestAuthority authority = new TestAuthority("Authority");
		DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("server", SslBundle.of(null, null, null, null,
				SslManagerBundle.of(authority.certificate("localhost"), authority.trust())));
		Servers.application()
			.withBean(DefaultSslBundleRegistry.class, () -> bundles)
			.withPropertyValues("scales.server.ssl.bundle=server", "scales.server.ssl.clients=certified")
			.run((context) -> {
				TlsMaterial shown = new TlsMaterial(authority.trust(), authority.certificate("client"));
				try (ClientHandle<Calculator.Iface> client = ScalesClients.builder(Calculator.Iface.class)
					.name("caller")
					.uri("tcp://localhost:" + Servers.port(context))
					.tls(TlsSettings.of(shown))
					.build()) {
					assertThat(client.proxy().divide(84, 2)).isEqualTo(42);
				}
			});
	}

	@Test
	void theServerIsAnnouncedLastAndWithdrawnFirstAndEndsItsCalls() throws Exception {
		List<String> log = new ArrayList<>();
		AtomicReference<CompletableFuture<Long>> running = new AtomicReference<>();
		Servers.application()
			.withBean("registry", ServerSetProvider.class, () -> new Registry(log))
			.withBean("late", SmartLifecycle.class, () -> new Part(log, "late", SmartLifecycle.DEFAULT_PHASE - 1))
			.withBean("early", SmartLifecycle.class, () -> new Part(log, "early", ScalesServer.PHASE - 1))
			.withPropertyValues("scales.server.announce=registry://here:1", "scales.server.leave-delay=0s",
					"scales.server.zone=eu-1a")
			.run((context) -> {
				log.add("started");
				Arithmetic handler = context.getBean(Arithmetic.class);
				int port = Servers.port(context);
				running.set(CompletableFuture.supplyAsync(() -> {
					try (ClientHandle<Calculator.Iface> client = Servers.client(port)) {
						return Servers.fetch(client.proxy());
					}
				}, Servers::onAThreadOfItsOwn));
				assertThat(handler.begun.await(10, TimeUnit.SECONDS)).isTrue();
				CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS, Servers::onAThreadOfItsOwn)
					.execute(handler.letGo::countDown);
			});
		assertThat(running.get().get(10, TimeUnit.SECONDS)).isEqualTo(7);
		assertThat(log).containsExactly("early on", "late on", "announced in eu-1a", "started", "withdrawn", "late off",
				"early off");
	}

	@Test
	void aContextThatIsStoppedAndStartedServesAgain() {
		Servers.application().withBean(SimpleMeterRegistry.class).run((context) -> {
			int before = Servers.port(context);
			context.getSourceApplicationContext(org.springframework.context.ConfigurableApplicationContext.class)
				.stop();
			assertThat(context.getBean(ScalesServer.class).isRunning()).isFalse();
			context.getSourceApplicationContext(org.springframework.context.ConfigurableApplicationContext.class)
				.start();
			assertThat(before).isPositive();
			try (ClientHandle<Calculator.Iface> client = Servers.client(Servers.port(context))) {
				assertThat(client.proxy().divide(84, 2)).isEqualTo(42);
				assertThat(context.getBean(MeterRegistry.class).get("scales.server.connections").gauge().value())
					.isEqualTo(1);
			}
		});
	}

	/** Calls what a calculator has, too. */
	interface Strange {

		void ping();

	}

	@Configuration(proxyBeanMethods = false)
	static class NamedService {

		@Bean
		@ScalesService(name = "other", service = Calculator.class)
		Arithmetic other() {
			return new Arithmetic();
		}

	}

	/** Nobody defines it. */
	@ScalesService
	private static final class Ready extends Arithmetic {

	}

	/** A registry that says when it is told. <em>Confined to the test</em>. */
	private record Registry(List<String> log) implements ServerSetProvider, Announcement {

		@Override
		public String scheme() {
			return "registry";
		}

		@Override
		public ServerSet create(ServerSetUri uri) {
			throw new IllegalArgumentException("uri: " + uri + " (expected: nobody asks)");
		}

		@Override
		public Announcement announce(ServerSetUri uri, Member announced) {
			this.log.add("announced in " + announced.zone());
			return this;
		}

		@Override
		public CompletionStage<Void> withdraw() {
			this.log.add("withdrawn");
			return CompletableFuture.completedStage(null);
		}

	}

	/** Some other part of the application. <em>Confined to the test</em>. */
	private static final class Part implements SmartLifecycle {

		private final List<String> log;

		private final String name;

		private final int phase;

		private boolean running;

		Part(List<String> log, String name, int phase) {
			this.log = log;
			this.name = name;
			this.phase = phase;
		}

		@Override
		public void start() {
			this.running = true;
			this.log.add(this.name + " on");
		}

		@Override
		public void stop() {
			this.running = false;
			this.log.add(this.name + " off");
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
