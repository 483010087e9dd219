package io.scalesrpc.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The demo as a visitor sees it: over HTTP, with its servers on free ports.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class DemoTests {

	private static final Logger logger = LoggerFactory.getLogger(DemoTests.class);

	private final HttpClient http = HttpClient.newHttpClient();

	@Autowired
	private ConfigurableListableBeanFactory beans;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void freePorts(DynamicPropertyRegistry registry) {
		FreePorts.register(registry);
		registry.add("scales.defaults.timeout", () -> "10s");
		registry.add("scales.clients.shops.timeout", () -> "30s");
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build(),
				BodyHandlers.ofString());
	}

	@Test
	void thePageIsThere() throws Exception {
		assertThat(get("/").body()).contains("A shop");
	}

	@Test
	void whoNeedsZooKeeperIsMadeAfterIt() {
		for (Class<?> type : List.of(PricingClient.class, AsyncPricingClient.class, CuratorFramework.class)) {
			String name = this.beans.getBeanNamesForType(type)[0];
			assertThat(this.beans.getBeanDefinition(name).getDependsOn()).as(name).contains("zooKeeper");
		}
	}

	@Test
	void aPriceComesThroughABlockingCall() throws Exception {
		HttpResponse<String> response = get("/api/prices/anvil");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("\"129.99 EUR\"", "\"server\":\"pricing-");
	}

	@Test
	void anUnknownProductIsTheServicesOwnException() throws Exception {
		HttpResponse<String> response = get("/api/prices/unicorn");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).contains("There is no product 'unicorn'");
	}

	@Test
	void allPricesComeAtOnce() throws Exception {
		assertThat(get("/api/prices").body()).contains("anvil", "tape-measure").doesNotContain("not available");
	}

	@Test
	void loadReachesAllServersAndTheSlowOneLeast() throws Exception {
		post("/api/live/servers/pricing-5?manner=SLOW");
		String report = post("/api/load?calls=2000&concurrency=16");
		post("/api/live/servers/pricing-5?manner=WELL");
		assertThat(report).contains("\"failed\":0", "pricing-1", "pricing-2", "pricing-3", "pricing-4");
		for (int server = 1; server <= 4; server++) {
			assertThat(calls(report, "pricing-5")).isLessThan(calls(report, "pricing-" + server));
		}
	}

	/** On a busy machine one of many requests may wait for a processor anywhere. */
	@Test
	void noHopOfAChainWorksAfterTheDeadlineOfTheRequest() throws Exception {
		chain(10);
		String report = chain(50);
		logger.info("A chain of three hops: {}", report);
		JsonNode chain = JsonMapper.shared().readTree(report);
		assertThat(chain.get("timedOut").asInt()).isEqualTo(50);
		for (String hop : List.of("HTTP", "FRONT", "BACK")) {
			JsonNode last = chain.get("lastAtWork").get(hop);
			assertThat(last.get("seen").asInt()).as(hop).isGreaterThan(25);
			assertThat(last.get("medianMicros").asInt()).as(hop).isBetween(-100_000, 100_000);
			assertThat(last.get("worstMicros").asInt()).as(hop).isLessThan(1_000_000);
		}
	}

	private String chain(int requests) throws Exception {
		return post("/api/chain/runs?timeout=200&requests=" + requests);
	}

	private String post(String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.POST(BodyPublishers.noBody())
			.build();
		return this.http.send(request, BodyHandlers.ofString()).body();
	}

	@Test
	@Tag("soak")
	void thePageOfServicesThatFailTellsItsStories() throws Exception {
		assertThat(get("/failing.html").body()).contains("A circuit breaker", "Retries in three layers");
		JsonNode breaker = JsonMapper.shared().readTree(post("/api/failing/breaker"));
		assertThat(breaker.findValuesAsString("after")).containsExactly("closed", "closed", "closed", "open", "open",
				"open", "open", "open", "open", "closed", "closed");
		assertThat(breaker.get(9).get("before").asString()).isEqualTo("half-open");
		assertThat(post("/api/failing/layers?manners=CARELESS")).contains("\"requests\":[4,16,64]");
		JsonNode layers = JsonMapper.shared().readTree(post("/api/failing/layers?calls=1000"));
		assertThat(layers.get("requests").get(2).asInt()).isBetween(1000, 1300);
		assertThat(layers.get("error").asString()).contains("no database");
	}

	@Test
	void aRestClientAsksTheStockServiceByTheNameOfItsClient() throws Exception {
		assertThat(get("/http.html").body()).contains("HTTP clients");
		assertThat(get("/api/http/stock").body()).contains("\"sku\":\"anvil\",\"pieces\":3,\"member\":\"stock-");
		assertThat(get("/stock").statusCode()).as("on the port of the shop").isEqualTo(404);
	}

	@Test
	void http1AndHttp2ReachAllMembersAndLeaveTheFailingOneAlone() throws Exception {
		JsonNode well = JsonMapper.shared().readTree(post("/api/http/load?calls=600&concurrency=8"));
		JsonNode members = JsonMapper.shared().readTree(get("/api/http/members").body());
		String last = "/api/http/members/" + members.get(2).get("port").asInt() + "?manner=";
		assertThat(post(last + "FAILING")).contains("\"FAILING\"");
		JsonNode failing = JsonMapper.shared().readTree(post("/api/http/load?calls=600&concurrency=8"));
		post(last + "WELL");
		for (String client : List.of("HTTP/1.1", "HTTP/2")) {
			assertThat(well.get(client).get("failed").asInt()).as(client).isZero();
			assertThat(well.get(client).get("byServer").propertyNames()).as(client)
				.containsExactly("stock-1", "stock-2", "stock-3");
			JsonNode byServer = failing.get(client).get("byServer");
			assertThat(byServer.has("stock-3")).as(client).isFalse();
			assertThat(byServer.get("stock-1").asInt() + byServer.get("stock-2").asInt()).as(client).isGreaterThan(590);
		}
		assertThat(opened("stock-http2")).isEqualTo(3);
		assertThat(opened("stock")).isBetween(3.0, 24.0);
	}

	private double opened(String client) throws Exception {
		String meter = get("/actuator/metrics/scales.client.connections?tag=event:opened&tag=client:" + client).body();
		return JsonMapper.shared().readTree(meter).get("measurements").get(0).get("value").asDouble();
	}

	private static int calls(String report, String server) {
		Matcher found = Pattern.compile("\"" + server + "\":(\\d+)").matcher(report);
		return found.find() ? Integer.parseInt(found.group(1)) : 0;
	}

	@Test
	void theActuatorShowsTheClientAndItsMembers() throws Exception {
		get("/api/prices");
		assertThat(get("/actuator/scales").body()).contains("\"pricing\"");
		assertThat(get("/actuator/scales/pricing").body()).contains("\"members\"", "\"address\"", "\"open\"");
		assertThat(get("/actuator/health").body()).contains("\"scales\"", "\"UP\"");
		assertThat(get("/actuator/metrics/scales.client.requests").body()).contains("\"catalogue\"");
		assertThat(get("/actuator/prometheus").body()).contains("scales_client_requests_seconds_count");
	}

	/** Of probes, health checks and Prometheus. */
	@Test
	void whatContainersAreAskedForIsThere() throws Exception {
		List<String> paths = ContainersTests.paths();
		assertThat(paths).contains("/actuator/health/readiness", "/actuator/health/liveness", "/actuator/prometheus");
		for (String path : paths) {
			assertThat(get(path).statusCode()).as(path).isEqualTo(200);
		}
	}

	/** It is this application: under the name and with the port that Spring Cloud has. */
	@Test
	void theShopIsFoundWhereSpringCloudHasRegisteredIt(@Autowired ShopClient shops) throws Exception {
		long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (!get("/actuator/scales/shops").body().contains("localhost:" + this.port)) {
			assertThat(System.nanoTime()).as("registered").isLessThan(patience);
			Thread.sleep(50);
		}
		assertThat(shops.offer("anvil").price()).isEqualTo("129.99 EUR");
		assertThat(shops.readiness()).containsEntry("status", "UP");
	}

	/** The dashboard and the alerts of docs, with a real Prometheus. */
	@Test
	void aRealPrometheusAnswersEveryQueryOfTheDashboardAndKnowsTheAlerts() throws Exception {
		assumeTrue(Files.isExecutable(Prometheus.SERVER), "no /usr/bin/prometheus (Debian: prometheus)");
		try (Prometheus prometheus = new Prometheus(this.port)) {
			// Of every kind of call, those that fail included.
			traffic();
			JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(Prometheus.docs("grafana/scales.json")));
			List<String> queries = new ArrayList<>();
			dashboard.get("panels")
				.forEach((panel) -> panel.path("targets")
					.forEach((target) -> queries.add(target.get("expr").asString())));
			assertThat(queries).hasSizeGreaterThan(25);
			prometheus.answer("rate(scales_client_requests_seconds_count[20s])");
			traffic();
			for (String query : queries) {
				prometheus.answer(query.replace("$client", ".*").replace("$__rate_interval", "1m"));
			}
			assertThat(prometheus.rules().findValuesAsString("health")).hasSizeGreaterThan(5).containsOnly("ok");
		}
	}

	private void traffic() throws Exception {
		get("/api/prices");
		post("/api/load?calls=200&concurrency=4");
		post("/api/http/load?calls=50&concurrency=4");
		chain(5);
	}

	@Test
	void promtoolHasNothingToSayAgainstMetricsAndAlerts() throws Exception {
		assumeTrue(Files.isExecutable(Prometheus.TOOL), "no /usr/bin/promtool (Debian: prometheus)");
		traffic();
		String ours = get("/actuator/prometheus").body()
			.lines()
			.filter((line) -> line.matches("(# (HELP|TYPE) )?(scales|rpc)_.*"))
			// Those that Micrometer makes of observations have no description.
			.filter((line) -> !line
				.matches("(# (HELP|TYPE) )?scales_(client|server)_(active_|attempt_)?(seconds|total).*"))
			.collect(Collectors.joining("\n", "", "\n"));
		assertThat(ours).contains("# HELP scales_client_requests_seconds calls as their callers see them",
				"rpc_client_call_duration_seconds_bucket", "scales_client_member_attempts_seconds_count");
		assertThat(Prometheus.promtool(ours, "check", "metrics")).isEmpty();
		assertThat(Prometheus.promtool("", "check", "rules", Prometheus.docs("prometheus/alerts.yml").toString()))
			.isEmpty();
		assertThat(Prometheus.promtool("", "test", "rules", Prometheus.docs("prometheus/alerts-test.yml").toString()))
			.isEmpty();
	}

}
