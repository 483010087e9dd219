package io.scalesrpc.discovery.dns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A name that is looked up by glibc and by us, with the same files and name servers.
 * <em>Immutable</em>.
 *
 * @param title what it is about
 * @param name what is looked up
 * @param conf the lines of resolv.conf, separated by semicolons
 * @param hosts the lines of the hosts file, separated by semicolons
 * @param rules what name servers answer, as {@link ResolverScript} reads it
 * @param reason why we find something else; empty if we find the same
 */
record ResolverCase(String title, String name, String conf, String hosts, List<String> rules, String reason) {

	private static final String ONE = "nameserver 127.0.0.1";

	private static final String TWO = ONE + ";nameserver 127.0.0.2";

	private static final String QUICK = TWO + ";options timeout:1 attempts:1";

	private static final String POD = ONE + ";search shop.svc.test svc.test;options ndots:5";

	static List<ResolverCase> all() {
		return Stream.of(records(), aliases(), searches(), files(), servers(), hostsFiles(), different())
			.flatMap(List::stream)
			.toList();
	}

	private static List<ResolverCase> records() {
		return List.of(same("one address", "a.test", ONE, "* * a.test. 10.0.0.1"),
				same("three addresses and two of IPv6", "a.test", ONE,
						"* * a.test. 10.0.0.1,10.0.0.2,10.0.0.3,fd00::1,fd00::2"),
				same("IPv6 only", "a.test", ONE, "* * a.test. fd00::1"), same("no such name", "a.test", ONE),
				same("a name without addresses", "a.test", ONE, "* * a.test. none"),
				same("one address twice", "a.test", ONE, "* * a.test. 10.0.0.1,10.0.0.1"),
				same("TTL 0", "a.test", ONE, "* * a.test. ttl0,10.0.0.1"),
				same("a name in capitals", "A.Test", ONE, "* * a.test. 10.0.0.1"),
				same("letters beyond ASCII", "b\u00fccher.test", ONE, "* * xn--bcher-kva.test. 10.0.0.1"),
				same("an underscore", "a_b.test", ONE, "* * a_b.test. 10.0.0.1"),
				same("A fails, AAAA is told", "a.test", ONE + ";options attempts:1", "* A a.test. servfail",
						"* AAAA a.test. fd00::1"),
				same("A is told, AAAA fails", "a.test", ONE + ";options attempts:1", "* AAAA a.test. servfail",
						"* A a.test. 10.0.0.1"),
				same("A is told, AAAA is not answered", "a.test", ONE + ";options timeout:1 attempts:1",
						"* AAAA a.test. silent", "* A a.test. 10.0.0.1"),
				same("an answer to another question comes first", "a.test", ONE, "* * a.test. forged,10.0.0.1"));
	}

	private static List<ResolverCase> aliases() {
		String many = IntStream.range(1, 20)
			.mapToObj((i) -> "alias:n" + i + ".test.")
			.reduce((a, b) -> a + "," + b)
			.get();
		return List.of(same("an alias", "a.test", ONE, "* * a.test. alias:b.test.,10.0.0.1"),
				same("three aliases", "a.test", ONE, "* * a.test. alias:b.test.,alias:c.test.,alias:d.test.,10.0.0.1"),
				same("nineteen aliases", "a.test", ONE, "* * a.test. " + many + ",10.0.0.1"),
				same("an alias of nobody", "a.test", ONE, "* * a.test. alias:b.test."),
				same("aliases in a circle", "a.test", ONE, "* * a.test. alias:b.test.,alias:a.test."),
				same("an alias that is no host name", "a.test", ONE, "* * a.test. alias:-b*.test.,10.0.0.1"),
				same("an alias for A only", "a.test", ONE, "* A a.test. alias:b.test.,10.0.0.1",
						"* AAAA a.test. alias:b.test."));
	}

	private static List<ResolverCase> searches() {
		return List.of(
				same("the first domain has a short name", "a", POD, "* * a.shop.svc.test. 10.0.0.1",
						"* * a.svc.test. 10.0.0.2"),
				same("the second domain has it", "a", POD, "* * a.svc.test. 10.0.0.2", "* * a. 10.0.0.3"),
				same("none has it", "a", POD, "* * a. 10.0.0.3"),
				same("a domain knows the name without addresses", "a", POD, "* * a.shop.svc.test. none",
						"* * a.svc.test. 10.0.0.2"),
				same("fewer dots than ndots", "a.b.test", POD, "* * a.b.test. 10.0.0.1",
						"* * a.b.test.svc.test. 10.0.0.2"),
				same("as many dots as ndots", "a.b", ONE + ";search x.test", "* * a.b. 10.0.0.1",
						"* * a.b.x.test. 10.0.0.2"),
				same("as many dots, and only a domain has it", "a.b", ONE + ";search x.test",
						"* * a.b.x.test. 10.0.0.2"),
				same("ndots:0", "a", ONE + ";search x.test;options ndots:0", "* * a. 10.0.0.1",
						"* * a.x.test. 10.0.0.2"),
				same("ndots beyond 15", "1.2.3.4.5.6.7.8.9.a.b.c.d.e.f.g", ONE + ";search x.test;options ndots:99",
						"* * 1.2.3.4.5.6.7.8.9.a.b.c.d.e.f.g. 10.0.0.1",
						"* * 1.2.3.4.5.6.7.8.9.a.b.c.d.e.f.g.x.test. 10.0.0.2"),
				same("a dot at the end", "a.", POD, "* * a.svc.test. 10.0.0.1", "* * a. 10.0.0.2"),
				same("a dot in the list", "a", ONE + ";search . x.test", "* * a. 10.0.0.1", "* * a.x.test. 10.0.0.2"),
				same("a domain that begins with a dot", "a", ONE + ";search .x.test", "* * a.x.test. 10.0.0.1"),
				same("eight domains", "a", ONE + ";search 1.test 2.test 3.test 4.test 5.test 6.test 7.test 8.test",
						"* * a.8.test. 10.0.0.1"),
				same("a domain that fails", "a", POD + " attempts:1", "* * a.shop.svc.test. servfail",
						"* * a.svc.test. 10.0.0.2"),
				same("a domain that is not answered", "a", POD + " timeout:1 attempts:1", "* * a.shop.svc.test. silent",
						"* * a.svc.test. 10.0.0.2"));
	}

	private static List<ResolverCase> files() {
		return List.of(same("domain", "a", ONE + ";domain x.test", "* * a.x.test. 10.0.0.1"),
				same("domain with two names", "a", ONE + ";domain x.test y.test", "* * a.y.test. 10.0.0.1"),
				same("domain after search", "a", ONE + ";search y.test;domain x.test", "* * a.y.test. 10.0.0.1"),
				same("search after search", "a", ONE + ";search y.test;search x.test", "* * a.x.test. 10.0.0.1",
						"* * a.y.test. 10.0.0.2"),
				same("comments and tabs", "a", "# nameserver 127.0.0.2;\tx;nameserver\t127.0.0.1 # ours;search\tx.test",
						"1 * a.x.test. 10.0.0.1"),
				same("a keyword behind a blank", "a.test", " nameserver 127.0.0.2;" + ONE, "1 * a.test. 10.0.0.1",
						"2 * a.test. 10.0.0.2"),
				same("no name server", "a.test", "search x.test", "1 * a.test. 10.0.0.1"),
				same("nonsense", "a.test", "nameserver here;options ndots: ndots:x bad;" + ONE, "1 * a.test. 10.0.0.1"),
				same("no-aaaa", "a.test", ONE + ";options no-aaaa", "* * a.test. 10.0.0.1,fd00::1"));
	}

	private static List<ResolverCase> servers() {
		return List.of(
				same("the first does not listen", "a.test",
						"nameserver 127.0.0.4;nameserver 127.0.0.2;options timeout:1", "2 * a.test. 10.0.0.2"),
				same("the first is silent", "a.test", QUICK, "1 * a.test. silent", "2 * a.test. 10.0.0.2"),
				same("the first fails", "a.test", TWO, "1 * a.test. servfail", "2 * a.test. 10.0.0.2"),
				same("the first refuses", "a.test", TWO, "1 * a.test. refused", "2 * a.test. 10.0.0.2"),
				same("the first can do nothing", "a.test", TWO, "1 * a.test. notimp", "2 * a.test. 10.0.0.2"),
				same("the first knows no such name", "a.test", TWO, "2 * a.test. 10.0.0.2"),
				same("the first neither knows nor asks", "a.test", TWO, "1 * a.test. lame", "2 * a.test. 10.0.0.2"),
				same("all fail", "a.test", TWO, "* * a.test. servfail"),
				same("a fourth server", "a.test", TWO + ";nameserver 127.0.0.3;nameserver ::1", "1 * a.test. servfail",
						"2 * a.test. servfail", "3 * a.test. servfail", "4 * a.test. 10.0.0.4"),
				same("a server of IPv6", "a.test", "nameserver ::1", "4 * a.test. 10.0.0.4"),
				same("attempts:3, twice silent", "a.test", ONE + ";options timeout:1 attempts:3",
						"* * a.test. silent2,10.0.0.1"),
				same("rotate, one does not listen", "a.test", TWO + ";nameserver 127.0.0.4;options rotate timeout:1",
						"* * a.test. 10.0.0.1"),
				same("EDNS is answered by a code", "a.test", ONE, "* * a.test. formerr-edns,10.0.0.1"),
				same("EDNS is not answered", "a.test", ONE + ";options timeout:1", "* * a.test. silent-edns,10.0.0.1"),
				same("truncated, whole over TCP", "a.test", ONE, "* * a.test. truncated,10.0.0.1,10.0.0.2,fd00::1"),
				same("truncated, and no TCP there", "a.test",
						"nameserver 127.0.0.3;nameserver 127.0.0.2;options timeout:1",
						"3 * a.test. truncated,10.0.0.1,10.0.0.9", "2 * a.test. 10.0.0.2"),
				same("truncated, and no TCP anywhere", "a.test", "nameserver 127.0.0.3;options timeout:1 attempts:1",
						"3 * a.test. truncated,10.0.0.1,10.0.0.9"));
	}

	private static List<ResolverCase> hostsFiles() {
		return List.of(inHosts("the hosts file first", "a.test", "10.0.0.7 a.test", "* * a.test. 10.0.0.1"),
				inHosts("two lines of it, and an alias", "a", "10.0.0.7 a.test a;fd00::7 a.test a", "* * a. 10.0.0.1"),
				inHosts("capitals in it", "a.test", "10.0.0.7 A.TEST"),
				inHosts("a comment in it", "a.test", "#10.0.0.8 a.test;10.0.0.7 a.test # a"),
				inHosts("another name in it", "b.test", "10.0.0.7 a.test", "* * b.test. 10.0.0.1"));
	}

	private static List<ResolverCase> different() {
		return List.of(
				other("edns0, answered by a code", "a.test", ONE + ";options edns0", "", "asked again without EDNS",
						"* * a.test. formerr-edns,10.0.0.1"),
				other("as it stands not answered, a domain has it", "a.b",
						ONE + ";search x.test;options timeout:1 attempts:1", "",
						"the name that was not answered may be the right one", "* * a.b. silent",
						"* * a.b.x.test. 10.0.0.2"),
				other("an alias that is left to us", "a.test", ONE, "", "asked for",
						"* * a.test. norecursion,alias:b.test.", "* * b.test. 10.0.0.1"),
				other("localhost, in no file", "localhost", ONE, "", "this machine (RFC 6761)"),
				other("a dot at the end of a name in the hosts file", "a.test.", ONE, "10.0.0.7 a.test",
						"the same name"),
				other("127.1", "127.1", ONE, "", "no address but in four parts"), other("use-vc", "a.test",
						ONE + ";options use-vc timeout:1", "", "UDP first", "* * a.test. silent-udp,10.0.0.1"));
	}

	private static ResolverCase other(String title, String name, String conf, String hosts, String reason,
			String... rules) {
		return new ResolverCase(title, name, conf, hosts, List.of(rules), reason);
	}

	private static ResolverCase same(String title, String name, String conf, String... rules) {
		return new ResolverCase(title, name, conf, "", List.of(rules), "");
	}

	private static ResolverCase inHosts(String title, String name, String hosts, String... rules) {
		return new ResolverCase(title, name, ONE, hosts, List.of(rules), "");
	}

	static List<String> lines(String text) {
		return text.isEmpty() ? List.of() : new ArrayList<>(Arrays.asList(text.split(";")));
	}

}
