package io.scalesrpc.demo.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;

/**
 * Looks for ports before anything starts: that of the page must be free; where one that
 * the demo chose itself is taken, the next free one is used. <em>Stateless</em>.
 */
public final class Ports implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Logger logger = LoggerFactory.getLogger(Ports.class);

	private static final String OWN = "application.yml";

	private static final List<String> ONE_BY_ONE = List.of("demo.fleet.zookeeper-port", "demo.chain.front-port",
			"demo.chain.back-port", "demo.kafka.port", "demo.kafka.controller-port");

	private static final List<String> STOCK = List.of("demo.stock.ports[0]", "demo.stock.ports[1]",
			"demo.stock.ports[2]");

	private static final List<String> REDIS = List.of("demo.redis.ports[0]", "demo.redis.ports[1]");

	private static final int HIGHEST = 65_535;

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		int page = environment.getProperty("server.port", Integer.class, 8080);
		if (page > 0 && !isFree(page, null)) {
			throw new PortTakenException(page);
		}
		if (environment.acceptsProfiles(Profiles.of("!shop & !fleet & !visitors"))) {
			Map<String, Object> moved = moved(environment);
			if (!moved.isEmpty()) {
				logger.info("Ports that are taken are replaced by free ones: {}", moved);
				environment.getPropertySources().addFirst(new MapPropertySource("free ports", moved));
			}
		}
	}

	/** A list of ports moves as a whole: it cannot come from two sources. */
	private static Map<String, Object> moved(ConfigurableEnvironment environment) {
		Map<String, Object> moved = new HashMap<>();
		Set<Integer> given = new HashSet<>();
		for (List<String> together : groups()) {
			List<Integer> wanted = together.stream()
				.map((name) -> environment.getProperty(name, Integer.class, 0))
				.toList();
			if (wanted.stream().anyMatch((port) -> port == 0 || !isFree(port, given))
					&& together.stream().allMatch((name) -> isOwn(environment, name))) {
				wanted = wanted.stream().map((port) -> next(port, given)).toList();
				for (int i = 0; i < wanted.size(); i++) {
					moved.put(together.get(i), wanted.get(i));
				}
			}
			given.addAll(wanted);
		}
		return moved;
	}

	private static List<List<String>> groups() {
		List<List<String>> groups = new ArrayList<>(List.of(STOCK, REDIS));
		ONE_BY_ONE.forEach((name) -> groups.add(List.of(name)));
		return groups;
	}

	private static boolean isOwn(ConfigurableEnvironment environment, String name) {
		for (PropertySource<?> source : environment.getPropertySources()) {
			// The first is a view of all others.
			if (source.getName().contains(OWN) && source.containsProperty(name)) {
				return true;
			}
			if (!source.getName().equals("configurationProperties") && source.containsProperty(name)) {
				return false;
			}
		}
		return false;
	}

	private static int next(int port, Set<Integer> given) {
		for (int next = port; next < HIGHEST; next++) {
			if (isFree(next, given)) {
				given.add(next);
				return next;
			}
		}
		return port;
	}

	/** As servers see it: one that has just ended may have left connections. */
	private static boolean isFree(int port, @Nullable Set<Integer> given) {
		if (given != null && given.contains(port)) {
			return false;
		}
		return canListen(port, null) && canListen(port, InetAddress.getLoopbackAddress());
	}

	private static boolean canListen(int port, @Nullable InetAddress address) {
		try (ServerSocket socket = new ServerSocket(port, 1, address)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
