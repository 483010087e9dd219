package io.scalesrpc.discovery.dns;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;

/**
 * What a name server answers by rules as {@code "1 A a.test. alias:b.test.,10.0.0.1"}:
 * server, type and name, of which the first two may be {@code *}, and what is done.
 * Without a rule there is no such name. <em>Confined to the event loop of its
 * server</em>.
 */
final class ResolverScript implements NameServer.Script {

	private final NameServer server;

	private final List<String[]> rules;

	private final Map<String, Integer> asked = new HashMap<>();

	ResolverScript(NameServer server, int number, List<String> rules) {
		this.server = server;
		this.rules = rules.stream()
			.map((rule) -> rule.split(" "))
			.filter((rule) -> rule[0].equals("*") || rule[0].equals(String.valueOf(number)))
			.toList();
	}

	@Override
	public boolean answer(DnsQuestion question, DnsResponse response, boolean tcp) {
		String name = question.name().toLowerCase(Locale.ROOT);
		for (String[] rule : this.rules) {
			if ((rule[1].equals("*") || rule[1].equals(question.type().name())) && rule[2].equals(name)) {
				return answer(name, rule[3].split(","), question, response, tcp);
			}
		}
		response.setCode(DnsResponseCode.NXDOMAIN);
		return true;
	}

	private boolean answer(String name, String[] words, DnsQuestion question, DnsResponse response, boolean tcp) {
		int before = this.asked.merge(question.type().name() + name, 1, Integer::sum) - 1;
		String owner = name;
		long ttl = 60;
		for (String word : words) {
			switch (word.split(":", 2)[0]) {
				case "none", "forged" -> {
				}
				case "ttl0" -> ttl = 0;
				case "silent" -> {
					return false;
				}
				case "silent2" -> {
					if (before < 2) {
						return false;
					}
				}
				case "silent-edns" -> {
					if (this.server.hasEdns()) {
						return false;
					}
				}
				case "formerr-edns" -> {
					if (this.server.hasEdns()) {
						response.setCode(DnsResponseCode.FORMERR);
						return true;
					}
				}
				case "servfail" -> response.setCode(DnsResponseCode.SERVFAIL);
				case "refused" -> response.setCode(DnsResponseCode.REFUSED);
				case "notimp" -> response.setCode(DnsResponseCode.NOTIMP);
				case "silent-udp" -> {
					if (!tcp) {
						return false;
					}
				}
				case "lame", "norecursion" -> response.setRecursionAvailable(false);
				case "truncated" -> response.setTruncated(!tcp);
				case "alias" -> {
					String target = word.substring("alias:".length());
					response.addRecord(DnsSection.ANSWER, NameServer.cname(owner, ttl, target));
					owner = target;
				}
				default -> {
					// addresses
					boolean whole = !response.isTruncated() || response.count(DnsSection.ANSWER) == 0;
					if (whole && NameServer.a(owner, ttl, word).type().equals(question.type())) {
						response.addRecord(DnsSection.ANSWER, NameServer.a(owner, ttl, word));
					}
				}
			}
		}
		return true;
	}

}
