package io.scalesrpc.discovery.dns;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

import io.netty.handler.codec.dns.DnsRecordType;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.dns.query.Entry;
import io.scalesrpc.discovery.dns.query.NameResolver;
import io.scalesrpc.discovery.dns.query.Reply;
import io.scalesrpc.discovery.dns.query.Reply.Answer;

/**
 * One look-up of the addresses of a service's servers. Takes those the name server sent
 * along and asks for the rest, a few at a time. <em>Confined to the thread of the session
 * it belongs to</em>.
 */
final class ServiceRound {

	/** Names asked for at the same time: a burst of datagrams would get lost. */
	private static final int AT_ONCE = 16;

	private final NameSearch search;

	private final LastKnownAddresses book;

	private final Answer answer;

	private final Consumer<LookupResult> then;

	private final Map<String, Addresses> found = new HashMap<>();

	private final Queue<String> toAsk = new ArrayDeque<>();

	private int asking;

	ServiceRound(NameResolver resolver, LastKnownAddresses book, Answer answer, Consumer<LookupResult> then) {
		this.search = new NameSearch(resolver, resolver.addressTypes());
		this.book = book;
		this.answer = answer;
		this.then = then;
	}

	/**
	 * Starts the round.
	 * @param services the records of the group that counts
	 */
	void start(List<Entry.Service> services) {
		Set<String> targets = new LinkedHashSet<>();
		services.forEach((service) -> targets.add(service.target()));
		for (String target : targets) {
			Replies sent = sentAlong(target);
			if (sent.isAnswered()) {
				this.found.put(target, this.book.read(sent));
			}
			else {
				this.toAsk.add(target);
			}
		}
		proceed(services);
	}

	private Replies sentAlong(String target) {
		Map<DnsRecordType, Reply> replies = new HashMap<>();
		for (DnsRecordType type : this.search.types()) {
			List<Entry> entries = this.answer.additional()
				.stream()
				.filter((entry) -> entry.owner().equals(target) && entry.type().equals(type))
				.toList();
			long ttl = entries.stream().mapToLong(Entry::ttl).min().orElse(0);
			replies.put(type,
					entries.isEmpty() ? new Reply.Absent("not sent along") : new Answer(entries, List.of(), ttl, 0));
		}
		return new Replies(target, replies);
	}

	private void proceed(List<Entry.Service> services) {
		if (this.toAsk.isEmpty() && this.asking == 0) {
			this.then.accept(result(services));
			return;
		}
		while (this.asking < AT_ONCE && !this.toAsk.isEmpty()) {
			String target = this.toAsk.remove();
			this.asking++;
			this.search.find(List.of(target), (replies) -> {
				this.asking--;
				this.found.put(target, this.book.read(replies));
				proceed(services);
			});
		}
	}

	private LookupResult result(List<Entry.Service> services) {
		List<Member> members = ServiceWeights.members(services, this.found);
		String problem = this.found.values()
			.stream()
			.map(Addresses::problem)
			.filter((text) -> text != null)
			.findFirst()
			.orElse(null);
		if (members.isEmpty()) {
			return (problem != null) ? new LookupResult.Failed(problem)
					: new LookupResult.Gone("no server with an address");
		}
		return new LookupResult.Found(members, Duration.ofSeconds(ttl()), bad(services), problem);
	}

	private long ttl() {
		return Math.min(this.answer.ttl(), this.found.values().stream().mapToLong(Addresses::ttl).min().orElseThrow());
	}

	private int bad(List<Entry.Service> services) {
		long without = services.stream()
			.filter((service) -> ServiceWeights.hosts(service, this.found).isEmpty())
			.count();
		int unreadable = this.found.values().stream().mapToInt(Addresses::unreadable).sum();
		return this.answer.unreadable() + unreadable + (int) without;
	}

}
