package io.scalesrpc.discovery.dns;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.handler.codec.dns.DnsRecordType;
import io.scalesrpc.discovery.dns.query.Entry;
import io.scalesrpc.discovery.dns.query.NameResolver;
import io.scalesrpc.discovery.dns.query.Reply.Answer;

/**
 * Looks for the servers of a service (RFC 2782), those of all priorities: the balancer
 * calls the lowest that can be. Their names are looked up here and not left to the
 * connector, since only this name server may know them, and because a name with several
 * addresses is several servers. <em>Confined to the thread of the session it belongs
 * to</em>.
 */
final class ServiceLookup implements MemberLookup {

	private final Supplier<List<String>> names;

	private final NameResolver resolver;

	private final NameSearch search;

	private final LastKnownAddresses book = new LastKnownAddresses();

	/**
	 * Creates a look-up.
	 * @param names tells the full names the service may have
	 * @param resolver is asked for all of them and for the servers' names
	 */
	ServiceLookup(Supplier<List<String>> names, NameResolver resolver) {
		this.names = names;
		this.resolver = resolver;
		this.search = new NameSearch(resolver, List.of(DnsRecordType.SRV));
	}

	@Override
	public void start(Consumer<LookupResult> then) {
		this.search.find(this.names.get(), (replies) -> {
			if (replies.byType().get(DnsRecordType.SRV) instanceof Answer answer) {
				this.book.turnPage();
				new ServiceRound(this.resolver, this.book, answer, then).start(services(answer.entries()));
			}
			else {
				then.accept(replies.isAbsent() ? new LookupResult.Gone(replies.reason())
						: new LookupResult.Failed(replies.reason()));
			}
		});
	}

	private static List<Entry.Service> services(List<Entry> entries) {
		return entries.stream()
			.filter(Entry.Service.class::isInstance)
			.map(Entry.Service.class::cast)
			.filter((service) -> !service.target().equals("."))
			.toList();
	}

}
