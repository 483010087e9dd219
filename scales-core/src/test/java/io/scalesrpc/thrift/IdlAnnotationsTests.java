package io.scalesrpc.thrift;

import java.nio.charset.StandardCharsets;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.RoutingHash;
import io.scalesrpc.call.RoutingKey;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientSettings;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.annotation.ThriftInterface;
import io.scalesrpc.thrift.annotation.ThriftMethod;
import io.scalesrpc.thrift.declared.ThriftIdl;
import io.scalesrpc.thrift.idl.IdlAnnotations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What an IDL, or an annotated interface, says of its methods is in effect. */
@Sockets
class IdlAnnotationsTests {

	private static final Path COMPILER = Path.of("target", "thrift-compiler", "bin", "thrift");

	private static final String BASE = """
			namespace java io.scalesrpc.test.base
			service Goods {
			  i32 count_all(1: string sku) (scales.idempotent = "true", scales.timeout = "30ms"),
			  void clear()
			}
			""";

	private static final String SHOP = """
			include "base.thrift"
			namespace java io.scalesrpc.test.shop
			service Shop extends base.Goods {
			  i32 price(1: string sku (scales.routing_key = "true")) (scales.timeout = "40ms"),
			  void order(1: string sku)
			} (scales.idempotent = "true")
			""";

	@TempDir
	private Path folder;

	private ClassLoader loader;

	@BeforeEach
	void compile() throws Exception {
		assumeTrue(COMPILER.toFile().exists(), "no " + COMPILER);
		Path idl = Files.createDirectories(this.folder.resolve("idl"));
		Files.writeString(idl.resolve("base.thrift"), BASE);
		Path shop = Files.writeString(idl.resolve("shop.thrift"), SHOP);
		this.loader = new OldCompiler("", COMPILER, shop).compile(this.folder,
				"fullcamel,generated_annotations=suppress");
		extract();
	}

	private void extract() throws Exception {
		IdlAnnotations
			.main(new String[] { this.folder.resolve("idl").toString(), this.folder.resolve("classes").toString() });
	}

	private ClientBuilder<?> client() throws Exception {
		return builder(this.loader.loadClass("io.scalesrpc.test.shop.Shop$Iface"));
	}

	private static <T> ClientBuilder<T> builder(Class<T> type) {
		return ScalesClients.builder(type).name("shop").uri("tcp://127.0.0.1:1");
	}

	private static ClientSettings settings(ClientBuilder<?> builder) {
		try (ClientHandle<?> client = builder.build()) {
			return client.view().settings();
		}
	}

	@Test
	void isSettingsOfTheMethods() throws Exception {
		ClientSettings settings = settings(client().timeout(Duration.ofSeconds(5)));
		assertThat(settings.methodTimeouts())
			.isEqualTo(Map.of("count_all", Duration.ofMillis(30), "price", Duration.ofMillis(40)));
		CallOptions twice = CallOptions.of(Idempotence.KEY, true);
		assertThat(settings.methodOptions()).isEqualTo(Map.of("count_all", twice, "price", twice, "order", twice));
	}

	@Test
	void settingsOfAMethodComeFirstByAnyOfItsNames() throws Exception {
		ClientSettings settings = settings(client().methodTimeout("countAll", Duration.ofMillis(70))
			.method("order", (method) -> method.idempotent(false))
			.method("count_all", (method) -> method.idempotent(false)));
		assertThat(settings.methodTimeouts()).isEqualTo(Map.of("countAll", Duration.ofMillis(70), "count_all",
				Duration.ofMillis(30), "price", Duration.ofMillis(40)));
		CallOptions once = CallOptions.of(Idempotence.KEY, false);
		assertThat(settings.methodOptions())
			.isEqualTo(Map.of("order", once, "count_all", once, "price", CallOptions.of(Idempotence.KEY, true)));
	}

	@Test
	void whatIsSetForOneNameInJavaLeavesTheOthersWhatTheIdlSays() throws Exception {
		ClientSettings settings = settings(
				builder(Twice.class).service(this.loader.loadClass("io.scalesrpc.test.shop.Shop"))
					.methodTimeout("priceAsync", Duration.ofSeconds(1))
					.method("priceAsync", (method) -> method.idempotent(false)));
		assertThat(settings.methodTimeouts()).containsEntry("priceAsync", Duration.ofSeconds(1))
			.containsEntry("price", Duration.ofMillis(40));
		assertThat(settings.methodOptions()).containsEntry("price", CallOptions.of(Idempotence.KEY, true));
	}

	@Test
	void commentsMayBeOfAnyEncoding() throws Exception {
		Path shop = this.folder.resolve("idl/shop.thrift");
		Files.write(shop, ("# Preis f\u00fcr alle\n" + SHOP).getBytes(StandardCharsets.ISO_8859_1));
		extract();
		assertThat(settings(client()).methodTimeouts()).containsKeys("count_all", "price");
	}

	@Test
	void whatWasTakenOutOfTheIdlIsGone() throws Exception {
		Files.writeString(this.folder.resolve("idl/shop.thrift"), SHOP.replaceAll("\\(scales[^()]*\\)", ""));
		extract();
		assertThat(settings(client()).methodTimeouts()).containsOnlyKeys("count_all");
	}

	@Test
	void aFileOfAnotherIdlStopsTheStart() throws Exception {
		Files.writeString(this.folder.resolve("idl/shop.thrift"), SHOP.replace("price", "prices"));
		extract();
		assertThatIllegalArgumentException().isThrownBy(() -> settings(client()))
			.withMessageContaining("META-INF/scales/thrift/io.scalesrpc.test.shop.Shop.properties: prices (expected: a"
					+ " method of io.scalesrpc.test.shop.Shop; the file is written anew by the build");
	}

	@Test
	void aFileThatIsNotRightStopsTheStart() throws Exception {
		Files.writeString(this.folder.resolve("classes/META-INF/scales/thrift/io.scalesrpc.test.shop.Shop.properties"),
				"price.timeout=soon\n");
		assertThatIllegalArgumentException().isThrownBy(() -> settings(client()))
			.withMessageContaining("io.scalesrpc.test.shop.Shop.properties: price.timeout=soon (expected: a number with"
					+ " its unit");
	}

	@Test
	void aRoutingKeyOfTheIdlIsOneOfTheMethod() throws Exception {
		ThriftService shop = ThriftService.of(this.loader.loadClass("io.scalesrpc.test.shop.Shop"));
		assertThat(shop.methods()).extracting(MethodSpec::name, MethodSpec::routingParameter)
			.containsExactlyInAnyOrder(tuple("count_all", -1), tuple("clear", -1), tuple("price", 0),
					tuple("order", -1));
		Path file = this.folder.resolve("classes/META-INF/scales/thrift/io.scalesrpc.test.shop.Shop.properties");
		assertThat(file).content().contains("price.routing-key=sku\n");
		Files.writeString(file, "price.routing-key=skus\n");
		// What was read of a class is kept.
		ClassLoader another = new URLClassLoader(((URLClassLoader) this.loader).getURLs(), this.loader.getParent());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ThriftService.of(another.loadClass("io.scalesrpc.test.shop.Shop")))
			.withMessageContaining(
					"io.scalesrpc.test.shop.Shop.price: routing-key skus (expected: one of its" + " parameters [sku])");
	}

	@Test
	void aCallHasTheKeyThatTheIdlNames() throws Exception {
		List<Call> calls = new CopyOnWriteArrayList<>();
		Class<?> iface = this.loader.loadClass("io.scalesrpc.test.shop.Shop$Iface");
		try (ClientHandle<?> client = builder(iface).balancer(BalancerType.HASH).filter((call, next) -> {
			calls.add(call);
			call.end(Reply.of(3));
		}).build()) {
			iface.getMethod("price", String.class).invoke(client.proxy(), "tea");
			iface.getMethod("countAll", String.class).invoke(client.proxy(), "tea");
		}
		assertThat(calls).extracting((call) -> call.options().get(RoutingHash.KEY))
			.containsExactly(RoutingHash.of("tea"), OptionalLong.empty());
	}

	@ThriftInterface
	interface Declared {

		@ThriftMethod(idempotent = true, timeout = "30ms")
		int price(@RoutingKey String sku);

		@ThriftMethod(name = "place_order")
		void order(String sku);

	}

	@ThriftInterface
	interface Wrong {

		@ThriftMethod(timeout = "soon")
		int price(String sku);

	}

	@Test
	void annotationsOfJavaAreSettingsTooAndGoIntoTheIdl() {
		ClientSettings settings = settings(builder(Declared.class));
		assertThat(settings.methodTimeouts()).isEqualTo(Map.of("price", Duration.ofMillis(30)));
		assertThat(settings.methodOptions()).isEqualTo(Map.of("price", CallOptions.of(Idempotence.KEY, true)));
		assertThat(ThriftService.of(Declared.class).method("price")).extracting(MethodSpec::routingParameter)
			.isEqualTo(0);
		assertThat(ThriftIdl.of(Declared.class)).contains(
				"i32 price(1: string sku (scales.routing_key = \"true\")) (scales.idempotent = \"true\", scales.timeout = \"30ms\")\n",
				"void place_order(1: string sku)\n");
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftService.of(Wrong.class))
			.withMessageContaining("Wrong.price: timeout soon (expected: a number with its unit");
	}

	/** Two names of one method. */
	interface Twice {

		int price(String sku);

		CompletableFuture<Integer> priceAsync(String sku);

	}

}
