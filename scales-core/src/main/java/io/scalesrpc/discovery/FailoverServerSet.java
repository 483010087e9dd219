package io.scalesrpc.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.scalesrpc.Internal;
import io.scalesrpc.time.SerialExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Several sets in the order in which their members are to be called: those of the second
 * when too few of the first can be. Nothing is told before the first set has told its
 * members, so that no client begins with the others; a member of several sets belongs to
 * the first of them. <em>Thread-safe</em>.
 */
@Internal
public final class FailoverServerSet implements ServerSet {

	/** Priorities within a set, such as those of SRV records, are 16 bits. */
	private static final int PRIORITIES = 1 << 16;

	private final List<ServerSet> sets;

	/** Whoever tells a list also tells those that others hand in meanwhile. */
	private final SerialExecutor serial = new SerialExecutor(Runnable::run);

	/** By set; null before it has told. Touched by serial tasks only. */
	private final List<@Nullable List<Member>> told = new ArrayList<>();

	/**
	 * Creates a set of sets.
	 * @param sets the first comes first; closed with this one
	 */
	public FailoverServerSet(List<ServerSet> sets) {
		this.sets = List.copyOf(sets);
		this.sets.forEach((set) -> this.told.add(null));
	}

	@Override
	public void watch(Consumer<List<Member>> watcher) {
		for (int i = 0; i < this.sets.size(); i++) {
			int index = i;
			this.sets.get(i).watch((members) -> this.serial.execute(() -> {
				this.told.set(index, members);
				if (this.told.get(0) != null) {
					watcher.accept(all());
				}
			}));
		}
	}

	private List<Member> all() {
		Map<String, Member> members = new LinkedHashMap<>();
		for (int i = 0; i < this.told.size(); i++) {
			List<Member> known = this.told.get(i);
			for (Member member : (known != null) ? known : List.<Member>of()) {
				members.putIfAbsent(member.address(), withPriority(member, i * PRIORITIES + member.priority()));
			}
		}
		return List.copyOf(members.values());
	}

	private static Member withPriority(Member member, int priority) {
		Map<String, String> metadata = new HashMap<>(member.metadata());
		metadata.put(Member.PRIORITY, Integer.toString(priority));
		return new Member(member.host(), member.port(), member.weight(), metadata);
	}

	@Override
	public boolean hasPriorities() {
		return true;
	}

	/** The oldest age, the first error, and all bad members. */
	@Override
	public SourceStatus status() {
		List<SourceStatus> all = this.sets.stream().map(ServerSet::status).toList();
		Duration age = all.get(0).age();
		for (SourceStatus status : all) {
			Duration other = status.age();
			age = (age != null && other != null && other.compareTo(age) > 0) ? other : age;
		}
		String error = all.stream().map(SourceStatus::lastError).filter(Objects::nonNull).findFirst().orElse(null);
		return new SourceStatus(age, error, all.stream().mapToInt(SourceStatus::badMembers).sum());
	}

	@Override
	public void close() {
		this.sets.forEach(ServerSet::close);
	}

	@Override
	public String toString() {
		return this.sets.stream().map(Object::toString).collect(Collectors.joining(" || "));
	}

}
