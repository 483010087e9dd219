package io.scalesrpc.discovery.dns.query;

import java.util.List;

import io.netty.handler.codec.dns.DnsRecordType;

/**
 * Where a name leads within one message. The chain holds no longer than its
 * shortest-lived link: an alias that is switched often may lead to addresses that live
 * for days. <em>Immutable</em>.
 *
 * @param end the name at the end of the aliases
 * @param ttl the least TTL of the links and entries in seconds, {@link Long#MAX_VALUE} if
 * there are none
 * @param entries the records of the wanted type that the end has
 */
record AliasChain(String end, long ttl, List<Entry> entries) {

	/**
	 * Follows a name through a message, in whatever order its records stand.
	 * @param message the message
	 * @param name where to start, in lower case and with a dot at the end
	 * @param type which records are wanted
	 * @return where it leads; aliases in a circle lead to no entries
	 */
	static AliasChain follow(Message message, String name, DnsRecordType type) {
		AliasChain chain = new AliasChain(name, Long.MAX_VALUE, List.of());
		for (int link = 0; link <= message.answers().size(); link++) {
			List<Entry> found = chain.ofEnd(message, type);
			if (!found.isEmpty()) {
				return new AliasChain(chain.end, chain.least(found), found);
			}
			List<Entry> aliases = chain.ofEnd(message, DnsRecordType.CNAME);
			if (aliases.isEmpty()) {
				return chain;
			}
			Entry.Alias alias = (Entry.Alias) aliases.get(0);
			chain = new AliasChain(alias.target(), Math.min(chain.ttl, alias.ttl()), List.of());
		}
		return chain;
	}

	private List<Entry> ofEnd(Message message, DnsRecordType type) {
		return message.answers()
			.stream()
			.filter((entry) -> entry.owner().equals(this.end) && entry.type().equals(type))
			.toList();
	}

	private long least(List<Entry> found) {
		return Math.min(this.ttl, found.stream().mapToLong(Entry::ttl).min().orElse(Long.MAX_VALUE));
	}

}
