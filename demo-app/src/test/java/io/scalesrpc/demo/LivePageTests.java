package io.scalesrpc.demo;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The live page in a browser. With {@code -Ddemo.screenshots=DIR} it leaves pictures
 * there.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LivePageTests {

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void freePorts(DynamicPropertyRegistry registry) {
		FreePorts.register(registry);
		registry.add("demo.live.rate", () -> 50);
	}

	@BeforeEach
	void thereIsABrowser() {
		assumeTrue(Files.isExecutable(Browser.CHROMIUM), "no " + Browser.CHROMIUM + " (Debian: chromium)");
	}

	/** A first visit, a button, and the tour with two seconds of trouble. */
	@Test
	void aVisitorSeesTrafficBreaksAServerAndTakesTheTour() throws Exception {
		try (Browser browser = new Browser()) {
			browser.look(1280, false);
			browser.open("http://localhost:" + this.port + "/?seconds=2");
			browser.until("document.querySelector('#prices b')");
			assertThat(browser.is("document.querySelector('#prices').innerText").asString()).contains("129.99 EUR");
			browser.until("document.body.dataset.live > 3");
			assertThat(browser.is("document.querySelector('#waiting').hidden").asBoolean()).isTrue();
			assertThat(browser.is("document.querySelectorAll('#members li').length").asInt()).isEqualTo(5);
			assertThat(browser.is("document.querySelector('#stages').innerText").asString()).contains("deadline",
					"retry");
			browser.until("document.querySelector('#shops').innerText.includes('asked')");
			assertThat(browser.is("document.querySelector('#shops').innerText").asString())
				.startsWith("discovery://shop is localhost:" + this.port);

			browser.is("document.querySelector('#pricing-2 [data-manner=DEAD]').click()");
			browser.until("document.querySelector('#pricing-2 .state').innerText == 'out'");
			browser.is("document.querySelector('#pricing-2 [data-manner=WELL]').click()");
			browser.until("document.querySelector('#pricing-2 .state').innerText == 'open'");

			browser.is("document.querySelector('#SLOW_NODE button').click()");
			browser.until("document.querySelector('#SLOW_NODE .result')");
			assertThat(browser.is("document.querySelector('#SLOW_NODE .result').innerText").asString())
				.contains("2 seconds of trouble, 50 calls a second", "wrong replies", "requests the servers saw");
			picture(browser, "live-light");
			browser.look(1280, true);
			picture(browser, "live-dark");
			assertThat(browser.errors()).isEmpty();
		}
	}

	@Test
	void aTelephoneHasNoScrollingSidewaysAndANightIsDark() throws Exception {
		try (Browser browser = new Browser()) {
			browser.look(400, false);
			browser.open("http://localhost:" + this.port + "/");
			browser.until("document.body.dataset.live > 3 && document.querySelector('#prices b')");
			int light = brightness(browser);
			assertThat(browser.is("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(400);
			picture(browser, "live-400-light");
			browser.look(400, true);
			assertThat(brightness(browser)).isLessThan(100).isLessThan(light);
			picture(browser, "live-400-dark");
			for (String page : new String[] { "failing", "http", "kafka", "redis" }) {
				browser.open("http://localhost:" + this.port + "/" + page + ".html");
				assertThat(brightness(browser)).as(page).isLessThan(100);
			}
		}
	}

	private static int brightness(Browser browser) {
		JsonNode colour = browser.is("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)");
		return colour.get(0).asInt() + colour.get(1).asInt() + colour.get(2).asInt();
	}

	private static void picture(Browser browser, String name) throws Exception {
		String folder = System.getProperty("demo.screenshots");
		if (folder != null) {
			browser.screenshot(Files.createDirectories(Path.of(folder)).resolve(name + ".png"));
		}
	}

}
