package io.scalesrpc.discovery.dns;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.netty.util.NetUtil;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.dns.query.Entry;
import io.scalesrpc.discovery.dns.query.NameResolver;

/**
 * Looks for the addresses of a name: every one is a member. An address needs no asking,
 * and what stands in the hosts file goes before what name servers say. <em>Confined to
 * the thread of the session it belongs to</em>.
 */
final class AddressLookup implements MemberLookup {

	/** Key of a member's metadata: the name that led to it. */
	static final String NAME = Member.DNS_NAME;

	/** Nobody says how long a line of the hosts file holds. */
	private static final Duration HOSTS_FILE_TTL = Duration.ofSeconds(30);

	private final DnsTarget target;

	private final Supplier<List<String>> names;

	private final Function<String, List<String>> hostsFile;

	private final NameSearch search;

	private final LastKnownAddresses book = new LastKnownAddresses();

	/**
	 * Creates a look-up.
	 * @param target the name and the port of every member
	 * @param names tells the full names it may stand for
	 * @param hostsFile finds the addresses of a name that needs no name server
	 * @param resolver is asked for all others
	 */
	AddressLookup(DnsTarget target, Supplier<List<String>> names, Function<String, List<String>> hostsFile,
			NameResolver resolver) {
		this.target = target;
		this.names = names;
		this.hostsFile = hostsFile;
		this.search = new NameSearch(resolver, resolver.addressTypes());
	}

	@Override
	public void start(Consumer<LookupResult> then) {
		if (NetUtil.isValidIpV4Address(this.target.name()) || NetUtil.isValidIpV6Address(this.target.name())) {
			Member member = Member.of(this.target.name(), this.target.port());
			then.accept(new LookupResult.Found(List.of(member), RefreshDelay.LONGEST_WAIT, 0, null));
			return;
		}
		List<String> known = this.hostsFile.apply(this.target.name());
		if (!known.isEmpty()) {
			then.accept(new LookupResult.Found(ofHostsFile(known), HOSTS_FILE_TTL, 0, null));
			return;
		}
		this.search.find(this.names.get(), (replies) -> then.accept(result(replies)));
	}

	/**
	 * Two addresses of this machine, such as those of {@code localhost}, are one server,
	 * which may listen on either: whoever connects finds out.
	 */
	private List<Member> ofHostsFile(List<String> known) {
		boolean thisMachine = known.stream().allMatch(AddressLookup::isLoopback);
		boolean both = known.stream().map((host) -> host.indexOf(':') >= 0).distinct().count() > 1;
		return (thisMachine && both) ? List.of(Member.of(this.target.name(), this.target.port()))
				: members(usable(known));
	}

	private static boolean isLoopback(String host) {
		return NetUtil.createInetAddressFromIpAddressString(host).isLoopbackAddress();
	}

	/** There may be a network of one kind only. */
	private List<String> usable(List<String> hosts) {
		List<String> usable = hosts.stream()
			.filter((host) -> this.search.types().contains(new Entry.Address("", 0, host).type()))
			.toList();
		return usable.isEmpty() ? hosts : usable;
	}

	private LookupResult result(Replies replies) {
		if (!replies.isAnswered()) {
			return replies.isAbsent() ? new LookupResult.Gone(replies.reason())
					: new LookupResult.Failed(replies.reason());
		}
		this.book.turnPage();
		Addresses found = this.book.read(replies);
		return new LookupResult.Found(members(found.hosts()), Duration.ofSeconds(found.ttl()), found.unreadable(),
				found.problem());
	}

	private List<Member> members(List<String> hosts) {
		return hosts.stream().distinct().map(this::member).toList();
	}

	private Member member(String host) {
		return new Member(host, this.target.port(), 1.0, Map.of(NAME, this.target.name()));
	}

}
