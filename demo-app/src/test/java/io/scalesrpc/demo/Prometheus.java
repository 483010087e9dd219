package io.scalesrpc.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Prometheus of the machine that scrapes an application every three seconds.
 * <em>Confined to the thread of the test</em>.
 */
final class Prometheus implements AutoCloseable {

	static final Path SERVER = Path.of("/usr/bin/prometheus");

	static final Path TOOL = Path.of("/usr/bin/promtool");

	private final HttpClient http = HttpClient.newHttpClient();

	private final Path directory;

	private final int port;

	private final Process process;

	Prometheus(int application) throws IOException {
		this.directory = Files.createTempDirectory("scales-demo-prometheus");
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = free.getLocalPort();
		}
		Path config = Files.writeString(this.directory.resolve("prometheus.yml"), """
				global: {scrape_interval: 3s, scrape_timeout: 3s, evaluation_interval: 1s}
				rule_files: [%s]
				scrape_configs:
				  - job_name: shop
				    metrics_path: /actuator/prometheus
				    static_configs: [{targets: ['127.0.0.1:%d']}]
				""".formatted(docs("prometheus/alerts.yml").toAbsolutePath().normalize(), application));
		this.process = new ProcessBuilder(SERVER.toString(), "--config.file=" + config,
				"--storage.tsdb.path=" + this.directory.resolve("data"), "--web.listen-address=127.0.0.1:" + this.port)
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("log").toFile())
			.start();
	}

	static Path docs(String name) {
		return Path.of("..", "docs").resolve(name);
	}

	/** Runs promtool, and gives back what it says if it is not content. */
	static String promtool(String input, String... arguments) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(TOOL.toString());
		builder.command().addAll(List.of(arguments));
		Process tool = builder.redirectErrorStream(true).start();
		try (var in = tool.getOutputStream()) {
			in.write(input.getBytes(StandardCharsets.UTF_8));
		}
		String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return (tool.waitFor() == 0) ? "" : said;
	}

	/** Asks until there is an answer with something in it. */
	JsonNode answer(String query) throws InterruptedException {
		long start = System.nanoTime();
		while (true) {
			JsonNode answer = ask("query?query=" + encoded(query));
			boolean some = answer != null && answer.path("status").asString().equals("success")
					&& !answer.path("data").path("result").isEmpty();
			if (some || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(40)) {
				assertThat(some).as(query + "\n" + answer + "\n" + ((some) ? "" : ask("targets"))).isTrue();
				return answer.path("data").path("result");
			}
			Thread.sleep(200);
		}
	}

	JsonNode rules() {
		JsonNode answer = ask("rules");
		assertThat(answer).isNotNull();
		return answer.path("data").path("groups");
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/** Null while it does not listen yet. */
	private JsonNode ask(String path) {
		try {
			HttpRequest request = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/api/v1/" + path))
				.build();
			return JsonMapper.shared().readTree(this.http.send(request, BodyHandlers.ofString()).body());
		}
		catch (IOException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
			this.process.destroyForcibly();
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
