package io.scalesrpc.discovery.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.netty.handler.codec.dns.DnsRecordType;
import io.scalesrpc.discovery.dns.query.Entry;
import io.scalesrpc.discovery.dns.query.Reply;
import io.scalesrpc.discovery.dns.query.Reply.Answer;
import io.scalesrpc.discovery.dns.query.Reply.Silence;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the addresses of the round before, so that silence about some of them loses
 * none: a server that answers for A and fails for AAAA takes no IPv6 member away.
 * <em>Confined to the thread of the session it belongs to</em>.
 */
final class LastKnownAddresses {

	private Map<Key, List<String>> last = new HashMap<>();

	private Map<Key, List<String>> current = new HashMap<>();

	/** Starts a round; forgets what was not asked for in the one before. */
	void turnPage() {
		this.last = this.current;
		this.current = new HashMap<>();
	}

	/**
	 * Reads replies, with what is remembered in place of silence.
	 * @param replies the replies about one name
	 * @return its addresses
	 */
	Addresses read(Replies replies) {
		List<String> hosts = new ArrayList<>();
		long ttl = Long.MAX_VALUE;
		int unreadable = 0;
		for (Map.Entry<DnsRecordType, Reply> each : replies.byType().entrySet()) {
			hosts.addAll(hosts(new Key(replies.name(), each.getKey()), each.getValue()));
			if (each.getValue() instanceof Answer answer) {
				ttl = Math.min(ttl, answer.ttl());
				unreadable += answer.unreadable();
			}
		}
		return new Addresses(hosts, ttl, unreadable, problem(replies));
	}

	private List<String> hosts(Key key, Reply reply) {
		List<String> hosts = List.of();
		if (reply instanceof Answer answer) {
			hosts = hosts(answer.entries());
		}
		else if (reply instanceof Silence) {
			hosts = this.last.getOrDefault(key, List.of());
		}
		this.current.put(key, hosts);
		return hosts;
	}

	/**
	 * The addresses among entries.
	 * @param entries any entries
	 * @return what is an address
	 */
	static List<String> hosts(List<Entry> entries) {
		return entries.stream()
			.filter(Entry.Address.class::isInstance)
			.map((entry) -> ((Entry.Address) entry).address())
			.toList();
	}

	private static @Nullable String problem(Replies replies) {
		boolean silent = replies.byType().values().stream().anyMatch(Silence.class::isInstance);
		return silent ? replies.reason() : null;
	}

	/**
	 * What was asked for. <em>Immutable</em>.
	 *
	 * @param name the full name
	 * @param type the type
	 */
	private record Key(String name, DnsRecordType type) {
	}

}
