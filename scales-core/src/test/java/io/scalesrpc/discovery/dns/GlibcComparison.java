package io.scalesrpc.discovery.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.dns.query.NameServersTests;

/**
 * Looks up the names of all {@link ResolverCase cases} by glibc and by us, and prints
 * what each found. A program for a network and files of its own: it listens on port 53
 * and writes the files that both read. <em>Single-threaded</em>, but for the name
 * servers.
 */
public final class GlibcComparison {

	private static final List<String> ADDRESSES = List.of("127.0.0.1", "127.0.0.2", "127.0.0.3", "::1");

	/** Has no TCP. */
	private static final int WITHOUT_TCP = 2;

	private final Path directory;

	private final List<NameServer> servers = new ArrayList<>();

	private GlibcComparison(Path directory) {
		this.directory = directory;
		ADDRESSES.forEach((address) -> this.servers.add(new NameServer(new InetSocketAddress(address, 53))));
		this.servers.get(WITHOUT_TCP).refuseTcp();
	}

	/**
	 * Prints a line a case: its title, what glibc found and after how many milliseconds,
	 * and the same of us, separated by tabs.
	 * @param arguments the directory of the files that are read as those of the system
	 */
	public static void main(String[] arguments) throws Exception {
		GlibcComparison comparison = new GlibcComparison(Path.of(arguments[0]));
		String only = (arguments.length > 1) ? arguments[1] : "";
		for (ResolverCase each : ResolverCase.all()) {
			if (each.title().contains(only)) {
				System.out.println(comparison.compare(each));
			}
		}
		System.exit(0);
	}

	private String compare(ResolverCase each) throws Exception {
		Files.write(this.directory.resolve("resolv.conf"), ResolverCase.lines(each.conf()));
		Files.write(this.directory.resolve("hosts"), ResolverCase.lines(each.hosts()));
		script(each);
		long begin = System.nanoTime();
		Set<String> glibc = glibc(each.name());
		long between = System.nanoTime();
		script(each);
		long second = System.nanoTime();
		Set<String> ours = ours(each.name());
		return String.join("\t", each.title(), glibc.toString(), millis(between - begin), ours.toString(),
				millis(System.nanoTime() - second));
	}

	private static String millis(long nanos) {
		return String.valueOf(TimeUnit.NANOSECONDS.toMillis(nanos));
	}

	private void script(ResolverCase each) {
		boolean forged = each.rules().stream().anyMatch((rule) -> rule.contains("forged"));
		for (int i = 0; i < this.servers.size(); i++) {
			NameServer server = this.servers.get(i);
			server.script = new ResolverScript(server, i + 1, each.rules());
			server.noise = (id) -> forged ? List.of(NameServersTests.forged(id, "b")) : List.of();
			server.asked.clear();
		}
	}

	/** By the program that asks getaddrinfo for all it has. */
	private static Set<String> glibc(String name) throws IOException, InterruptedException {
		Process process = new ProcessBuilder("getent", "ahosts", name).redirectErrorStream(true).start();
		String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		Set<String> found = new TreeSet<>();
		printed.lines().filter((line) -> !line.isBlank()).forEach((line) -> found.add(address(line.split("\\s+")[0])));
		return found;
	}

	private static String address(String text) {
		try {
			return InetAddress.getByName(text).getHostAddress();
		}
		catch (UnknownHostException ex) {
			return text;
		}
	}

	/** What one round finds. */
	private static Set<String> ours(String name) throws InterruptedException {
		BlockingQueue<List<Member>> told = new LinkedBlockingQueue<>();
		try (ServerSet set = new DnsServerSetProvider().create(ServerSetUri.parse("dns://" + name + ":1"))) {
			set.watch(told::add);
			boolean failed = false;
			while (true) {
				// what went wrong is known a moment before what was found all the same
				List<Member> members = told.poll(failed ? 100 : 1, TimeUnit.MILLISECONDS);
				if (members != null || failed) {
					return new TreeSet<>((members != null) ? members.stream().map(Member::host).toList() : List.of());
				}
				failed = set.status().lastError() != null;
			}
		}
		catch (IllegalArgumentException ex) {
			return new TreeSet<>(List.of("refused"));
		}
	}

}
