package io.scalesrpc.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

/**
 * A headless Chromium with one page, steered by its DevTools protocol.
 * <em>Thread-safe</em>.
 */
final class Browser implements AutoCloseable {

	static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final String LISTENING = "DevTools listening on ws://";

	private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();

	/** What the console shows in red. */
	private final List<String> errors = new CopyOnWriteArrayList<>();

	/** Completes when the page is there that was asked for last. */
	private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

	private final AtomicInteger ids = new AtomicInteger();

	private final Path profile;

	private final Process process;

	private final WebSocket socket;

	Browser() throws Exception {
		this.profile = Files.createTempDirectory("chromium");
		this.process = new ProcessBuilder(CHROMIUM.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
				"--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", "--remote-debugging-port=0",
				"--user-data-dir=" + this.profile, "about:blank")
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		String address = address();
		HttpClient http = HttpClient.newHttpClient();
		String pages = http
			.send(HttpRequest.newBuilder(URI.create("http://" + address + "/json/list")).build(),
					BodyHandlers.ofString())
			.body();
		String page = JsonMapper.shared()
			.readTree(pages)
			.valueStream()
			.filter((target) -> target.get("type").asString().equals("page"))
			.findFirst()
			.orElseThrow()
			.get("webSocketDebuggerUrl")
			.asString();
		this.socket = http.newWebSocketBuilder().buildAsync(URI.create(page), new Listener()).join();
		ask("Page.enable", Map.of());
		ask("Runtime.enable", Map.of());
		ask("Log.enable", Map.of());
	}

	/** Goes on reading what it says, lest it wait for somebody to. */
	private String address() {
		CompletableFuture<String> found = new CompletableFuture<>();
		Thread reader = new Thread(() -> {
			try (BufferedReader lines = new BufferedReader(
					new InputStreamReader(this.process.getErrorStream(), StandardCharsets.UTF_8))) {
				lines.lines()
					.filter((line) -> line.startsWith(LISTENING))
					.forEach((line) -> found
						.complete(line.substring(LISTENING.length(), line.indexOf('/', LISTENING.length()))));
			}
			catch (IOException | UncheckedIOException ex) {
				found.completeExceptionally(ex);
			}
			found.completeExceptionally(new IllegalStateException("Chromium has ended"));
		}, "chromium");
		reader.setDaemon(true);
		reader.start();
		return found.orTimeout(60, TimeUnit.SECONDS).join();
	}

	JsonNode ask(String method, Map<String, ?> parameters) {
		int id = this.ids.incrementAndGet();
		CompletableFuture<JsonNode> answer = new CompletableFuture<>();
		this.asked.put(id, answer);
		this.socket
			.sendText(JsonMapper.shared().writeValueAsString(Map.of("id", id, "method", method, "params", parameters)),
					true)
			.join();
		return answer.orTimeout(60, TimeUnit.SECONDS).join();
	}

	/** A window of that width; the page is as high as it is. */
	void look(int width, boolean dark) {
		ask("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
		ask("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
	}

	void open(String url) {
		CompletableFuture<Void> load = new CompletableFuture<>();
		this.loaded = load;
		ask("Page.navigate", Map.of("url", url));
		load.orTimeout(60, TimeUnit.SECONDS).join();
	}

	/** What an expression is there, a promise when it is kept. */
	JsonNode is(String expression) {
		JsonNode answer = ask("Runtime.evaluate",
				Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
		if (answer.has("exceptionDetails")) {
			throw new IllegalStateException(expression + ": " + answer);
		}
		return answer.get("result").path("value");
	}

	/** Waits in the page until an expression is true, and can be told. */
	void until(String expression) {
		is("""
				new Promise((done, fail) => {
					const end = Date.now() + 55000;
					const yes = () => { try { return EXPRESSION; } catch { return false; } };
					const look = () => {
						if (yes()) done(true);
						else if (Date.now() > end) fail(new Error("not so: EXPRESSION; the page: " + document.body?.innerText));
						else setTimeout(look, 100);
					};
					look();
				})"""
			.replace("\"not so: EXPRESSION", "\"not so: " + expression.replace('"', '\''))
			.replace("EXPRESSION", expression));
	}

	List<String> errors() {
		return this.errors;
	}

	void screenshot(Path file) throws IOException {
		JsonNode png = ask("Page.captureScreenshot",
				Map.of("format", "png", "captureBeyondViewport", true, "clip",
						Map.of("x", 0, "y", 0, "width", is("innerWidth").asInt(), "height",
								is("document.documentElement.scrollHeight").asInt(), "scale", 1)));
		Files.write(file, Base64.getDecoder().decode(png.get("data").asString()));
	}

	@Override
	public void close() throws IOException {
		this.socket.abort();
		this.process.destroy();
		this.process.onExit().completeOnTimeout(this.process, 10, TimeUnit.SECONDS).join();
		this.process.destroyForcibly().onExit().join();
		FileSystemUtils.deleteRecursively(this.profile);
	}

	private void told(JsonNode message) {
		if (message.has("id")) {
			CompletableFuture<JsonNode> answer = this.asked.remove(message.get("id").asInt());
			if (message.has("error")) {
				answer.completeExceptionally(new IllegalStateException(message.toString()));
			}
			else {
				answer.complete(message.get("result"));
			}
			return;
		}
		if (message.path("method").asString().equals("Page.loadEventFired")) {
			this.loaded.complete(null);
		}
		JsonNode about = message.path("params");
		boolean red = switch (message.path("method").asString()) {
			case "Runtime.exceptionThrown" -> true;
			case "Runtime.consoleAPICalled" -> about.path("type").asString().equals("error");
			case "Log.entryAdded" -> about.path("entry").path("level").asString().equals("error");
			default -> false;
		};
		if (red) {
			this.errors.add(about.toString());
		}
	}

	/** Puts the pieces of messages together. */
	private final class Listener implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();

		@Override
		public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				String whole = this.text.toString();
				this.text.setLength(0);
				told(JsonMapper.shared().readTree(whole));
			}
			from.request(1);
			return null;
		}

	}

}
